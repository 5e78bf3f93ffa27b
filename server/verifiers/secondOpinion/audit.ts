import type { Verdict } from '../../protocol/verdict.ts';
import type { Opinion } from './peerPool.ts';

/** One pair as both checkers saw it. */
export interface AuditedPair {
  readonly gold: string;
  readonly answer: string;
  /** How often the pair occurs. */
  readonly count: number;
  readonly verdict: Verdict;
  readonly opinion: Opinion;
}

export interface AuditSummary {
  /** Distinct pairs, and occurrences of all of them. */
  readonly pairs: number;
  readonly occurrences: number;
  readonly agreed: number;
  /** Disagreements: ours correct and the other different, and the other way round. */
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  /** Pairs on which the other checker failed. */
  readonly failed: number;
}

/** Whether the two checkers would pay differently. A checker that failed pays nothing. */
export function disagrees(pair: AuditedPair): boolean {
  return (pair.verdict.verdict === 'correct') !== (pair.opinion === 'equal');
}

export function summarise(pairs: readonly AuditedPair[]): AuditSummary {
  const different = pairs.filter(disagrees);
  return {
    pairs: pairs.length,
    occurrences: pairs.reduce((sum, { count }) => sum + count, 0),
    agreed: pairs.length - different.length,
    onlyOurs: different.filter(({ verdict }) => verdict.verdict === 'correct').length,
    onlyTheirs: different.filter(({ verdict }) => verdict.verdict !== 'correct').length,
    failed: pairs.filter(({ opinion }) => opinion === 'failed').length,
  };
}

/** Disagreements, the most frequent first; equal counts in order of their golds. */
export function disagreements(pairs: readonly AuditedPair[]): AuditedPair[] {
  return pairs.filter(disagrees).sort((a, b) => b.count - a.count || (a.gold < b.gold ? -1 : 1));
}
