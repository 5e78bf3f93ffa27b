// Input that no dataset should hold and some do: a clear message, a bounded answer, and the verifier goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSuite } from '../../../server/protocol/problem.ts';
import type { Verdict } from '../../../server/protocol/verdict.ts';
import type { CodeVerifier } from '../../../server/verifiers/code/codeVerifier.ts';
import { cannotRun, gradeOf, stdin, verifierOf } from './verifierOf.ts';

const verify = (verifier: CodeVerifier, tests: TestSuite | null, code: string): Promise<Verdict> =>
  verifier.verify({ domain: 'code', problemId: 'p7', statement: null, gold: null, tests, response: `</think>\n\`\`\`python\n${code}\n\`\`\`\n` });

test('bad problems', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  await t.test('without tests: cannot be judged, and the problem is named', async () => {
    for (const tests of [null, { funcName: null, cases: [] }]) {
      const verdict = await verify(verifier, tests, 'print(6)');
      assert.equal(verdict.verdict, 'unverifiable');
      assert.equal(verdict.reward, null);
      assert.match(verdict.reason, /Problem p7.*no tests.*field tests/);
    }
  });
  await t.test('with an empty function name', async () => {
    const verdict = await verify(verifier, { funcName: '', cases: [{ input: '1', output: '1' }] }, 'def f(a): return a');
    assert.equal(verdict.verdict, 'unverifiable');
    assert.match(verdict.reason, /Problem p7.*metadata\.func_name/);
  });
  await t.test('with expected output that is not JSON: every program fails, with a warning', async () => {
    const verdict = await verify(verifier, { funcName: 'f', cases: [{ input: '1', output: 'abc' }] }, 'def f(a): return a');
    assert.equal(verdict.verdict, 'incorrect');
    assert.match(verdict.warnings[0]?.message ?? '', /Problem p7.*test 1 is not JSON \(field output\)/);
  });
  await t.test('with an input that is not JSON', async () => {
    const verdict = await verify(verifier, { funcName: 'f', cases: [{ input: 'abc', output: '1' }] }, 'def f(a): return a');
    assert.equal(verdict.verdict, 'incorrect');
    assert.equal(verdict.code?.failed?.kind, 'load');
    assert.match(verdict.code?.failed?.error ?? '', /Expecting value/);
  });
  await t.test('with ten thousand tests', async () => {
    const cases = Array.from({ length: 10_000 }, (_, i) => ({ input: String(i), output: String(i) }));
    for (const [funcName, code] of [[null, 'print(input())'], ['f', 'def f(a): return a']] as const) {
      const grade = await gradeOf(verifier, { funcName, cases }, code);
      assert.equal(grade.testsPassed, 10_000);
    }
  });
  await t.test('with two hundred megabytes of tests', async () => {
    const input = '7 '.repeat(25_000_000);
    const grade = await gradeOf(verifier, { funcName: null, cases: Array.from({ length: 4 }, () => ({ input, output: '50000000' })) }, 'print(len(input()))');
    assert.equal(grade.testsPassed, 4);
  });
});

test('bad programs', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const rows: readonly (readonly [name: string, code: string, expected: string, passes: boolean])[] = [
    ['a NUL byte in the program', 'print(6)\0', '6', false],
    ['a lone surrogate in the program', 'print("\ud800")', '6', false],
    ['a NUL byte in the output', 'print("6\\0")', '6', false],
    ['binary output', 'import sys\nsys.stdout.write("".join(map(chr, range(256))))', 'x', false],
    ['lone surrogates in output and expectation', 'print("\\ud800")', '\ud800', true],
    ['an empty program', '', '', false],
    ['an exception that refuses to be printed', 'class E(Exception):\n    def __str__(self): raise E\nraise E', '6', false],
    ['an exception of ten megabytes', 'raise ValueError("x" * 10_000_000)', '6', false],
    ['a closing quote that never comes', 'print("', '6', false],
  ];
  for (const [name, code, expected, passes] of rows) {
    await t.test(`${name}: ${passes ? 'pass' : 'fail'}`, async () => {
      const grade = await gradeOf(verifier, stdin('', expected), code);
      assert.equal(grade.passed, passes);
      assert.ok((grade.failed?.error?.length ?? 0) < 10_000);
    });
  }
  await t.test('a program of ten megabytes', async () => {
    const grade = await gradeOf(verifier, stdin('', '6', 2), `print(6)\n${'#'.repeat(10_000_000)}`);
    assert.ok(grade.passed);
    assert.equal((await gradeOf(verifier, stdin('', '6', 2), 'x = 1\n'.repeat(1_700_000))).passed, false);
  });
  await t.test('a program of twenty megabytes is not run', async () => {
    const grade = await gradeOf(verifier, stdin('', '6'), '#'.repeat(20_000_000));
    assert.equal(grade.failed?.kind, 'load');
    assert.match(grade.failed.error ?? '', /20000000 characters/);
  });
  await t.test('what was sent ahead to a program that does not load is no matter to the next', async () => {
    for (const code of ['print(', 'import os, nothing_of_this_name\nprint(6)', 'import signal, nothing_of_this_name\nprint(6)']) {
      const suite = stdin('7 '.repeat(5_000_000), '6', 2);
      assert.equal((await gradeOf(verifier, suite, code)).failed?.kind, 'load');
      assert.ok((await gradeOf(verifier, stdin('', '6', 2), `print(6) # ${code.length}`)).passed);
    }
  });
  await t.test('a program that answers for a load it lingers in fails at once', async () => {
    // The channel to the helper is descriptor 3: a whole frame that says that loading failed.
    const lie = 'import os, time, struct\nos.write(3, struct.pack("<IB", 2, ord("f")) + b"{}")\ntime.sleep(100)\ndef f(a):\n    return a';
    const grade = await gradeOf(verifier, { funcName: 'f', cases: [{ input: '1', output: '1' }], timeLimitSeconds: 60 }, lie);
    assert.equal(grade.passed, false);
    assert.notEqual(grade.failed?.kind, 'time', 'it is not waited for');
    assert.ok((await gradeOf(verifier, stdin('', '6'), 'print(6) # after that')).passed);
  });
  await t.test('a large output is cut in the report', async () => {
    const grade = await gradeOf(verifier, stdin('', 'x'), 'print("y" * 1_000_000)');
    assert.equal(grade.failed?.cut, true);
    assert.equal(grade.failed.actual?.length, 64 * 1024);
  });
});

test('errors carry the line numbers of the program', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const rows: readonly (readonly [name: string, funcName: string | null, code: string, line: RegExp])[] = [
    ['in the body', null, 'import os\n\n# comment\nx = 1\n\n\n1 / 0\n', /^line 7\nZeroDivisionError/],
    ['in a function', null, 'def f(n):\n\n    return [\n        1,\n        n / 0]\n\nif __name__ == "__main__":\n    f(1)', /^line 8\nline 3, in f\nZeroDivisionError/],
    ['in an import', null, '\n\nimport nothing_of_this_name\nx = 1', /^line 3\nModuleNotFoundError/],
    ['of a syntax error', null, 'x = 1\ny = (\n', /SyntaxError: .*\(line 2\)$/],
    ['of a script that cannot be a function', null, 'import os', /\(The checker makes the top level .*\)$/],
    ['of a class named Solution', null, 'class Solution:\n    pass', /\(The checker fails every stdin program that contains/],
    ['in a call', 'f', 'class Solution:\n\n    def f(self, a):\n        return a[5]', /^line 4, in f\nTypeError/],
    ['in an except block', null, 'try:\n    x = 1\n\n    1 / 0\nexcept ZeroDivisionError:\n\n    raise ValueError("v")', /line 7\n(?:.|\n)*ValueError: v$/],
  ];
  for (const [name, funcName, code, line] of rows) {
    await t.test(name, async () => {
      const grade = await gradeOf(verifier, { funcName, cases: [{ input: '1', output: '1' }] }, code);
      assert.match(grade.failed?.error ?? '', line);
    });
  }
});
