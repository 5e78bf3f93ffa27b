// The picture of a group: one small square per rollout, in sample order. State shows by fill and by shape (stripes for cut,
// a dot, a cross, an outline), never by colour alone.
import type { RolloutRow, SquareState } from '../../server/protocol/rollout.ts';
import { h } from './dom.ts';

const WORDS: Readonly<Record<SquareState, string>> = { correct: 'right', incorrect: 'wrong', unverifiable: 'unverifiable', error: 'verifier error', unverified: 'not verified' };

export function stateWord(state: SquareState, cut: boolean | null): string {
  return cut ? `${WORDS[state]}, cut` : WORDS[state];
}

/** `5 right, 10 wrong, 1 wrong and cut`: what the picture says, for screen readers and hovers. */
export function describeSquares(rows: readonly Pick<RolloutRow, 'state' | 'cut'>[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const word = stateWord(row.state, row.cut).replace(', ', ' and ');
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, n]) => `${n} ${word}`).join(', ');
}

/** Most squares drawn for one group; the rest is a number. */
const MAX_SQUARES = 64;

export function squares(rows: readonly Pick<RolloutRow, 'state' | 'cut' | 'ref'>[], selected?: number): HTMLElement {
  const text = describeSquares(rows);
  return h('span', { class: 'squares', role: 'img', title: text, attributes: { 'aria-label': text } },
    rows.slice(0, MAX_SQUARES).map((row) => h('i', `sq sq-${row.state}${row.cut ? ' sq-cut' : ''}${row.ref === selected ? ' sq-here' : ''}`)),
    rows.length > MAX_SQUARES ? h('span', 'dim', ` +${rows.length - MAX_SQUARES}`) : null);
}
