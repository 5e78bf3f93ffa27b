// The stage's settings in their groups: value, where it comes from, what it was before an edit, what the stage before had.
import type { Recipe, SettingField, Stage } from '../../server/protocol/training.ts';
import { checkbox, chipButton, choice, focusControl, markInvalid, textField } from '../ui/controls.ts';
import { h } from '../ui/dom.ts';
import { applyEdits, differences, isSettingKey, type SettingKey, settingText, settingWords } from './model.ts';

export interface SettingsEvents {
  /** `null` takes the edit back. */
  readonly onEdit: (key: SettingKey, text: string | null) => void;
}

export class SettingsForm {
  readonly element = h('div', 'settings');
  readonly #events: SettingsEvents;
  readonly #rows = new Map<string, { readonly control: HTMLElement; readonly note: HTMLElement }>();

  constructor(recipe: Recipe, stage: Stage, edits: Readonly<Record<string, string>>, events: SettingsEvents) {
    this.#events = events;
    const before = differences(recipe, stage);
    for (const [group, fields] of Map.groupBy(stage.fields, (field) => field.group)) {
      this.element.append(h('fieldset', {}, h('legend', {}, h('h2', {}, group)), fields.map((field) => this.#row(field, stage, edits[field.key], before))));
    }
    this.showErrors(applyEdits(stage, edits).errors);
  }

  /** Says beside each field what is wrong with it. */
  showErrors(errors: ReadonlyMap<string, string>): void {
    for (const [key, { control, note }] of this.#rows) {
      const message = errors.get(key);
      note.textContent = message ?? '';
      markInvalid(control, message !== undefined);
    }
  }

  focus(key: string): boolean {
    const row = this.#rows.get(key);
    if (!row) return false;
    row.control.scrollIntoView({ block: 'center' });
    focusControl(row.control);
    return true;
  }

  #row(field: SettingField, stage: Stage, edit: string | undefined, before: ReturnType<typeof differences>): HTMLElement | null {
    const { key } = field;
    if (!isSettingKey(key)) return null;
    const original = stage.settings[key];
    const extras = h('span', 'setting-notes row wrap');
    const show = (text: string): void => {
      const edited = text !== settingText(original);
      extras.replaceChildren(
        ...(edited ? [chipButton(`was ${settingWords(original)}`, () => { this.#events.onEdit(key, null); }, { title: 'Take the edit back' }), h('span', 'chip source-edited', 'edited')] : [sourceChip(field)]),
        ...(before?.keys.has(key) ? [h('span', { class: 'dim', title: `Differs from ${before.before.title}` }, `${before.before.title}: ${settingWords(before.before.settings[key])}`)] : []));
    };
    const change = (text: string): void => {
      this.#events.onEdit(key, text === settingText(original) ? null : text);
      show(text);
    };
    const text = edit ?? settingText(original);
    const control = typeof original === 'boolean' ? checkbox('', text === 'true', (checked) => { change(String(checked)); }, field.label)
      : field.choices ? choice(field.label, field.choices.map((entry) => ({ value: entry, label: entry })), text, change)
      : textField({ label: field.label, value: text, placeholder: 'none', onInput: change });
    const note = h('span', { class: 'wrong', role: 'alert' });
    this.#rows.set(key, { control, note });
    show(text);
    return h('div', 'setting', h('span', { class: 'setting-label', title: field.help }, field.label), h('span', 'setting-value', control, field.unit ? h('span', 'dim', field.unit) : null), extras, note);
  }
}

/** Whose value it is, in a word. */
const SOURCES: Readonly<Record<SettingField['source']['from'], string>> = { paper: 'paper', 'paper-start': 'paper’s start', ours: 'ours' };

/** `paper §3.2.2`, `paper’s start §3.3.2` or `ours`, with the whole note on hover. */
function sourceChip({ source, help }: SettingField): HTMLElement {
  const section = /§[\d.]+|App\. [A-Z.\d]+/.exec(source.note)?.[0];
  return h('span', { class: `chip source-${source.from}`, title: `${source.note}${source.from === 'paper-start' ? '. Here it stays as it is' : ''}\n${help}`, attributes: { 'aria-label': `${SOURCES[source.from]}: ${source.note}` } }, source.from === 'ours' || !section ? SOURCES[source.from] : `${SOURCES[source.from]} ${section}`);
}
