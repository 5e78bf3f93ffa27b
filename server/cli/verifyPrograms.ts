import * as v from 'valibot';
import type { TestSuite } from '../protocol/problem.ts';
import type { Services } from '../rpc/services.ts';
import type { ProgramOutcome } from '../verifiers/code/codeVerifier.ts';
import { EXIT_DONE, EXIT_UNDONE, EXIT_USAGE, UsageError, type CommandIo } from './command.ts';
import { openInput, readJsonLines } from './jsonLines.ts';
import { Complaints } from './complaints.ts';
import { InOrder, writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { overWindow } from './window.ts';

const ProgramSchema = v.looseObject({
  question_id: v.union([v.string(), v.number()]),
  candidate_id: v.optional(v.union([v.string(), v.number()])),
  code: v.string(),
});

const UNDER_WAY = 64;

/** `rlvr verify --programs FILE --problems FILE`: one verdict for each bare program, in input order. */
export async function verifyPrograms(path: string, problemSets: readonly string[], { problems, verifiers }: Services, io: CommandIo): Promise<number> {
  if (problemSets.length === 0) throw new UsageError('--programs needs --problems FILE: the tests are there');
  const testsOf = async (id: string): Promise<{ tests: TestSuite | null } | null> => {
    for (const set of problemSets) {
      const found = await (await problems.set(set, { signal: io.signal })).read(id);
      if (found) return { tests: found.problem.tests };
    }
    return null;
  };
  const bar = new ProgressBar(io.stderr, 'programs');
  const complaints = new Complaints(io.stderr);
  let bad = 0;
  let undone = 0;
  let done = 0;
  const ordered = new InOrder<unknown>((value) => writeLine(io.stdout, value));
  const programs = readJsonLines(await openInput(path, io), path, ProgramSchema, (message) => {
    bad += 1;
    complaints.add('lines could not be read', message);
  });
  await overWindow(programs, UNDER_WAY, async ({ line, value }) => {
    const ids = { question_id: value.question_id, candidate_id: value.candidate_id ?? null };
    const found = await testsOf(String(value.question_id));
    bar.update(++done, null);
    if (!found) {
      undone += 1;
      complaints.add('programs have no problem to be judged by', `${path}:${line + 1}: question_id: ${JSON.stringify(value.question_id)} is in none of ${problemSets.join(', ')}`);
      return { ...ids, verdict: 'unverifiable', tests_passed: 0, n_tests: 0, failed: null, cpu_seconds: 0, reason: 'the problem is not known' };
    }
    const outcome = await verifiers.code.verifyProgram(found.tests, value.code, io.signal);
    if (outcome.kind === 'error') undone += 1;
    return { ...ids, ...fieldsOf(outcome) };
  }, (result, index) => ordered.add(index, result));
  bar.end();
  complaints.end();
  io.stderr.write(`rlvr: ${done} ${done === 1 ? 'program' : 'programs'}${undone > 0 ? `, ${undone} of them not judged` : ''}${bad > 0 ? `, ${bad} lines not read` : ''}\n`);
  return undone > 0 ? EXIT_UNDONE : bad > 0 ? EXIT_USAGE : EXIT_DONE;
}

function fieldsOf(outcome: ProgramOutcome): Record<string, unknown> {
  if (outcome.kind !== 'graded') return { verdict: outcome.kind, tests_passed: 0, n_tests: 0, failed: null, cpu_seconds: 0, reason: outcome.reason };
  const { grade } = outcome;
  return {
    verdict: grade.passed ? 'correct' : 'incorrect',
    ...(grade.order ? { order: grade.order } : {}),
    tests_passed: grade.testsPassed,
    n_tests: grade.nTests,
    failed: grade.failed && { index: grade.failed.index, kind: grade.failed.kind },
    cpu_seconds: grade.cpuSeconds,
    near_limit: grade.nearLimit,
  };
}
