import type { AuditedPair, AuditSummary } from '../../protocol/audit.ts';
import { isAbort } from '../../protocol/errors.ts';
import type { Verdict } from '../../protocol/verdict.ts';
import type { SecondOpinion } from './peerPool.ts';

/** A pair that our verifier has judged and the other checker not yet. */
export type Judged = Omit<AuditedPair, 'opinion'>;

/** Most distinct pairs of one audit: at 10 ms each the other checker needs over half an hour for them. */
const MAX_PAIRS = 200_000;
/** Rollouts that are named for each pair. */
const MAX_REFS = 8;

/** Gathers judged occurrences into distinct pairs. Bounded: pairs beyond the limit are counted, not kept. */
export class PairCounter {
  readonly #limit: number;
  readonly #pairs = new Map<string, { gold: string; answer: string; count: number; refs: number[]; verdict: Verdict }>();
  /** Occurrences of pairs that were not kept. */
  beyondLimit = 0;

  constructor(limit = MAX_PAIRS) {
    this.#limit = limit;
  }

  /**
   * Counts `times` occurrences. The verdict is part of the pair's identity: what the problem asks may decide, so equal
   * texts can have different verdicts.
   */
  add(gold: string, answer: string, verdict: Verdict, { ref, times = 1 }: { readonly ref?: number; readonly times?: number } = {}): void {
    const key = JSON.stringify([gold, answer, verdict.verdict, verdict.rule]);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      if (this.#pairs.size >= this.#limit) {
        this.beyondLimit += times;
        return;
      }
      pair = { gold, answer, count: 0, refs: [], verdict };
      this.#pairs.set(key, pair);
    }
    pair.count += times;
    if (ref === undefined || (pair.refs.length >= MAX_REFS && ref > (pair.refs.at(-1) ?? 0))) return;
    // Verdicts come in the order in which they are decided; the first rollouts of the file are named.
    pair.refs = [...pair.refs, ref].sort((a, b) => a - b).slice(0, MAX_REFS);
  }

  /** The most frequent first, so that what is known when somebody cancels is what matters most. */
  pairs(): Judged[] {
    return [...this.#pairs.values()].sort(byFrequency);
  }
}

/**
 * Asks the other checker about each pair, in order, `window` at a time. Ends early when `signal` fires; what was decided has
 * been handed on by then. Rejects for other failures only.
 */
export async function askAll(pairs: readonly Judged[], peer: SecondOpinion, window: number, onPair: (pair: AuditedPair) => void, signal?: AbortSignal): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let pair = pairs[next++]; pair !== undefined && !signal?.aborted; pair = pairs[next++]) {
      onPair({ ...pair, opinion: await peer.check(pair.gold, pair.answer, signal) });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(window, pairs.length) }, lane));
  } catch (error) {
    if (!signal?.aborted || !isAbort(error)) throw error;
  }
}

/** Whether the two checkers would pay differently. A checker that failed pays nothing. */
export function disagrees(pair: AuditedPair): boolean {
  return (pair.verdict.verdict === 'correct') !== (pair.opinion === 'equal');
}

/** Counts up as pairs are decided. */
export class AuditTally {
  readonly #sums = { asked: 0, agreed: 0, onlyOurs: 0, onlyTheirs: 0, paidDifferently: 0, failed: 0 };

  add(pair: AuditedPair): void {
    const sums = this.#sums;
    sums.asked++;
    if (pair.opinion === 'failed') sums.failed++;
    if (!disagrees(pair)) {
      sums.agreed++;
      return;
    }
    sums.paidDifferently += pair.count;
    if (pair.verdict.verdict === 'correct') sums.onlyOurs++;
    else sums.onlyTheirs++;
  }

  summary(all: readonly Judged[]): AuditSummary {
    return { pairs: all.length, occurrences: all.reduce((sum, { count }) => sum + count, 0), ...this.#sums };
  }
}

/** The most frequent first; equal counts in order of their golds and answers. */
export function byFrequency(a: Pick<AuditedPair, 'count' | 'gold' | 'answer'>, b: Pick<AuditedPair, 'count' | 'gold' | 'answer'>): number {
  return b.count - a.count || compare(a.gold, b.gold) || compare(a.answer, b.answer);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
