// LiveCodeBench's semantics, row by row, on programs of our own; the shared quirks file has the checker's own verdicts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as v from 'valibot';
import { sharedData } from '../../support/shared.ts';
import { cannotRun, gradeOf, linuxModes, stdin, verifierOf } from './verifierOf.ts';

const SUM = stdin('3\n1 2 3\n', '6\n');
const X = (output: string): ReturnType<typeof stdin> => stdin('x', output);

const stdinRows: readonly (readonly [name: string, suite: ReturnType<typeof stdin>, code: string, passes: boolean])[] = [
  ['a main guard at the end runs', SUM, 'def main():\n    input(); print(sum(map(int, input().split())))\nif __name__ == "__main__":\n    main()', true],
  ['a guard in another place does not', SUM, 'if __name__ == "__main__":\n    print(6)\nx = 1', false],
  ['global on a top-level name', X('6'), 'n = 0\ndef f():\n    global n\n    n += 6\nf()\nprint(n)', false],
  ['nonlocal on a top-level name', X('6'), 'n = 0\ndef f():\n    nonlocal n\n    n += 6\nf()\nprint(n)', true],
  ['return at top level', X('6'), 'print(6)\nreturn', true],
  ['yield at top level: nothing runs', X('6'), 'print(6)\nyield 1', false],
  ['names before a later import', X('2'), 'print(os.path.sep.count("/") + 1)\nimport os', true],
  ['a star import inside try', X('6'), 'try:\n    from math import *\nexcept ImportError:\n    pass\nprint(6)', false],
  ['from __future__', X('6'), 'from __future__ import annotations\nprint(6)', false],
  ['a class named Solution', X('6'), 'class Solution:\n    pass\nprint(6)', false],
  ['sys.stdin.read sees everything again', SUM, 'import sys\ninput()\nprint(len(sys.stdin.read().split()) + 2)', true],
  ['sys.stdin.buffer.readline is always the first line', stdin('6\n7\n', '66'), 'import sys\na = sys.stdin.buffer.readline()\nb = sys.stdin.buffer.readline()\nprint(int(a) * 11 if a == b else 0)', true],
  ['iterating over sys.stdin', X('1'), 'import sys\nprint(len(list(sys.stdin)))', false],
  ['the original stream has lines without newline', stdin('6\n7', "'6'"), 'from sys import stdin\nprint(repr(stdin.readline()))', true],
  ['open(0) is empty', X('0'), 'print(len(open(0).read()))', true],
  ['builtins.open holds the input', stdin('abc', 'abc'), 'import builtins\nprint(builtins.open("anything").read())', true],
  ['sys.exit ends the test normally', X('6'), 'import sys\nprint(6)\nsys.exit(1)\nprint(7)', true],
  ['quit is gone', X('6'), 'print(6)\nquit()', false],
  ['KeyboardInterrupt ends the process', X('6'), 'print(6)\nraise KeyboardInterrupt', false],
  ['output of a thread that was joined', X('6'), 'import threading\nt = threading.Thread(target=lambda: print(6))\nt.start()\nt.join()', true],
  ['a thread that never ends', X('6'), 'import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()\nprint(6)', true],
  ['sys.__stdout__ does not count', X('6'), 'import sys\nsys.__stdout__.write("6")', false],
  ['sys.stdout.buffer', X('6'), 'import sys\nsys.stdout.buffer.write(b"6")', false],
  ['bisect is the module', X('2'), 'print(bisect([1, 2], 2))', false],
  ['sub is operator\'s', X('6'), 'print(sub(8, 2))', true],
  ['time is the class of datetime', X('time'), 'print(time.__name__)', true],
  ['fifty thousand digits at most', X('x'), 'print(10 ** 50001)', false],
  ['recursion of 40000 levels', X('40000'), 'def g(n):\n    return n and 1 + g(n - 1)\nprint(g(40000))', true],
  ['modules of the library that are not loaded yet', X('6'), 'import sqlite3, csv, asyncio, multiprocessing, tempfile, concurrent.futures, unittest.mock\nprint(6)', true],
  ['files of its own', X('6'), 'with open("a.txt", "w") as f:\n    f.write("6")\nprint(open("a.txt").read())', true],
  ['asyncio', X('6'), 'import asyncio\nasync def main():\n    print(6)\nasyncio.run(main())', true],
  ['an alarm of its own', X('6'), 'import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntry:\n    while True:\n        pass\nexcept Exception:\n    print(6)', true],
];

test('stdin programs', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  for (const [name, suite, code, passes] of stdinRows) {
    await t.test(`${name}: ${passes ? 'pass' : 'fail'}`, async () => {
      const grade = await gradeOf(verifier, suite, code);
      assert.equal(grade.passed, passes, grade.failed?.error ?? grade.failed?.actual);
    });
  }
});

const callRows: readonly (readonly [name: string, tests: readonly (readonly [input: string, output: string])[], code: string, passes: boolean])[] = [
  ['a method of Solution', [['[1]\n2', '[1,2]']], 'class Solution:\n    def f(self, a: List[int], b):\n        return a + [b]', true],
  ['a plain function', [['[1]\n2', '[1,2]']], 'def f(a, b):\n    return a + [b]', true],
  ['a comment "class Solution" over a function', [['1', '1']], '# class Solution\ndef f(a):\n    return a', false],
  ['two spaces before Solution', [['1', '1']], 'class  Solution:\n    def f(self, a):\n        return a', false],
  ['a constructor with arguments', [['1', '1']], 'class Solution:\n    def __init__(self, x):\n        pass\n    def f(self, a):\n        return a', false],
  ['state that survives from test to test', [['1', '[1]'], ['2', '[2]']], 'class Solution:\n    seen = []\n    def f(self, a):\n        self.seen.append(a)\n        return self.seen', false],
  ['an input with a final newline', [['1\n', '1']], 'def f(a):\n    return a', false],
  ['a malformed later test', [['1', '2'], ['x', '1']], 'def f(a):\n    return 2', false],
  ['a tuple outside', [['1', '[1,2]']], 'def f(a):\n    return (1, 2)', true],
  ['a tuple inside', [['1', '[[1,2]]']], 'def f(a):\n    return [(1, 2)]', false],
  ['printing', [['1', '1']], 'def f(a):\n    print("debug")\n    return a', true],
  ['input at top level', [['1', '1']], 'n = input()\ndef f(a):\n    return a', false],
  ['exit in the function', [['1', '1']], 'def f(a):\n    exit()', false],
  ['exact integers', [['9007199254740993', '9007199254740993']], 'def f(a):\n    return a', true],
  ['no exact integers', [['9007199254740993', '9007199254740993']], 'def f(a):\n    return float(a)', false],
  ['an own __eq__', [['1', '2']], 'class E:\n    def __eq__(self, other):\n        return True\ndef f(a):\n    return E()', false],
];

test('call-based programs', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  for (const [name, tests, code, passes] of callRows) {
    await t.test(`${name}: ${passes ? 'pass' : 'fail'}`, async () => {
      const grade = await gradeOf(verifier, { funcName: 'f', cases: tests.map(([input, output]) => ({ input, output })) }, code);
      assert.equal(grade.passed, passes, grade.failed?.error ?? grade.failed?.actual);
    });
  }
});

/** Quirks that the checker accepts and a reward must not: lying equality and swallowed time limits (docs/security.md). */
const WANTED_DIFFERENCE = /(?:timeout-swallowed|ignore-sigalrm|lingers)|^fn-eq-|^fn-list-subclass-eq-true$|^fn-timeout-baseexception-finally$/;
const QuirkSchema = v.object({
  id: v.string(), func_name: v.nullable(v.string()), code: v.string(), time_limit_s: v.number(),
  tests: v.array(v.object({ input: v.string(), output: v.string() })), lcb: v.object({ pass: v.boolean() }),
});

for (const mode of linuxModes) {
  test(`the checker's quirks, ${mode}`, { skip: cannotRun }, async (t) => {
    const file = sharedData(t, 'data/code/quirks.dev.jsonl');
    const verifier = file === undefined ? undefined : await verifierOf(t, { sandbox: mode });
    if (file === undefined || !verifier) return;
    const quirks = readFileSync(file, 'utf8').trim().split('\n').map((line) => v.parse(QuirkSchema, JSON.parse(line)));
    const different = await Promise.all(quirks.map(async (quirk) => {
      const suite = { funcName: quirk.func_name, cases: quirk.tests, timeLimitSeconds: quirk.time_limit_s };
      return (await gradeOf(verifier, suite, quirk.code)).passed === quirk.lcb.pass ? [] : [quirk.id];
    }));
    assert.deepEqual(different.flat().filter((id) => !WANTED_DIFFERENCE.test(id)), []);
  });
}
