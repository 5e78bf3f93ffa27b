// What exactly will run: problems left, checks, the command and every file, as the server would write them now.
import type { LaunchPreview, Lint } from '../../server/protocol/training.ts';
import { button, type Button, chipButton, progressRing } from '../ui/controls.ts';
import { fill, h, icon } from '../ui/dom.ts';
import { count, percent, plural, value } from '../ui/format.ts';
import { changedLines } from './model.ts';

export interface PreviewEvents {
  readonly onLaunch: () => void;
  readonly onCancel: () => void;
  readonly onCopy: (text: string) => void;
  readonly onField: (field: string) => void;
  readonly onSuggestion: (field: string, text: string) => void;
}

const SHOWN_LIMIT = 60_000;

export class PreviewPane {
  readonly element: HTMLElement;
  readonly #events: PreviewEvents;
  /** Always in sight: what is to be said in one line, and the buttons. */
  readonly bar: HTMLElement;
  readonly #summary = h('span', { class: 'summary grow', role: 'status' });
  readonly #status = h('p', 'dim preview-status');
  readonly #problems = h('div');
  readonly #lints = h('div');
  readonly #files = h('div', 'files');
  readonly #launch: Button;
  readonly #cancel: Button;
  #file = 'command.sh';
  #preview: LaunchPreview | null = null;
  #before: string | null = null;

  constructor(events: PreviewEvents) {
    this.#events = events;
    this.#launch = button('Launch', events.onLaunch, { primary: true, disabled: true });
    this.#cancel = button('Cancel', events.onCancel);
    this.#cancel.hidden = true;
    this.element = h('aside', { class: 'preview', attributes: { 'aria-label': 'What will run' } },
      h('h2', {}, 'What will run'), this.#status, this.#problems, this.#lints, this.#files);
    this.bar = h('footer', 'launch row', this.#summary, h('span', 'launch-buttons row', button('Copy Command', () => { if (this.#preview) events.onCopy(this.#preview.command); }), this.#cancel, this.#launch));
  }

  /** What is shown stands for the form as it is, and may be launched. */
  get launchable(): boolean {
    return !this.#launch.disabled;
  }

  /** The form changed: what is shown stays, but only the next preview can be launched. */
  showOld(): void {
    this.element.classList.add('stale');
    this.#launch.disabled = true;
  }

  /** Something is being looked up; what was shown stays, marked as old. */
  showWorking(text: string): void {
    this.showOld();
    fill(this.#summary, progressRing('Working'), h('span', 'dim', text));
  }

  showProblem(text: string): void {
    this.showOld();
    fill(this.#summary, h('span', 'wrong', icon('error'), ` ${text}`));
  }

  show(preview: LaunchPreview, options: { steps: number; launchable: string | null; label: string }): void {
    this.element.classList.remove('stale');
    this.#before = this.#preview?.directory === preview.directory ? this.#preview.command : null;
    this.#preview = preview;
    // The folder of runs and the run: what stands before it is the same for all.
    this.#status.title = preview.directory;
    fill(this.#status, h('span', 'mono', preview.directory.split(/[\\/]/).slice(-2).join('/')));
    fill(this.#problems, problemsBox(preview, options.steps));
    fill(this.#summary, ...summaryOf(preview));
    fill(this.#lints, lintList(preview.lints, this.#events));
    this.#drawFiles();
    const errors = preview.lints.filter((lint) => lint.severity === 'error').length;
    this.#launch.disabled = errors > 0 || options.launchable !== null;
    this.#launch.title = options.launchable ?? (errors > 0 ? `${plural(errors, 'error')} to put right first` : '');
    this.#launch.textContent = options.label;
  }

  showLaunching(active: boolean): void {
    this.#cancel.hidden = !active;
    this.#launch.disabled = active;
  }

  #drawFiles(): void {
    const preview = this.#preview;
    if (!preview) return;
    const files = preview.files.some((file) => file.name === 'command.sh') ? preview.files : [{ name: 'command.sh', text: preview.command }, ...preview.files];
    const order = [...files].sort((a, b) => Number(b.name === 'command.sh') - Number(a.name === 'command.sh'));
    const chosen = order.find((file) => file.name === this.#file) ?? order[0];
    if (!chosen) return;
    const tabs = order.map((file) => h('button', {
      class: 'chip', role: 'tab', tabIndex: file === chosen ? 0 : -1, attributes: { type: 'button', 'aria-selected': String(file === chosen), 'aria-controls': 'file' },
      on: { click: () => { this.#choose(file.name); }, keydown: (event) => { this.#tabKey(event, order.map((entry) => entry.name)); } },
    }, file.name));
    const changed = chosen.name === 'command.sh' ? changedLines(this.#before, chosen.text) : new Set<number>();
    const lines = chosen.text.slice(0, SHOWN_LIMIT).split('\n');
    fill(this.#files, h('div', { class: 'row wrap', role: 'tablist', attributes: { 'aria-label': 'Files of the run' } }, tabs),
      h('pre', { class: 'file', id: 'file', role: 'tabpanel', tabIndex: 0, attributes: { 'aria-label': chosen.name } }, lines.map((line, index) => h('span', changed.has(index) ? 'changed' : '', `${line}\n`))),
      chosen.text.length > SHOWN_LIMIT ? h('p', 'dim', `${count(chosen.text.length - SHOWN_LIMIT)} more characters`) : null);
  }

  #choose(name: string): void {
    this.#file = name;
    this.#drawFiles();
    this.#files.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  #tabKey(event: KeyboardEvent, names: readonly string[]): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = names[(names.indexOf(this.#file) + by + names.length) % names.length];
    if (next !== undefined) this.#choose(next);
  }
}

function problemsBox({ problems, stepsPerEpoch }: LaunchPreview, steps: number): HTMLElement {
  const removed = Object.entries(problems.removed).sort((a, b) => b[1] - a[1]);
  const share = problems.total > 0 ? problems.kept / problems.total : 0;
  return h('div', 'problems',
    h('div', {}, h('b', {}, count(problems.kept)), ` of ${plural(problems.total, 'problem')} (${percent(share).replace(' ', '\u00a0')})`,
      h('div', 'dim', stepsPerEpoch > 0 ? `${plural(stepsPerEpoch, 'step')} an epoch · ${plural(steps, 'step')} = ${value(steps / stepsPerEpoch)} epochs` : 'fewer problems than one batch')),
    h('div', { class: 'kept-bar', attributes: { 'aria-hidden': 'true' } }, h('i', { style: { width: `${100 * share}%` } })),
    removed.length > 0 ? h('ul', 'removed', removed.map(([reason, n]) => h('li', {}, h('span', 'grow', reason), h('span', 'num', `−${count(n)}`)))) : null);
}

const ICONS: Readonly<Record<Lint['severity'], { icon: string; tone: string }>> = { error: { icon: 'error', tone: 'wrong' }, warning: { icon: 'warning', tone: 'warn' }, info: { icon: 'info', tone: 'dim' } };

/** The gravest objection, or what is left to run on. */
function summaryOf({ lints, problems }: LaunchPreview): HTMLElement[] {
  const errors = lints.filter((lint) => lint.severity === 'error');
  const warnings = lints.filter((lint) => lint.severity === 'warning').length;
  const [first] = errors;
  if (first) return [h('span', 'wrong', icon('error'), ` ${first.message}${errors.length > 1 ? `, and ${plural(errors.length - 1, 'more error')}` : ''}`)];
  return [h('span', 'right', icon('pass')), h('span', {}, `${count(problems.kept)} of ${plural(problems.total, 'problem')}`), warnings > 0 ? h('span', 'warn', icon('warning'), ` ${plural(warnings, 'warning')}`) : h('span', 'dim', 'ready')];
}

function lintList(lints: readonly Lint[], { onField, onSuggestion }: PreviewEvents): HTMLElement {
  if (lints.length === 0) return h('p', {}, h('span', 'right', icon('pass')), ' No objections.');
  return h('section', { attributes: { 'aria-label': 'Checks' } }, h('h2', {}, 'Checks'), h('ul', 'lints', lints.map(({ field, suggestion, ...lint }) => h('li', {},
    h('span', ICONS[lint.severity].tone, icon(ICONS[lint.severity].icon, lint.severity)), h('span', 'grow', lint.message),
    field === null ? null : h('span', 'lint-actions', suggestion ? chipButton(suggestion.label, () => { onSuggestion(field, suggestion.text); }) : null, chipButton('Show', () => { onField(field); }))))));
}
