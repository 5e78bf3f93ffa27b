import type { Opinion } from '../../protocol/audit.ts';
import { SECOND_OPINION_RULE, type Verdict } from '../../protocol/verdict.ts';
import type { MathVerifier } from '../math/verifier.ts';
import type { Verifier } from '../verifier.ts';
import type { SecondOpinion } from './peerPool.ts';

/** Unverifiable for want of reading, not of an answer or a limit: another checker may read it. */
const OPEN_RULES: ReadonlySet<string> = new Set(['text.unreadable', 'answer.unreadable', 'gold.unreadable']);

/**
 * The math verifier that asks another checker about what it could not read. For evaluations, by the user's choice: rewards
 * are never made with it, and a verdict that it touched says so. `peer` is closed by its owner.
 */
export function withSecondOpinion(math: MathVerifier, peer: SecondOpinion): Verifier {
  return {
    id: math.id,
    async verify(task, signal) {
      const verdict = await math.verify(task, signal);
      if (verdict.verdict !== 'unverifiable' || !OPEN_RULES.has(verdict.rule) || task.gold === null || verdict.extracted === null) return verdict;
      const started = performance.now();
      const opinion = await peer.check(task.gold, verdict.extracted.text, signal);
      return { ...withOpinion(verdict, opinion), durationMs: verdict.durationMs + performance.now() - started };
    },
    dispose: () => math.dispose(),
  };
}

function withOpinion(verdict: Verdict, opinion: Opinion): Verdict {
  if (opinion === 'failed') return { ...verdict, warnings: [...verdict.warnings, { code: 'option.second-opinion', message: 'The second checker was asked and failed as well.' }] };
  const equal = opinion === 'equal';
  return {
    ...verdict, verdict: equal ? 'correct' : 'incorrect', reward: equal ? 1 : 0, rule: SECOND_OPINION_RULE,
    reason: `${verdict.reason} The second checker calls the answer ${equal ? 'equal' : 'different'}.`,
    warnings: [...verdict.warnings, { code: 'option.second-opinion', message: 'Decided by the second checker, for evaluation: in training this answer is not paid.' }],
  };
}
