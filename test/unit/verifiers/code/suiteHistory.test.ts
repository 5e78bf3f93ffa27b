import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grade } from '../../../../server/verifiers/code/grade.ts';
import { SuiteHistory, SuitePast } from '../../../../server/verifiers/code/suiteHistory.ts';

const suiteOf = (tests: number, size = 1): { funcName: null; cases: { input: string; output: string }[] } =>
  ({ funcName: null, cases: Array.from({ length: tests }, () => ({ input: 'x'.repeat(size), output: '' })) });

/** A program that ran `seconds.length` tests and failed the last, or none. */
function grade(seconds: readonly number[], failed: boolean): Grade {
  const tests = seconds.map((cpuSeconds, index) => ({ index, passed: !failed || index < seconds.length - 1, kind: null, cpuSeconds }));
  return {
    passed: !failed, testsPassed: 0, nTests: 10, tests, failed: null, nearLimit: false, memoryPeakMb: 1,
    cpuSeconds: 0.004 + seconds.reduce((sum, each) => sum + each, 0),
  };
}

test('the expected time is a guess from number and size of the tests, then what was measured', () => {
  const few = new SuitePast(suiteOf(3));
  assert.ok(few.expectedSeconds() < new SuitePast(suiteOf(30)).expectedSeconds());
  assert.ok(few.expectedSeconds() < new SuitePast(suiteOf(3, 1_000_000)).expectedSeconds());
  few.record(grade([1, 1], false));
  few.record(grade([3, 3], false));
  assert.ok(Math.abs(few.expectedSeconds() - 4.004) < 1e-9);
});

test('a late test that fails most programs comes first, once it is worth a process', () => {
  const past = new SuitePast(suiteOf(4));
  assert.deepEqual(past.earlyTests(), [], 'nothing is known');
  for (let i = 0; i < 3; i++) past.record(grade([0.2, 0.2, 0.2, 0.01], true));
  assert.deepEqual(past.earlyTests(), [3]);
  const cheap = new SuitePast(suiteOf(4));
  for (let i = 0; i < 3; i++) cheap.record(grade([0.0001, 0.0001, 0.0001, 0.0001], true));
  assert.deepEqual(cheap.earlyTests(), [], 'a process costs more than the three tests before it');
});

test('programs that pass, or fail in the first test, make nothing early', () => {
  const past = new SuitePast(suiteOf(4));
  for (let i = 0; i < 5; i++) past.record(grade([0.2, 0.2, 0.2, 0.2], false));
  for (let i = 0; i < 5; i++) past.record(grade([0.2], true));
  assert.deepEqual(past.earlyTests(), []);
});

test('of tests that fail equally often the cheap one comes first', () => {
  const past = new SuitePast(suiteOf(6));
  for (let i = 0; i < 4; i++) {
    past.record(grade([0.5, 0.5, 0.5, 0.5], true));
    past.record(grade([0.5, 0.5, 0.5, 0.5, 0.01], true));
  }
  assert.deepEqual(past.earlyTests(), [4, 3]);
});

test('the history forgets the problems used longest ago', () => {
  const history = new SuiteHistory();
  const first = history.of('0', suiteOf(1));
  assert.equal(history.of('0', suiteOf(1)), first);
  for (let i = 1; i <= 5000; i++) history.of(String(i), suiteOf(1));
  assert.notEqual(history.of('0', suiteOf(1)), first);
});
