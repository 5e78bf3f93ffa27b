import * as v from 'valibot';

/**
 * What a verifier says of one rollout. `error` is the machine's fault (no Python, a worker that died twice) and is
 * never a reward of 0: its reward is null.
 */
export const VerdictKindSchema = v.picklist(['correct', 'incorrect', 'unverifiable', 'error']);
export type VerdictKind = v.InferOutput<typeof VerdictKindSchema>;

/** Where the answer or program was found; offsets are UTF-16 units in the response. */
export const ExtractedSchema = v.object({ text: v.string(), start: v.number(), end: v.number() });
export type Extracted = v.InferOutput<typeof ExtractedSchema>;

/** A policy that had to be applied (rounding, unit dropped, ...). `code` is stable, `message` is for people. */
export const WarningSchema = v.object({ code: v.string(), message: v.string() });
export type VerdictWarning = v.InferOutput<typeof WarningSchema>;

/** How the math verifier understood both sides. */
export const MathDetailSchema = v.object({
  gold: v.string(),
  /** Canonical form of each side, or the reason it could not be read. */
  goldCanonical: v.string(),
  answerCanonical: v.string(),
  goldKind: v.string(),
  answerKind: v.string(),
});
export type MathDetail = v.InferOutput<typeof MathDetailSchema>;

/** Why a test of a code problem failed. */
export const FailureKindSchema = v.picklist(['wrong', 'time', 'exception', 'load', 'memory', 'output', 'none']);
export type FailureKind = v.InferOutput<typeof FailureKindSchema>;

/** One executed test. Texts are bounded; `cut` says that one was. */
export const TestResultSchema = v.object({
  index: v.number(),
  passed: v.boolean(),
  kind: v.nullable(FailureKindSchema),
  cpuSeconds: v.nullable(v.number()),
  input: v.optional(v.string()),
  expected: v.optional(v.string()),
  actual: v.optional(v.string()),
  /** Exception text with the line numbers of the user's program. */
  error: v.optional(v.string()),
  cut: v.optional(v.boolean()),
});
export type TestResult = v.InferOutput<typeof TestResultSchema>;

/** How the program was contained, strongest first. `unsafe` only by an explicit switch of the user. */
export const SandboxLevelSchema = v.picklist(['namespaces', 'seccomp', 'seatbelt', 'pyodide', 'unsafe', 'none']);
export type SandboxLevel = v.InferOutput<typeof SandboxLevelSchema>;

export const CodeDetailSchema = v.object({
  testsPassed: v.number(),
  nTests: v.number(),
  /** The tests that ran (grading stops at the first failure); passed tests carry no texts. */
  tests: v.array(TestResultSchema),
  failed: v.nullable(TestResultSchema),
  cpuSeconds: v.number(),
  memoryPeakMb: v.nullable(v.number()),
  /** True when some test used between half and twice its limit: another machine may decide otherwise. */
  nearLimit: v.boolean(),
  /** `early`: the failed test ran before its turn, so an earlier one of the list may fail as well. */
  order: v.optional(v.literal('early')),
  sandbox: SandboxLevelSchema,
  interpreter: v.string(),
});
export type CodeDetail = v.InferOutput<typeof CodeDetailSchema>;

/** Rule of the verdict on a program that was not run because the workspace is not trusted. */
export const NO_PROGRAMS_RULE = 'code.untrusted';

/** Rule of the verdict on a rollout that could not be judged for want of its problem: it has no reward. */
export const NO_PROBLEM_RULE = 'problem.missing';

/** Rule of a verdict that the second checker gave, in an evaluation that asked for it. */
export const SECOND_OPINION_RULE = 'second-opinion';

export const VerdictSchema = v.object({
  verdict: VerdictKindSchema,
  reward: v.nullable(v.picklist([0, 1])),
  /** `math`, `code` or `custom:<file name>`. */
  verifier: v.string(),
  extracted: v.nullable(ExtractedSchema),
  /** One sentence with the evidence, for people. */
  reason: v.string(),
  /** Stable id of the rule that decided, e.g. `rational.equal`, `extract.unclosed-think`, `tests.all-passed`. */
  rule: v.string(),
  warnings: v.array(WarningSchema),
  math: v.optional(MathDetailSchema),
  code: v.optional(CodeDetailSchema),
  /** Wall time of the verification, milliseconds. */
  durationMs: v.number(),
});
export type Verdict = v.InferOutput<typeof VerdictSchema>;
