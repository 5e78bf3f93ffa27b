import * as v from 'valibot';
import type { Problem, TestSuite } from '../protocol/problem.ts';
import type { FailureKind, Verdict } from '../protocol/verdict.ts';
import { thinkingStart } from '../verifiers/extract/thinkingStart.ts';
import type { VerificationTask } from '../verifiers/verifier.ts';
import { InlineTestsSchema, inlineTests } from './inlineTests.ts';

/** Chosen by the caller; comes back with the reward, which may overtake earlier ones. */
const RequestIdSchema = v.union([v.number(), v.pipe(v.string(), v.maxLength(200))]);

/** One rollout to be rewarded: a line of a stream, or the body of a POST. */
export const RewardRequestSchema = v.object({
  id: v.optional(RequestIdSchema, 0),
  problem_id: v.nullish(v.string()),
  /** veRL's ground truth: the gold answer of a math problem, the problem's id for code. */
  ground_truth: v.nullish(v.string()),
  /** Gold answer inline: goes before a problem of the same id. */
  gold: v.nullish(v.string()),
  /** Tests inline: go before a problem of the same id. */
  tests: v.nullish(InlineTestsSchema),
  response: v.string(),
  /** The chat template opened the thinking part: without `</think>` there is no answer. Absent or null: as the response shows. */
  thinking_opened: v.nullish(v.boolean()),
});
export type RewardRequest = v.InferOutput<typeof RewardRequestSchema>;

/** What answers a request. `score` is null when the verifier failed: that is no 0. */
export interface RewardReply {
  /** Null where the request could not even be read. */
  readonly id: number | string | null;
  readonly score: 0 | 1 | null;
  readonly verdict: Verdict['verdict'];
  readonly rule: string;
  readonly reason: string;
  /** Wall time of the verification, milliseconds. */
  readonly ms: number;
  /** Of code only. */
  readonly tests_passed?: number;
  readonly n_tests?: number;
  readonly failed?: { readonly index: number; readonly kind: FailureKind | null } | null;
  readonly cpu_seconds?: number;
  readonly near_limit?: boolean;
  /** `early`: the failed test ran before its turn. */
  readonly order?: 'early';
}

/** A reason may quote the answer; a reply stays small whatever the response holds. UTF-16 units. */
const MAX_REASON = 2_000;

/**
 * What to verify for a request. Inline tests and gold go first, then the problem of the request's id, then of the ground
 * truth; a math rollout of an unknown problem is compared with its ground truth.
 * @returns a sentence when there is nothing to compare with
 */
export function rewardTask(request: RewardRequest, problems: ReadonlyMap<string, Problem>): VerificationTask | string {
  const of = (task: { domain: 'math' | 'code'; gold: string | null; tests: TestSuite | null }, problem?: Problem): VerificationTask => ({
    ...task,
    problemId: problem?.id ?? request.problem_id ?? null,
    statement: problem?.statement ?? null,
    response: request.response,
    thinkingOpened: thinkingStart({ choice: 'auto', stated: request.thinking_opened ?? null, prompt: [], response: request.response }).opened,
  });
  const known = problems.get(request.problem_id ?? '');
  if (request.tests) return of({ domain: 'code', gold: null, tests: inlineTests(request.tests) }, known);
  const inlineGold = request.gold?.trim() ?? '';
  if (inlineGold !== '') return of({ domain: 'math', gold: inlineGold, tests: null }, known);
  const problem = known ?? problems.get(request.ground_truth ?? '');
  if (problem !== undefined) return of({ domain: problem.domain, gold: problem.answer, tests: problem.tests }, problem);
  const gold = request.ground_truth?.trim() ?? '';
  if (gold !== '') return of({ domain: 'math', gold, tests: null });
  return `no problem ${JSON.stringify(request.problem_id ?? null)} in the problems given and no ground truth, gold or tests in the request`;
}

/** The reply that a verdict becomes. */
export function rewardReply(id: number | string, verdict: Verdict): RewardReply {
  const { code } = verdict;
  return {
    id,
    score: verdict.verdict === 'error' ? null : verdict.reward,
    verdict: verdict.verdict,
    rule: verdict.rule,
    reason: verdict.reason.slice(0, MAX_REASON),
    ms: Math.round(verdict.durationMs),
    ...(code ? {
      tests_passed: code.testsPassed, n_tests: code.nTests, failed: code.failed && { index: code.failed.index, kind: code.failed.kind },
      cpu_seconds: code.cpuSeconds, near_limit: code.nearLimit, ...(code.order ? { order: code.order } : {}),
    } : {}),
  };
}

/** The reply when no verdict was possible at all. */
export function failedReply(id: number | string | null, rule: string, reason: string): RewardReply {
  return { id, score: null, verdict: 'error', rule, reason: reason.slice(0, MAX_REASON), ms: 0 };
}
