// A line of the form: label, control, note; and the list of files to choose from.
import { checkbox, chipButton, type Checkbox } from '../ui/controls.ts';
import { fill, h, type Child } from '../ui/dom.ts';
import type { DataFile } from './contract.ts';

export interface RowOptions {
  readonly note?: Child;
  /** Name of the field in checks of the server, so that "Show" leads here. */
  readonly field?: string;
  /** The control takes the room of the note, which goes below it: for paths and long names. */
  readonly wide?: boolean;
}

export function row(label: string, control: Child, { note = '', field, wide = false }: RowOptions = {}): HTMLElement {
  return h('div', { class: `setting${wide ? ' wide' : ''}`, attributes: { 'data-field': field ?? null } }, h('span', 'setting-label', label), h('span', 'setting-value', control), h('span', 'setting-notes dim', note));
}

/** From so many files on, all or none can be chosen at once. */
const MANY = 4;

/** Files with a box each. What is chosen and not there any more stays in sight, so that it can be taken out. */
export function fileChoice(label: string, files: readonly DataFile[], chosen: readonly string[], onChange: (paths: string[]) => void, empty: string): HTMLElement {
  const picked = new Set(chosen);
  const missing = chosen.filter((path) => files.every((file) => file.path !== path));
  if (files.length + missing.length === 0) return h('p', 'dim', empty);
  const boxes = new Map<string, Checkbox>();
  const told = h('span', 'dim');
  const tell = (): void => { fill(told, `${picked.size} of ${files.length + missing.length} chosen`); };
  const line = (path: string, name: string, about: HTMLElement): HTMLElement => {
    const box = checkbox(pathWords(name), picked.has(path), (on) => {
      if (on === picked.has(path)) return;
      if (on) picked.add(path);
      else picked.delete(path);
      tell();
      onChange([...picked]);
    });
    boxes.set(path, box);
    return h('div', { class: 'row', title: path }, box, about);
  };
  const choose = (paths: readonly string[]): void => {
    picked.clear();
    for (const path of paths) picked.add(path);
    for (const [path, box] of boxes) box.checked = picked.has(path);
    tell();
    onChange([...picked]);
  };
  tell();
  const box = h('div', { class: 'file-choice', role: 'group', attributes: { 'aria-label': label } },
    files.map((file) => line(file.path, file.name, h('span', 'dim', file.domain === null ? file.schema : `${file.domain} · ${file.schema}`))),
    missing.map((path) => line(path, path, h('span', 'warn', 'not found'))));
  if (files.length + missing.length < MANY) return box;
  return h('div', 'file-choices', box, h('div', 'row', told,
    chipButton('All', () => { choose(files.map(({ path }) => path)); }, { title: `${label}: choose all` }),
    chipButton('None', () => { choose([]); }, { title: `${label}: choose none` })));
}

/** A path that wraps behind its slashes before it wraps inside a name. */
function pathWords(path: string): Child {
  return path.split(/(?<=\/)/).flatMap((part) => [part, h('wbr')]);
}
