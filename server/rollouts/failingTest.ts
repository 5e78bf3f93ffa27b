import { RequestError } from '../protocol/errors.ts';
import type { FailingTest } from '../protocol/failingTest.ts';
import type { Work } from '../records/work.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { RolloutStore } from './store.ts';

/** Characters of a test's input and output that are handed out: a reply must fit into a frame. */
const MAX_CHARS = 8_000_000;

export interface FailingTestRequest {
  readonly path: string;
  readonly ref: number;
  readonly problems: readonly string[];
}

/**
 * The program of a rollout with the test it fails, whole. The rollout is verified for it: a verdict that is known already
 * costs nothing, and one from before an edit of the problem is never taken.
 * @throws RequestError when there is no program, or none of its tests fails
 */
export async function failingTest(store: RolloutStore, code: Verifier, { path, ref, problems }: FailingTestRequest, work: Work): Promise<FailingTest> {
  for await (const selected of store.select({ kind: 'file', path, refs: [ref] }, work)) {
    if ('issue' in selected) throw new RequestError('not-found', selected.issue.message, { file: path });
    const resolved = await store.resolve(selected.rollout, problems, work);
    if (!resolved.ok) throw new RequestError('not-found', resolved.issue.message, { file: path });
    const { task } = resolved;
    if (task.domain !== 'code' || task.tests === null) throw new RequestError('bad-input', 'Only programs that were verified by tests can be run: this is a math rollout, or its problem has no tests.', { file: path });
    const verdict = await code.verify(task, work.signal);
    const failed = verdict.code?.failed;
    if (verdict.extracted === null || verdict.code === undefined || failed === undefined) throw new RequestError('bad-input', verdict.reason, { file: path });
    if (failed === null) throw new RequestError('bad-input', 'The program passes all its tests: there is no failing one to run.', { file: path });
    const test = task.tests.cases[failed.index];
    if (test === undefined || test.input.length + test.output.length > MAX_CHARS) throw new RequestError('bad-input', `Test ${failed.index + 1} is too large to be handed out.`, { file: path });
    return {
      title: resolved.title,
      program: verdict.extracted.text,
      funcName: task.tests.funcName,
      index: failed.index,
      nTests: verdict.code.nTests,
      reason: verdict.reason,
      input: test.input,
      expected: test.output,
    };
  }
  throw new RequestError('not-found', `${path} has no rollout ${ref}`, { file: path });
}
