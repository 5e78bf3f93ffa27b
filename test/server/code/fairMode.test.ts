// Fair mode accepts correct scripts that the checker's rewriting and stand-ins fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotRun, gradeOf, stdin, verifierOf } from './verifierOf.ts';

const SUM = stdin('3\n1 2 3\n', '6\n');
const rows: readonly (readonly [name: string, code: string, fair: boolean, exact: boolean])[] = [
  ['a plain script', 'n = input()\nprint(sum(map(int, input().split())))', true, true],
  ['iteration over stdin', 'import sys\nlines = list(sys.stdin)\nprint(sum(map(int, lines[1].split())))', true, false],
  ['lines of the buffer', 'import sys\nr = sys.stdin.buffer.readline\nr()\nprint(sum(map(int, r().split())))', true, false],
  ['bytes to the buffer', 'import sys\nsys.stdout.buffer.write(b"6\\n")', true, false],
  ['global variables', 'n = 0\ndef f():\n    global n\n    n += 6\nf()\nprint(n)', true, false],
  ['a class named Solution', 'class Solution:\n    pass\nprint(6)', true, false],
  ['open(0)', 'print(sum(map(int, open(0).read().split()[1:])))', true, false],
  ['a main guard anywhere', 'if __name__ == "__main__":\n    print(6)\nx = 1', true, false],
  ['output below Python', 'import os\nos.write(1, b"6")', true, false],
  ['sys.exit(1) after the answer', 'import sys\nprint(6)\nsys.exit(1)', true, true],
  ['an exception after the answer', 'print(6)\n1 / 0', false, false],
  ['a wrong answer', 'print(7)', false, false],
  ['names of the prelude', 'print(gcd(12, 18))', false, true],
];

test('fair mode and exact mode, side by side', { skip: cannotRun }, async (t) => {
  const fair = await verifierOf(t, { mode: 'fair' });
  const exact = await verifierOf(t);
  if (!fair || !exact) return;
  for (const [name, code, inFair, inExact] of rows) {
    await t.test(`${name}: ${inFair ? 'pass' : 'fail'} in fair mode, ${inExact ? 'pass' : 'fail'} in exact mode`, async () => {
      const grade = await gradeOf(fair, SUM, code);
      assert.equal(grade.passed, inFair, grade.failed?.error ?? grade.failed?.actual);
      assert.equal((await gradeOf(exact, SUM, code)).passed, inExact);
    });
  }
  await t.test('each test has a process of its own, and large input and output fit', async () => {
    const cases = [1, 2].map((n) => ({ input: `${'7 '.repeat(2_000_000)}${n}`, output: `${'7 '.repeat(2_000_000)}${n}` }));
    const code = 'import sys, os\nassert not os.path.exists("left")\nopen("left", "w").close()\nsys.stdout.write(sys.stdin.read())';
    assert.equal((await gradeOf(fair, { funcName: null, cases }, code)).testsPassed, 2);
    assert.ok((await gradeOf(fair, { funcName: null, cases: [{ input: 'x'.repeat(5_000_000), output: '6' }] }, 'print(6)')).passed);
  });
  await t.test('the verdict says so', async () => {
    const verdict = await fair.verify({ domain: 'code', problemId: null, statement: null, gold: null, tests: SUM, response: '```python\nprint(6)\n```' });
    assert.equal(verdict.verdict, 'correct');
    assert.equal(verdict.warnings[0]?.code, 'mode.fair');
  });
});
