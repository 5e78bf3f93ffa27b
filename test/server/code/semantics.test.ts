// LiveCodeBench's semantics, row by row, on programs of our own; the shared quirks file has the checker's own verdicts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as v from 'valibot';
import { sharedData } from '../../support/shared.ts';
import { tables } from './programs.ts';
import { dependsOnLoad, differsInPyodide } from './pyodideDiffers.ts';
import { cannotRun, gradeOf, modes, stdin, verifierOf } from './verifierOf.ts';

for (const mode of modes) {
  for (const [name, rows] of Object.entries(tables)) {
    test(`programs with the checker's verdicts: ${name}, ${mode}`, { skip: cannotRun }, async (t) => {
      const verifier = await verifierOf(t, { sandbox: mode });
      if (!verifier) return;
      if (mode !== 'pyodide' && !((await verifier.status()).python?.version ?? '').startsWith('3.11.')) return t.skip('skipped: the verdicts are those of Python 3.11');
      for (const [what, suite, code, verdict] of rows) {
        const passes = verdict !== (mode === 'pyodide' && differsInPyodide.has(what));
        await t.test(`${what}: ${passes ? 'pass' : 'fail'}`, async () => {
          const grade = await gradeOf(verifier, suite, code);
          assert.equal(grade.passed, passes, grade.failed?.error ?? grade.failed?.actual?.slice(0, 300));
        });
      }
    });
  }
}

test('random numbers differ from process to process', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const numbers = await Promise.all([1, 2, 3].map(async (i) => (await gradeOf(verifier, stdin('', ''), `print(random.getrandbits(64))\n# ${i}`)).failed?.actual));
  assert.equal(new Set(numbers).size, 3);
});

test('a program that has broken sys.stderr is told so', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const { failed } = await gradeOf(verifier, { funcName: null, cases: [{ input: '', output: '6' }, { input: '', output: '6' }] }, 'import sys\nsys.stderr = None\nprint(6)');
  assert.match(failed?.error ?? '', /sys\.stderr is of no use any more: sys\.stderr is None$/);
});

/** Quirks that the checker accepts and a reward must not: lying equality and swallowed time limits (docs/security.md). */
const WANTED_DIFFERENCE = /(?:timeout-swallowed|ignore-sigalrm|lingers)|^fn-eq-|^fn-list-subclass-eq-true$|^fn-timeout-baseexception-finally$/;
const QuirkSchema = v.object({
  id: v.string(), func_name: v.nullable(v.string()), code: v.string(), time_limit_s: v.number(),
  tests: v.array(v.object({ input: v.string(), output: v.string() })), lcb: v.object({ pass: v.boolean() }),
});

for (const mode of modes) {
  test(`the checker's quirks, ${mode}`, { skip: cannotRun }, async (t) => {
    const file = sharedData(t, 'data/code/quirks.dev.jsonl');
    const verifier = file === undefined ? undefined : await verifierOf(t, { sandbox: mode });
    if (file === undefined || !verifier) return;
    const quirks = readFileSync(file, 'utf8').trim().split('\n').map((line) => v.parse(QuirkSchema, JSON.parse(line)));
    const different = await Promise.all(quirks.map(async (quirk) => {
      const suite = { funcName: quirk.func_name, cases: quirk.tests, timeLimitSeconds: quirk.time_limit_s };
      return (await gradeOf(verifier, suite, quirk.code)).passed === quirk.lcb.pass ? [] : [quirk.id];
    }));
    const expected = quirks.filter(({ id }) => mode === 'pyodide' && differsInPyodide.has(id)).map(({ id }) => id);
    assert.deepEqual(different.flat().filter((id) => !WANTED_DIFFERENCE.test(id) && !(mode === 'pyodide' && dependsOnLoad.has(id))), expected);
  });
}
