import * as v from 'valibot';

/** A program with the test it fails, whole, and what it takes to run the two outside the sandbox. */
export const FailingTestSchema = v.object({
  /** First words of the problem. */
  title: v.string(),
  program: v.string(),
  /** The function that is called; null: standard input and output. */
  funcName: v.nullable(v.string()),
  /** 0-based. */
  index: v.number(),
  nTests: v.number(),
  /** The verdict's. */
  reason: v.string(),
  input: v.string(),
  expected: v.string(),
});
export type FailingTest = v.InferOutput<typeof FailingTestSchema>;

/** Python files to stand beside the program; names have no folder part. */
export const RunnerFilesSchema = v.array(v.object({ name: v.pipe(v.string(), v.regex(/^\w+\.py$/)), text: v.string() }));
