// Which disagreements are shown, in which order. Pure.
import type { AuditedPair } from '../../server/protocol/audit.ts';

/** A disagreement with its number in the order in which it was found. */
export interface Found {
  readonly index: number;
  readonly pair: AuditedPair;
}

export const SIDES = ['all', 'ours', 'theirs', 'failed'] as const;
/** `ours`: only ours calls the answer correct; `theirs`: only the other; `failed`: the other gave no opinion. */
export type Side = (typeof SIDES)[number];

/** Every disagreement is on exactly one side. */
export function sideOf({ verdict, opinion }: AuditedPair): Exclude<Side, 'all'> {
  if (opinion === 'failed') return 'failed';
  return verdict.verdict === 'correct' ? 'ours' : 'theirs';
}

export interface Counts {
  readonly pairs: number;
  readonly rollouts: number;
}

/** Distinct pairs, and their occurrences, of each side. */
export function countSides(found: readonly Found[]): Readonly<Record<Side, Counts>> {
  const counts: Record<Side, { pairs: number; rollouts: number }> = { all: { pairs: 0, rollouts: 0 }, ours: { pairs: 0, rollouts: 0 }, theirs: { pairs: 0, rollouts: 0 }, failed: { pairs: 0, rollouts: 0 } };
  for (const { pair } of found) {
    for (const side of ['all', sideOf(pair)] as const) {
      counts[side].pairs++;
      counts[side].rollouts += pair.count;
    }
  }
  return counts;
}

/** The disagreements of a side, the most frequent first; equal counts in order of gold and answer. */
export function shown(found: readonly Found[], side: Side): Found[] {
  return found.filter(({ pair }) => side === 'all' || sideOf(pair) === side)
    .sort(({ pair: a }, { pair: b }) => b.count - a.count || order(a.gold, b.gold) || order(a.answer, b.answer));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
