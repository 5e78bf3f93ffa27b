// The verdict as a sentence with its evidence: what was compared, what decided, what the file said before.
import type { RolloutPage } from '../../server/protocol/rollout.ts';
import type { CodeDetail, MathDetail, Verdict, VerdictKind } from '../../server/protocol/verdict.ts';
import { h, icon, type Child } from '../ui/dom.ts';
import { duration } from '../ui/format.ts';

const HEADS: Readonly<Record<VerdictKind, { word: string; icon: string; tone: string }>> = {
  correct: { word: 'Correct', icon: 'pass', tone: 'right' },
  incorrect: { word: 'Incorrect', icon: 'error', tone: 'wrong' },
  unverifiable: { word: 'Unverifiable', icon: 'question', tone: 'warn' },
  error: { word: 'Verifier error', icon: 'warning', tone: 'warn' },
};

export interface VerdictActions {
  readonly verify: () => void;
  readonly jumpToAnswer: () => void;
  readonly canVerify: boolean;
}

export function verdictBox(page: RolloutPage, actions: VerdictActions): HTMLElement {
  const { verdict, row } = page;
  if (!verdict) return unverifiedBox(page, actions);
  const head = HEADS[verdict.verdict];
  // Two rollouts side by side have a box each.
  const id = `why-${row.ref}`;
  const why = whyPanel(verdict, id);
  const toggle = why ? h('button', { class: 'chip', attributes: { type: 'button', 'aria-expanded': 'false', 'aria-controls': id }, on: { click: () => {
    why.hidden = !why.hidden;
    toggle?.setAttribute('aria-expanded', String(!why.hidden));
  } } }, 'Why?') : null;
  return h('section', { class: `verdict verdict-${head.tone}`, attributes: { 'aria-label': 'Verdict' } },
    h('div', 'verdict-head',
      h('h2', `verdict-word ${head.tone}`, icon(head.icon), ` ${head.word}`),
      h('div', 'verdict-evidence', evidence(page, verdict, actions)),
      h('div', 'verdict-actions', toggle, verifyChip('Verify Again', actions))),
    h('p', 'verdict-reason', verdict.reason, h('span', 'dim', ' · ', comparison(row.storedScore, verdict))),
    verdict.warnings.length > 0 ? h('ul', 'verdict-warnings', verdict.warnings.map((warning) => h('li', { title: warning.code }, icon('info'), ' ', warning.message))) : null,
    why);
}

function unverifiedBox(page: RolloutPage, actions: VerdictActions): HTMLElement {
  const { storedScore, cut } = page.row;
  return h('section', { class: 'verdict verdict-dim', attributes: { 'aria-label': 'Verdict' } },
    h('div', 'verdict-head',
      h('h2', 'verdict-word', icon('circle-outline'), storedScore === null ? ' Not verified yet' : ` Stored score ${storedScore}`),
      h('div', 'verdict-evidence', page.gold === null ? null : ['expected ', h('code', 'value', page.gold)]),
      h('div', 'verdict-actions', verifyChip('Verify', actions))),
    h('p', 'verdict-reason dim', storedScore === null ? 'The file carries no score and nothing was verified here.' : 'From the file; not checked by the verifier here.', cut ? ' The response was cut at the length limit.' : ''));
}

function verifyChip(label: string, actions: VerdictActions): HTMLElement {
  const chip = h('button', { class: 'chip', title: actions.canVerify ? 'v' : 'Verifying runs code and needs a trusted workspace', attributes: { type: 'button' }, on: { click: actions.verify } }, label);
  chip.disabled = !actions.canVerify;
  return chip;
}

function evidence(page: RolloutPage, verdict: Verdict, actions: VerdictActions): Child {
  if (verdict.code) {
    const { testsPassed, nTests, failed } = verdict.code;
    return [h('b', {}, `${testsPassed} of ${nTests}`), ' tests passed', failed ? `, test ${failed.index + 1} failed (${failed.kind ?? 'unknown'})` : ''];
  }
  const found = verdict.extracted;
  const answer = found
    ? ['answer ', h('button', { class: 'value mark-answer', title: 'Show where it stands in the response', attributes: { type: 'button' }, on: { click: actions.jumpToAnswer } }, clip(found.text))]
    : [page.domain === 'code' ? 'no program found' : 'no answer found'];
  const gold = verdict.math?.gold ?? page.gold;
  return [answer, gold === null ? null : ['  expected ', h('code', 'value', clip(gold))]];
}

/** The verdict against the score in the file: agreement is worth a word, disagreement two. */
function comparison(stored: number | null, verdict: Verdict): Child {
  if (stored === null) return 'the file carries no score';
  if (verdict.reward === null) return `stored score ${stored}; no reward from the verifier`;
  const agrees = (stored > 0.5) === (verdict.reward === 1);
  return agrees ? `stored score ${stored}, same as now` : h('b', 'warn', `stored score ${stored}, now ${verdict.reward}`);
}

function whyPanel(verdict: Verdict, id: string): HTMLElement | null {
  // Not how long it took: a verdict's time holds its waiting for a free worker.
  const facts: [string, Child][] = [['rule', h('code', {}, verdict.rule)], ['verifier', verdict.verifier]];
  if (verdict.code) facts.push(...codeFacts(verdict.code));
  return h('div', { class: 'why', id, hidden: true },
    verdict.math ? mathTable(verdict.math, verdict.extracted?.text ?? null) : null,
    h('dl', 'facts', facts.map(([name, fact]) => [h('dt', {}, name), h('dd', {}, fact)])));
}

function mathTable(math: MathDetail, answer: string | null): HTMLElement {
  const line = (side: string, written: string | null, kind: string, canonical: string): HTMLElement =>
    h('tr', {}, h('th', { attributes: { scope: 'row' } }, side), h('td', 'mono', written ?? '–'), h('td', {}, kind), h('td', 'mono', canonical));
  return h('table', {},
    h('caption', 'sr-only', 'How the verifier read both sides'),
    h('thead', {}, h('tr', {}, ['', 'as written', 'read as', 'canonical form'].map((title) => h('th', { attributes: { scope: 'col' } }, title)))),
    h('tbody', {}, line('expected', math.gold, math.goldKind, math.goldCanonical), line('answer', answer, math.answerKind, math.answerCanonical)));
}

function codeFacts(code: CodeDetail): [string, Child][] {
  return [
    ['ran in', `${code.interpreter}, sandbox: ${code.sandbox}`],
    ['CPU time', duration(code.cpuSeconds) + (code.nearLimit ? ' (close to the limit: another machine may decide otherwise)' : '')],
    ['peak memory', code.memoryPeakMb === null ? 'not measured' : `${Math.round(code.memoryPeakMb)} MB`],
  ];
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}
