// Keep, drop with a reason, restore, edit the answer: stored beside the set, the source file is never rewritten.
import type { Decision, ProblemRow } from '../../server/protocol/problem.ts';
import { button, chipButton, focusControl, textField } from '../ui/controls.ts';
import { fill, h, icon } from '../ui/dom.ts';

/** A decision without what the host adds. */
export type NewDecision = Omit<Decision, 'id' | 'at'>;

export interface DecisionEvents { readonly decide: (decision: NewDecision | null) => void }

const REASONS = ['wrong answer', 'ambiguous', 'duplicate', 'too easy', 'not checkable'];

/** Answers that look the same when they are typeset. */
const PLAIN = /^\d+(\.\d+)?$/;

const STATES: Readonly<Record<ProblemRow['state'], { word: string; icon: string; tone: string }>> = {
  ok: { word: 'ok', icon: 'pass', tone: 'right' },
  dropped: { word: 'dropped', icon: 'trash', tone: 'dim' },
  filtered: { word: 'filtered', icon: 'filter', tone: 'warn' },
  contaminated: { word: 'contaminated', icon: 'shield', tone: 'wrong' },
  invalid: { word: 'invalid', icon: 'error', tone: 'wrong' },
  unchecked: { word: 'not compared with the benchmarks yet', icon: 'question', tone: 'dim' },
};

/** The state with its reasons, and what can be done about it. */
export function stateBox(row: ProblemRow, events: DecisionEvents): HTMLElement {
  const state = STATES[row.state];
  const form = h('div', { class: 'decision-form', hidden: true });
  const { decision } = row;
  return h('section', { class: `state-box state-${state.tone}`, attributes: { 'aria-label': 'State' } },
    h('div', 'row wrap', h('span', `state-word ${state.tone}`, icon(state.icon), ` ${state.word}`), row.labels.map((label) => h('span', 'chip', label)),
      h('span', 'state-actions row', row.state !== 'ok' && row.state !== 'invalid' && row.state !== 'unchecked' ? button('Keep', () => { events.decide({ action: 'keep' }); }, { title: 'Overrides filters and contamination' }) : null,
        row.state === 'dropped' ? null : button('Drop…', () => { askReason(form, events); }),
        decision === null ? null : button('Restore', () => { events.decide(null); }, { title: 'Takes the decision back' }))),
    form,
    decision === null ? null : h('p', 'dim decision-note', `${said(decision)}${decision.reason ? `: ${decision.reason}` : ''} · ${new Date(decision.at).toLocaleString()}`));
}

/** Not by whom: decisions stand in a file that people share. */
function said({ action }: Decision): string {
  return action === 'keep' ? 'Kept' : action === 'drop' ? 'Dropped' : 'Answer edited';
}

function askReason(form: HTMLElement, events: DecisionEvents): void {
  const drop = (reason: string): void => { if (reason.trim() !== '') events.decide({ action: 'drop', reason: reason.trim() }); };
  const field = textField({ label: 'Reason to drop', value: '', placeholder: 'Why? Enter drops it' });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') drop(field.value);
    if (event.key === 'Escape') form.hidden = true;
  });
  fill(form, field, h('span', 'row wrap', REASONS.map((reason) => chipButton(reason, () => { drop(reason); }))));
  form.hidden = false;
  focusControl(field);
}

/** The gold answer of a math problem with its edit form; what it was before stays visible. */
export function answerBox(row: ProblemRow, fileAnswer: string | null, show: (answer: string) => Node, events: DecisionEvents): HTMLElement {
  const body = h('div', 'answer-body');
  const edited = row.decision?.action === 'edit' && row.decision.answer !== undefined;
  // The row's own answer may be shortened.
  const answer = edited ? row.decision?.answer ?? null : fileAnswer;
  const read = (): void => {
    fill(body,
      h('div', 'answer-line', answer === null ? h('span', 'warn', icon('warning'), ' This problem has no answer, so nothing can be verified against it.') : h('span', 'answer-value', show(answer)),
        chipButton(answer === null ? 'Add an Answer' : 'Edit', edit, { icon: icon('edit') })),
      answer === null || PLAIN.test(answer) ? null : h('p', 'dim mono', answer),
      edited ? h('p', 'dim', 'edited; in the file: ', h('code', {}, fileAnswer ?? 'no answer')) : null);
  };
  const edit = (): void => {
    const field = textField({ label: 'Answer', value: answer ?? '' });
    const preview = h('span', 'answer-value');
    const draw = (): void => { fill(preview, field.value.trim() === '' ? '' : show(field.value)); };
    const save = (): void => { if (field.value.trim() !== '') events.decide({ action: 'edit', answer: field.value.trim() }); };
    field.addEventListener('input', draw);
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') save();
      if (event.key === 'Escape') read();
    });
    fill(body, h('div', 'row wrap', field, button('Save', save, { primary: true }), button('Cancel', read), preview), h('p', 'dim', 'Stored beside the set; the file itself is not changed.'));
    draw();
    focusControl(field, true);
  };
  read();
  return h('section', { class: 'answer-box', attributes: { 'aria-label': 'Answer' } }, h('h2', {}, 'Answer'), body);
}
