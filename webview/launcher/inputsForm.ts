// What a stage starts from and what executes it: problem sets, validation, checkpoint, engine and its options.
import type { Recipe, VerlRayOptions } from '../../server/protocol/training.ts';
import { VerlRayOptionsSchema } from '../../server/protocol/training.ts';
import { button, checkbox, choice, textArea, textField } from '../ui/controls.ts';
import { fill, h, type Child } from '../ui/dom.ts';
import type { DataFile, LauncherState } from './contract.ts';

export interface InputsEvents {
  readonly onChange: (change: Partial<LauncherState>) => void;
  readonly browse: (title: string, folder: boolean) => Promise<string | null>;
}

const ENGINES = [{ value: 'rehearsal', label: 'Rehearsal (trains no model)' }, { value: 'verl-ray', label: 'veRL on Ray' }] as const;

export function inputsForm(recipe: Recipe, form: LauncherState, files: { problems: readonly DataFile[]; rollouts: readonly DataFile[] }, runId: string, events: InputsEvents): HTMLElement {
  const checkpoint = textField({ label: 'Checkpoint to start from', value: form.checkpoint ?? recipe.initialPolicy, onInput: (text) => { events.onChange({ checkpoint: text.trim() === '' ? null : text.trim() }); } });
  const options = h('div');
  const showEngine = (engine: LauncherState['engine']): void => {
    fill(options, engine === 'rehearsal'
      ? row('Recorded rollouts', fileChoice('Recorded rollouts', files.rollouts, form.rollouts, (rollouts) => { events.onChange({ rollouts }); }, 'No rollout file in this workspace. A rehearsal needs recorded rollouts of the problems.'), 'It samples groups from these, verifies them, applies the stage’s update to a tabular policy')
      : verlRows(form.verlRay, (verlRay) => { events.onChange({ verlRay }); }));
  };
  showEngine(form.engine);
  return h('div', 'inputs',
    h('fieldset', {}, h('legend', {}, h('h2', {}, 'Run')),
      row('Engine', choice('Engine', ENGINES, form.engine, (chosen) => {
        const engine = chosen === 'verl-ray' ? 'verl-ray' : 'rehearsal';
        showEngine(engine);
        events.onChange({ engine });
      })),
      row('Run id', textField({ label: 'Run id', value: runId, onInput: (text) => { events.onChange({ runId: text.trim() === '' ? null : text.trim() }); } }), 'Name of the run’s folder'),
      row('Start from', [checkpoint, button('Browse…', () => {
        void events.browse('Checkpoint to Start From', true).then((path) => {
          if (path === null) return;
          checkpoint.value = path;
          events.onChange({ checkpoint: path });
        });
      })], form.checkpoint === null ? `${recipe.title}: initial policy` : `was ${recipe.initialPolicy}`),
      options),
    h('fieldset', {}, h('legend', {}, h('h2', {}, 'Problems')),
      row('Problem sets', fileChoice('Problem sets', files.problems, form.problems, (problems) => { events.onChange({ problems }); }, 'No problem set in this workspace.'), 'Curated: dropped, filtered and contaminated problems stay out'),
      row('Validation', fileChoice('Validation sets', files.problems, form.validation, (validation) => { events.onChange({ validation }); }, 'No problem set in this workspace.'))));
}

function verlRows(start: VerlRayOptions, onChange: (options: VerlRayOptions) => void): HTMLElement[] {
  let options = start;
  const set = (change: Partial<VerlRayOptions>): void => { onChange(options = { ...options, ...change }); };
  const text = (label: string, value: string, read: (text: string) => Partial<VerlRayOptions>, note = ''): HTMLElement => row(label, textField({ label, value, onInput: (typed) => { set(read(typed.trim())); } }), note);
  const number = (label: string, key: 'nodes' | 'gpusPerNode' | 'tensorParallel' | 'sequenceParallel', note = ''): HTMLElement => text(label, String(options[key]), (typed) => ({ [key]: Number(typed) }), note);
  return [
    text('Ray address', options.address, (address) => ({ address }), 'of the Jobs API (dashboard port)'),
    row('veRL version', choice('veRL version', VerlRayOptionsSchema.entries.verlVersion.options.map((version) => ({ value: version, label: version })), options.verlVersion, (chosen) => {
      const version = VerlRayOptionsSchema.entries.verlVersion.options.find((known) => known === chosen);
      if (version) set({ verlVersion: version });
    }), 'option names follow it'),
    number('Nodes', 'nodes'), number('GPUs per node', 'gpusPerNode', 'the paper used 128 H100'),
    number('Tensor parallel', 'tensorParallel', 'of generation'), number('Sequence parallel', 'sequenceParallel', 'of the update'),
    text('Shared folder', options.sharedRoot ?? '', (path) => ({ sharedRoot: path === '' ? null : path }), 'that every node sees; empty: the run folder itself'),
    text('Python', options.python, (python) => ({ python }), 'on the cluster'),
    text('Entry module', options.entryModule ?? '', (entry) => (entry === '' ? { entryModule: undefined } : { entryModule: entry }), 'empty: verl.trainer.main_ppo'),
    row('Environment', textArea({ label: 'Environment variables, one NAME=value a line', value: Object.entries(options.env).map(([name, value]) => `${name}=${value}`).join('\n'), placeholder: 'NAME=value, one a line', rows: 2, onInput: (typed) => { set({ env: readEnvironment(typed) }); } }), 'no secrets: they are stored with the run'),
    row('Extra overrides', textArea({ label: 'Extra overrides, one a line', value: options.extraOverrides.join('\n'), placeholder: 'key=value, one a line', rows: 2, onInput: (typed) => { set({ extraOverrides: typed.split('\n').map((line) => line.trim()).filter((line) => line !== '') }); } })),
  ];
}

function readEnvironment(text: string): Record<string, string> {
  return Object.fromEntries(text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
  }));
}

function fileChoice(label: string, files: readonly DataFile[], chosen: readonly string[], onChange: (paths: string[]) => void, empty: string): HTMLElement {
  if (files.length === 0) return h('p', 'dim', empty);
  const picked = new Set(chosen);
  return h('div', { class: 'file-choice', role: 'group', attributes: { 'aria-label': label } }, files.map((file) => h('div', { class: 'row', title: file.path },
    checkbox(file.name, picked.has(file.path), (on) => {
      if (on) picked.add(file.path);
      else picked.delete(file.path);
      onChange([...picked]);
    }), h('span', 'dim', file.schema))));
}

function row(label: string, control: Child, note = ''): HTMLElement {
  return h('div', 'setting', h('span', 'setting-label', label), h('span', 'setting-value', control), h('span', 'setting-notes dim', note));
}
