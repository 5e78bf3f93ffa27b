import * as v from 'valibot';
import type { TestSuite } from '../protocol/problem.ts';

/** Tests in a request, as in the workbench's own problem records (docs/formats.md). */
export const InlineTestsSchema = v.object({
  /** The function to call; without it the tests are of standard input and output. */
  func_name: v.nullish(v.string()),
  cases: v.array(v.object({ input: v.string(), output: v.string() })),
  time_limit_s: v.nullish(v.pipe(v.number(), v.gtValue(0), v.maxValue(3_600))),
  memory_mb: v.nullish(v.pipe(v.number(), v.gtValue(0), v.maxValue(1_048_576))),
});

export function inlineTests(tests: v.InferOutput<typeof InlineTestsSchema>): TestSuite {
  return {
    funcName: tests.func_name ?? null,
    cases: tests.cases,
    ...(tests.time_limit_s ? { timeLimitSeconds: tests.time_limit_s } : {}),
    ...(tests.memory_mb ? { memoryMb: tests.memory_mb } : {}),
  };
}
