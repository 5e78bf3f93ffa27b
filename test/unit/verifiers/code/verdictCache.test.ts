import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSuite } from '../../../../server/protocol/problem.ts';
import type { Grade } from '../../../../server/verifiers/code/grade.ts';
import { DEFAULT_LIMITS } from '../../../../server/verifiers/code/limits.ts';
import { gradeKey, VerdictCache } from '../../../../server/verifiers/code/verdictCache.ts';

const grade = (testsPassed: number): Grade =>
  ({ passed: true, testsPassed, nTests: 1, tests: [], failed: null, cpuSeconds: 0, memoryPeakMb: null, nearLimit: false });
const suite = (input: string, output: string): TestSuite => ({ funcName: null, cases: [{ input, output }] });

test('a key depends on everything a verdict depends on', () => {
  const base = gradeKey(suite('a', 'b'), 'c', DEFAULT_LIMITS, 'i');
  assert.equal(gradeKey(suite('a', 'b'), 'c', DEFAULT_LIMITS, 'i'), base);
  const others = [
    gradeKey(suite('ab', ''), 'c', DEFAULT_LIMITS, 'i'),
    gradeKey({ ...suite('a', 'b'), funcName: 'f' }, 'c', DEFAULT_LIMITS, 'i'),
    gradeKey(suite('a', 'b'), 'd', DEFAULT_LIMITS, 'i'),
    gradeKey(suite('a', 'b'), 'c', { ...DEFAULT_LIMITS, seconds: 1 }, 'i'),
    gradeKey(suite('a', 'b'), 'c', DEFAULT_LIMITS, 'j'),
    gradeKey(suite('\ud800', 'b'), 'c', DEFAULT_LIMITS, 'i'),
    gradeKey(suite('\ud801', 'b'), 'c', DEFAULT_LIMITS, 'i'),
  ];
  assert.equal(new Set([base, ...others]).size, others.length + 1);
});

test('askers of the same grade are joined, later ones get it from memory', async () => {
  const cache = new VerdictCache();
  let made = 0;
  const make = (): Promise<Grade> => Promise.resolve(grade(++made));
  const all = await Promise.all([cache.get('k', make), cache.get('k', make), cache.get('l', make)]);
  assert.deepEqual(all.map((each) => each.testsPassed), [1, 1, 2]);
  assert.equal((await cache.get('k', make)).testsPassed, 1);
  assert.equal(made, 2);
  assert.equal(cache.hits, 2);
});

test('a failure is seen by all askers and not remembered', async () => {
  const cache = new VerdictCache();
  const fail = (): Promise<Grade> => Promise.reject(new Error('machine'));
  const all = await Promise.allSettled([cache.get('k', fail), cache.get('k', fail)]);
  assert.ok(all.every((each) => each.status === 'rejected'));
  assert.equal((await cache.get('k', () => Promise.resolve(grade(1)))).testsPassed, 1);
});

test('the work is cancelled when the last asker leaves, and not before', async () => {
  const cache = new VerdictCache();
  let seen: AbortSignal | undefined;
  const make = (signal: AbortSignal): Promise<Grade> => new Promise((_, reject) => {
    seen = signal;
    signal.addEventListener('abort', () => { reject(new DOMException('cancelled', 'AbortError')); });
  });
  const first = new AbortController();
  const second = new AbortController();
  const askers = [cache.get('k', make, first.signal), cache.get('k', make, second.signal)];
  const rejected = askers.map((asker) => assert.rejects(asker, { name: 'AbortError' }));
  first.abort();
  await rejected[0];
  assert.equal(seen?.aborted, false);
  second.abort();
  await rejected[1];
  assert.equal(seen.aborted, true);
  assert.equal((await cache.get('k', () => Promise.resolve(grade(1)))).testsPassed, 1, 'a new asker starts anew');
});
