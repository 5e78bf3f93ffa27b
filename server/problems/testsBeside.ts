import * as v from 'valibot';
import type { TestSuite } from '../protocol/problem.ts';
import { schemaMessage } from '../protocol/schemaMessage.ts';
import { identityOf } from '../records/identity.ts';
import type { FileIdentity } from '../records/identity.ts';
import { fileIssue } from '../records/issues.ts';
import type { IssueList } from '../records/issues.ts';
import { RecordFile } from '../records/recordFile.ts';
import type { Work } from '../records/work.ts';

/**
 * Tests of code problems beside a veRL Parquet file: veRL repeats a row's ground truth for every rollout, so the rows carry
 * the problem's id only (verl.md section 3). One line: `{id, func_name, cases: [{input, output}], time_limit_s?, memory_mb?}`.
 */
export function testsPathOf(target: string): string {
  return `${target}.tests.jsonl`;
}

export interface TestsBeside {
  readonly byId: ReadonlyMap<string, TestSuite>;
  readonly identity: FileIdentity;
}

const LineSchema = v.object({
  id: v.string(),
  func_name: v.nullable(v.string()),
  cases: v.array(v.object({ input: v.string(), output: v.string() })),
  time_limit_s: v.optional(v.number()),
  memory_mb: v.optional(v.number()),
});

/** One line of the file. */
export function testsLine(id: string, tests: TestSuite): string {
  return JSON.stringify({ id, func_name: tests.funcName, cases: tests.cases, time_limit_s: tests.timeLimitSeconds, memory_mb: tests.memoryMb });
}

/** Null when there is no such file. */
export async function readTestsBeside(setPath: string, issues: IssueList, work: Work): Promise<TestsBeside | null> {
  const path = testsPathOf(setPath);
  const identity = await identityOf(path).catch(() => null);
  if (identity === null) return null;
  const byId = new Map<string, TestSuite>();
  const file = await RecordFile.open(path, work);
  await file.scan({
    issue: (issue) => issues.add({ ...issue, message: `${path}: ${issue.message}` }),
    record: ({ record, line, value }) => {
      const parsed = v.safeParse(LineSchema, value);
      if (!parsed.success) { issues.add(fileIssue('error', `${path}: ${v.getDotPath(parsed.issues[0]) ?? 'record'}: ${schemaMessage(parsed.issues[0])}`, { record, line })); return; }
      const { id, func_name, cases, time_limit_s, memory_mb } = parsed.output;
      byId.set(id, {
        funcName: func_name, cases,
        ...(time_limit_s === undefined ? {} : { timeLimitSeconds: time_limit_s }),
        ...(memory_mb === undefined ? {} : { memoryMb: memory_mb }),
      });
    },
  }, { signal: work.signal });
  return { byId, identity };
}
