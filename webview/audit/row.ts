// One disagreement as a row: what was compared, what each checker says and by which rule.
import type { AuditedPair, Opinion } from '../../server/protocol/audit.ts';
import type { VerdictKind } from '../../server/protocol/verdict.ts';
import { chipButton } from '../ui/controls.ts';
import { type Child, h, icon } from '../ui/dom.ts';
import { count, plural } from '../ui/format.ts';
import type { Found } from './list.ts';

const OURS: Readonly<Record<VerdictKind, { readonly icon: string; readonly tone: string }>> = {
  correct: { icon: 'pass', tone: 'right' },
  incorrect: { icon: 'error', tone: 'wrong' },
  unverifiable: { icon: 'question', tone: 'warn' },
  error: { icon: 'warning', tone: 'warn' },
};
const THEIRS: Readonly<Record<Opinion, { readonly icon: string; readonly tone: string }>> = {
  equal: { icon: 'pass', tone: 'right' },
  different: { icon: 'error', tone: 'wrong' },
  failed: { icon: 'warning', tone: 'warn' },
};

/** Characters of a text in a row; the rest is in the rollout. */
const MAX_TEXT = 300;

export interface RowActions {
  readonly open: (ref: number) => void;
  readonly copyTest: (index: number) => void;
}

export function disagreementRow({ index, pair }: Found, actions: RowActions): HTMLTableRowElement {
  const { verdict, opinion } = pair;
  const [first] = pair.refs;
  return h('tr', {},
    h('td', { class: 'num times', title: plural(pair.count, 'rollout') }, `${count(pair.count)}×`),
    h('td', 'side', written(pair.gold), form(verdict.math?.goldKind, verdict.math?.goldCanonical)),
    h('td', 'side', written(pair.answer), form(verdict.math?.answerKind, verdict.math?.answerCanonical)),
    h('td', 'said',
      h('span', OURS[verdict.verdict].tone, icon(OURS[verdict.verdict].icon), ` ${verdict.verdict}`),
      h('code', { class: 'rule', title: 'the rule that decided' }, verdict.rule),
      h('p', 'reason dim', clip(verdict.reason)),
      verdict.warnings.map((warning) => h('p', { class: 'reason warn', title: warning.code }, icon('info'), ' ', warning.message))),
    h('td', 'said', h('span', THEIRS[opinion].tone, icon(THEIRS[opinion].icon), ` ${opinion}`)),
    h('td', {}, h('div', 'acts',
      first === undefined ? null : chipButton('Open', () => { actions.open(first); }, { title: 'Open an example rollout in the inspector', icon: icon('inspect') }),
      chipButton('Copy as Test', () => { actions.copyTest(index); }, { title: 'Copy a line of {gold, pred, label}; you decide whether the answer is correct', icon: icon('copy') }),
      otherRefs(pair, actions))));
}

function written(text: string): HTMLElement {
  return h('div', { class: 'mono written', title: text.length > MAX_TEXT ? 'cut here; the rollout has all of it' : '' }, clip(text) || '(empty)');
}

/** How our verifier read the text: its kind and its canonical form. */
function form(kind: string | undefined, canonical: string | undefined): Child {
  return kind === undefined || canonical === undefined ? null : h('div', { class: 'form dim', title: 'as our verifier read it: canonical form' }, `${kind}: `, h('span', 'mono', clip(canonical)));
}

function otherRefs({ refs }: AuditedPair, actions: RowActions): Child {
  if (refs.length < 2) return null;
  return h('div', { class: 'refs dim', attributes: { 'aria-label': 'More example rollouts' } }, 'also ', refs.slice(1).map((ref, at) => [
    at > 0 ? ', ' : '',
    h('button', { class: 'link', attributes: { type: 'button', 'aria-label': `open rollout ${ref + 1}` }, on: { click: () => { actions.open(ref); } } }, String(ref + 1)),
  ]));
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
