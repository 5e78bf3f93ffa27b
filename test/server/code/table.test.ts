// Agreement with the recorded verdicts of LiveCodeBench's own checker. A fixed third of the rows; all of them with
// RLVR_CODE_TABLE=all (`npm run verify:code-table`).
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import * as v from 'valibot';
import type { TestSuite } from '../../../server/protocol/problem.ts';
import { sharedData } from '../../support/shared.ts';
import { cannotRun, verifierOf } from './verifierOf.ts';

const TestsSchema = v.array(v.object({ input: v.string(), output: v.string() }));
const ProblemSchema = v.object({
  question_id: v.string(),
  public_test_cases: TestsSchema,
  private_test_cases: TestsSchema,
  metadata: v.object({ func_name: v.optional(v.string()) }),
});
const RowSchema = v.object({
  question_id: v.string(), candidate_id: v.string(), code: v.string(), lcb_pass: v.boolean(), tests_passed: v.number(),
  near_limit: v.boolean(), unstable: v.boolean(),
});
type Row = v.InferOutput<typeof RowSchema>;

const all = process.env['RLVR_CODE_TABLE'] === 'all';

test(`verdicts equal the checker's on ${all ? 'the whole table' : 'a third of the table'}`, { skip: cannotRun }, async (t) => {
  const problemsFile = sharedData(t, 'data/code/problems.dev.jsonl');
  const verdictsFile = sharedData(t, 'data/code/verdicts.dev.jsonl');
  if (problemsFile === undefined || verdictsFile === undefined) return;
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const version = (await verifier.status()).python?.version ?? '';
  if (!version.startsWith('3.11.')) return t.skip(`skipped: the table is for Python 3.11, this is ${version}`);
  const suites = new Map<string, TestSuite>();
  for await (const line of lines(problemsFile)) {
    const problem = v.parse(ProblemSchema, JSON.parse(line));
    suites.set(problem.question_id, { funcName: problem.metadata.func_name ?? null, cases: [...problem.public_test_cases, ...problem.private_test_cases] });
  }
  const rows: Row[] = [];
  let number = 0;
  for await (const line of lines(verdictsFile)) {
    if (all || number % 3 === 0) rows.push(v.parse(RowSchema, JSON.parse(line)));
    number += 1;
  }
  const different: string[] = [];
  const undecided: string[] = [];
  const partly: string[] = [];
  await Promise.all(rows.map(async (row) => {
    const name = `${row.question_id} ${row.candidate_id}`;
    const outcome = await verifier.verifyProgram(suites.get(row.question_id) ?? null, row.code);
    const passed = outcome.kind === 'graded' ? outcome.grade.passed : outcome.kind;
    if (passed !== row.lcb_pass) (row.near_limit || row.unstable ? undecided : different).push(name);
    else if (outcome.kind === 'graded' && outcome.grade.testsPassed !== row.tests_passed && !row.near_limit && !row.unstable) partly.push(name);
  }));
  t.diagnostic(`${rows.length} rows, ${different.length} different, ${undecided.length} different where time or chance decides`);
  assert.deepEqual(different, []);
  assert.deepEqual(partly, [], 'the same number of tests passed');
});

function lines(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}
