import * as v from 'valibot';
import type { Problem } from '../../protocol/problem.ts';
import type { Verdict } from '../../protocol/verdict.ts';
import type { VerificationTask } from '../../verifiers/verifier.ts';

/** One line that a training job's reward function writes: a rollout to be rewarded. */
export const RewardRequestSchema = v.object({
  /** Chosen by the caller; comes back with the reward, which may overtake earlier ones. */
  id: v.number(),
  problem_id: v.nullish(v.string()),
  /** veRL's ground truth: the gold answer of a math problem, the problem's id for code. */
  ground_truth: v.nullish(v.string()),
  response: v.string(),
  /** The chat template opened the thinking part: without `</think>` there is no answer. */
  thinking_opened: v.optional(v.boolean()),
});
export type RewardRequest = v.InferOutput<typeof RewardRequestSchema>;

/** The line that answers it. `score` is null when the verifier failed: that is no 0. */
export interface RewardReply {
  readonly id: number;
  readonly score: 0 | 1 | null;
  readonly verdict: Verdict['verdict'];
  readonly rule: string;
  readonly reason: string;
  readonly ms: number;
}

/**
 * What to verify for a request. The problem is looked up by its id, then by the ground truth; a math rollout of an unknown
 * problem is compared with its ground truth. @returns a sentence when there is nothing to compare with.
 */
export function rewardTask(request: RewardRequest, problems: ReadonlyMap<string, Problem>): VerificationTask | string {
  const problem = problems.get(request.problem_id ?? '') ?? problems.get(request.ground_truth ?? '');
  if (problem !== undefined) {
    return { domain: problem.domain, problemId: problem.id, statement: problem.statement, gold: problem.answer, tests: problem.tests, response: request.response, thinkingOpened: request.thinking_opened ?? false };
  }
  const gold = request.ground_truth?.trim() ?? '';
  if (gold === '') return `no problem ${JSON.stringify(request.problem_id ?? null)} in the run’s problems and no ground truth`;
  return { domain: 'math', problemId: request.problem_id ?? null, statement: null, gold, tests: null, response: request.response, thinkingOpened: request.thinking_opened ?? false };
}

export function rewardReply(id: number, verdict: Verdict): RewardReply {
  const score = verdict.verdict === 'error' ? null : verdict.reward;
  return { id, score, verdict: verdict.verdict, rule: verdict.rule, reason: verdict.reason, ms: verdict.durationMs };
}

/** The reply when no verdict was possible at all. */
export function failedReply(id: number, reason: string): RewardReply {
  return { id, score: null, verdict: 'error', rule: 'reward.no-task', reason, ms: 0 };
}
