// Work that is not done, or done in another order: the verdict is the same, and says where it rests on another test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSuite } from '../../../server/protocol/problem.ts';
import type { Verdict } from '../../../server/protocol/verdict.ts';
import { cannotRun, gradeOf, verifierOf } from './verifierOf.ts';

/** Ten tests; `SLOW` programs spend time on each. */
const suite: TestSuite = { funcName: null, cases: Array.from({ length: 10 }, (_, i) => ({ input: `${i}\n`, output: `${i}\n` })) };
const slow = (rest: string, name = ''): string => `# ${name}\nn = int(input())\nt = 0\nfor i in range(300000):\n    t += i\n${rest}`;
const FAILS_LATE = slow('print(n if n < 8 else -1)');
const FAILS_TWICE = slow('print(n if n not in (5, 8) else -1)');
const RIGHT = slow('print(n)');
/** Right only when the tests come in their order: it counts them in a module. */
const COUNTS = slow("import math\nmath.seen = getattr(math, 'seen', -1) + 1\nprint(n if math.seen == n else 'out of order')");

test('in list order the report names the first test that fails, whatever failed before', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 1 });
  if (!verifier) return;
  for (let i = 0; i < 4; i++) await gradeOf(verifier, suite, FAILS_LATE);
  const grade = await gradeOf(verifier, suite, FAILS_TWICE);
  assert.deepEqual([grade.failed?.index, grade.testsPassed, grade.order], [5, 5, undefined]);
});

test('early order: a test that failed most programs runs first and ends the run; the verdict says so', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 1, order: 'early' });
  if (!verifier) return;
  const first = await gradeOf(verifier, suite, FAILS_LATE);
  assert.deepEqual([first.failed?.index, first.order, first.tests.length], [8, undefined, 9], 'nothing is known yet: list order');
  for (let i = 0; i < 3; i++) await gradeOf(verifier, suite, FAILS_LATE);
  const early = await gradeOf(verifier, suite, FAILS_TWICE);
  assert.deepEqual([early.passed, early.failed?.index, early.failed?.kind, early.order, early.tests.length], [false, 8, 'wrong', 'early', 1]);
  assert.ok(early.cpuSeconds < first.cpuSeconds / 2, 'the tests before it did not run');
});

test('early order: a pass is confirmed by the whole list in its order', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 1, order: 'early' });
  if (!verifier) return;
  for (let i = 0; i < 4; i++) await gradeOf(verifier, suite, FAILS_LATE);
  const right = await gradeOf(verifier, suite, RIGHT);
  assert.deepEqual([right.passed, right.testsPassed, right.order], [true, 10, undefined]);
  assert.deepEqual(right.tests.map((each) => each.index), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.ok((await gradeOf(verifier, suite, COUNTS)).passed, 'a program that keeps something between tests keeps list order');
  const other = await gradeOf(verifier, suite, slow('print(n if n != 3 else -1)'));
  assert.deepEqual([other.failed?.index, other.testsPassed, other.order], [3, 3, undefined], 'fails elsewhere: found in list order');
});

test('early order: call-based problems keep list order', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 1, order: 'early' });
  if (!verifier) return;
  const calls: TestSuite = { funcName: 'f', cases: suite.cases.map((each) => ({ input: each.input.trim(), output: each.output.trim() })) };
  const code = 'def f(n):\n    sum(range(300000))\n    return n if n < 8 else -1';
  for (let i = 0; i < 4; i++) {
    const grade = await gradeOf(verifier, calls, code);
    assert.deepEqual([grade.failed?.index, grade.testsPassed, grade.order], [8, 8, undefined]);
  }
});

test('a verdict in early order says so in words, and what is remembered says so again', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 1, order: 'early', remember: true });
  if (!verifier) return;
  for (let i = 0; i < 4; i++) await gradeOf(verifier, suite, `${FAILS_LATE}\n# ${i}`);
  for (let i = 0; i < 2; i++) {
    const verdict: Verdict = await verifier.verify({ domain: 'code', problemId: 'p', statement: null, gold: null, tests: suite, response: `\`\`\`python\n${FAILS_TWICE}\n\`\`\`` });
    assert.equal(verdict.reward, 0);
    assert.equal(verdict.code?.order, 'early');
    assert.equal(verdict.reason, 'Test 9 of 10 failed (run before its turn): wrong answer');
  }
});

test('of the programs that wait, the one that will take longest goes first', { skip: cannotRun }, async (t) => {
  for (const longestFirst of [true, false]) {
    const verifier = await verifierOf(t, { slots: 1, longestFirst });
    if (!verifier) return;
    const suites = new Map([1, 5, 20].map((tests) => [tests, { funcName: null, cases: Array.from({ length: tests }, () => ({ input: '', output: '1' })) }]));
    const ended: number[] = [];
    const run = (tests: number): Promise<unknown> => gradeOf(verifier, suites.get(tests) ?? null, 'print(1)').then(() => ended.push(tests));
    await Promise.all([run(1), run(1), run(5), run(20), run(5)]); // the first takes the slot at once
    assert.deepEqual(ended, longestFirst ? [1, 20, 5, 5, 1] : [1, 1, 5, 20, 5]);
  }
});
