import assert from 'node:assert/strict';

/** Work that grows faster than its input takes minutes on the inputs of these tests; work that does not takes a second or two. */
const LIMIT_MS = 10_000;

/**
 * Asserts that a hostile input is no burden: the work, which must be synchronous, ends within ten seconds of processor time. That
 * time and not the clock's, so that a busy machine changes nothing.
 */
export function assertBounded(work: () => void, what: string): void {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const milliseconds = Math.round((user + system) / 1000);
  assert.ok(milliseconds < LIMIT_MS, `${what} takes ${milliseconds} ms of processor time`);
}
