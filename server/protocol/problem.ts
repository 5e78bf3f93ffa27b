import * as v from 'valibot';

export const DomainSchema = v.picklist(['math', 'code']);
export type Domain = v.InferOutput<typeof DomainSchema>;

export const MessageSchema = v.object({ role: v.string(), content: v.string() });
export type Message = v.InferOutput<typeof MessageSchema>;

/** One test of a code problem. `functional`: input lines are JSON arguments, output is one JSON value. */
export const TestCaseSchema = v.object({ input: v.string(), output: v.string() });
export type TestCase = v.InferOutput<typeof TestCaseSchema>;

/** All tests of a code problem, in the order in which they are run. A function name makes it call-based, else stdin. */
export const TestSuiteSchema = v.object({
  funcName: v.nullable(v.string()),
  cases: v.array(TestCaseSchema),
  /** Seconds per test and megabytes of address space, where the problem sets its own. */
  timeLimitSeconds: v.optional(v.number()),
  memoryMb: v.optional(v.number()),
});
export type TestSuite = v.InferOutput<typeof TestSuiteSchema>;

/** Where a problem came from: users ask for this first when an answer turns out wrong. */
export const ProvenanceSchema = v.object({
  dataset: v.string(),
  file: v.string(),
  /** 0-based record number in the file, 0-based line where the file has lines. */
  row: v.number(),
  line: v.nullable(v.number()),
  /** The record's own id, if it has one. */
  id: v.optional(v.string()),
  url: v.optional(v.string()),
  licence: v.optional(v.string()),
  revision: v.optional(v.string()),
  date: v.optional(v.string()),
});
export type Provenance = v.InferOutput<typeof ProvenanceSchema>;

/** Measured difficulty with its scale: scales of different models or attempts are never merged silently. */
export const DifficultySchema = v.object({ value: v.number(), scale: v.string() });
export type Difficulty = v.InferOutput<typeof DifficultySchema>;

export const PassRateSchema = v.object({ correct: v.number(), attempts: v.number(), model: v.optional(v.string()) });
export type PassRate = v.InferOutput<typeof PassRateSchema>;

/** Pass rates in the classes that matter to training: only `sometimes` gives a gradient by itself. */
export const PassRateClassSchema = v.picklist(['never', 'sometimes', 'always', 'unknown']);
export type PassRateClass = v.InferOutput<typeof PassRateClassSchema>;

export const ProblemSchema = v.object({
  /** Stable: the record's own unique id, else sha1 of (dataset, row, statement). */
  id: v.string(),
  domain: DomainSchema,
  /** The bare statement, known prompt wrappers removed. */
  statement: v.string(),
  /** The prompt as the file carries it, for display and export. */
  prompt: v.array(MessageSchema),
  /** Gold answer of a math problem, as text; null where there is none. */
  answer: v.nullable(v.string()),
  tests: v.nullable(TestSuiteSchema),
  starterCode: v.optional(v.string()),
  solution: v.optional(v.string()),
  difficulty: v.nullable(DifficultySchema),
  passRate: v.nullable(PassRateSchema),
  provenance: ProvenanceSchema,
  /** Notes of the importer about this record: field and what was odd. */
  notes: v.array(v.string()),
});
export type Problem = v.InferOutput<typeof ProblemSchema>;

/** Something wrong in a file, with the place: nothing is dropped silently. */
export const FileIssueSchema = v.object({
  /** 0-based record and line, byte offset; null where unknown. */
  record: v.nullable(v.number()),
  line: v.nullable(v.number()),
  byte: v.nullable(v.number()),
  field: v.nullable(v.string()),
  severity: v.picklist(['error', 'warning']),
  message: v.string(),
  /** `unfinished`: a last line that ends in the middle; it may still be written. `no-problem`: a rollout whose problem is not known. */
  code: v.optional(v.picklist(['unfinished', 'no-problem'])),
});
export type FileIssue = v.InferOutput<typeof FileIssueSchema>;

/** A user's decision on a problem. `answer` replaces the gold answer; the source file is never rewritten. */
export const DecisionSchema = v.object({
  id: v.string(),
  action: v.picklist(['keep', 'drop', 'edit']),
  reason: v.optional(v.string()),
  answer: v.optional(v.string()),
  /** The decision overrides these labels (a filter's name, a benchmark). */
  ignore: v.optional(v.array(v.string())),
  /** ISO date-time, UTC. */
  at: v.string(),
});
export type Decision = v.InferOutput<typeof DecisionSchema>;

/** `unchecked`: would be `ok`, but has not been compared with the benchmarks yet. It stays out of exports and stages, which wait for the check. */
export const ProblemStateSchema = v.picklist(['ok', 'dropped', 'filtered', 'contaminated', 'invalid', 'unchecked']);
export type ProblemState = v.InferOutput<typeof ProblemStateSchema>;

/** A line of the Problems view. */
export const ProblemRowSchema = v.object({
  id: v.string(),
  row: v.number(),
  line: v.nullable(v.number()),
  /** First words of the statement, one line, at most 160 characters. */
  title: v.string(),
  domain: DomainSchema,
  answer: v.nullable(v.string()),
  tests: v.number(),
  difficulty: v.nullable(DifficultySchema),
  passRate: v.nullable(PassRateSchema),
  state: ProblemStateSchema,
  /** Why the state is what it is: filter labels, benchmark item, reason of a drop, what is invalid. */
  labels: v.array(v.string()),
  decision: v.nullable(DecisionSchema),
});
export type ProblemRow = v.InferOutput<typeof ProblemRowSchema>;

export const ProblemQuerySchema = v.object({
  text: v.optional(v.string()),
  states: v.optional(v.array(ProblemStateSchema)),
  domains: v.optional(v.array(DomainSchema)),
  passRates: v.optional(v.array(PassRateClassSchema)),
  sort: v.optional(v.picklist(['file', 'title', 'difficulty', 'passRate', 'state'])),
  descending: v.optional(v.boolean()),
});
export type ProblemQuery = v.InferOutput<typeof ProblemQuerySchema>;

export const ProblemSetInfoSchema = v.object({
  path: v.string(),
  /** Name of the recognised schema, e.g. `verl`, `deepscaler`, `orz`, `rlvr`. */
  schema: v.string(),
  count: v.number(),
  byState: v.record(v.string(), v.number()),
  byDomain: v.record(v.string(), v.number()),
  byPassRate: v.record(v.string(), v.number()),
  issues: v.array(FileIssueSchema),
  /** The check for contamination: under way until it is `done` or `failed`; `none` where this server makes none. */
  check: v.object({ state: v.picklist(['none', 'waiting', 'done', 'failed']), remarks: v.array(v.string()) }),
  /** Path of the decisions file beside the set, whether or not it exists yet. */
  decisionsPath: v.string(),
});
export type ProblemSetInfo = v.InferOutput<typeof ProblemSetInfoSchema>;
