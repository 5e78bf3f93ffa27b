import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { sharedData } from '../../../support/shared.ts';

const lines = <T>(file: string, schema: v.GenericSchema<unknown, T>): T[] =>
  readFileSync(file, 'utf8').trim().split('\n').map((line) => v.parse(schema, JSON.parse(line)));
const judge = (gold: string, answer: string) => judgePair({ gold, answer, joined: [], statement: null });

const PairRow = v.object({ id: v.string(), gold: v.string(), pred: v.string(), label: v.boolean(), exclude: v.optional(v.boolean()) });

/**
 * Rows of the development set whose label is a mistake of the graders that made it: the two sides are equal, as the sums
 * in the test below show without the verifier.
 */
const MISLABELLED = new Set(['cr-math500-gpt4:db5b8d55768d', 'cr-math500-gpt4:3c28e876a2e2', 'cr-math500-gpt4:5e1e64930d7d', 'zeroeval-math-l5:1d1eaba4eefd']);

test('the mislabelled rows are equal', () => {
  const degrees = Math.PI / 180;
  assert.ok(Math.abs(-Math.tan(80 * degrees) + 4 * Math.sin(80 * degrees) + Math.sqrt(3)) < 1e-12);
  assert.ok(Math.abs(Math.tan(100 * degrees) + 4 * Math.sin(100 * degrees) + Math.sqrt(3)) < 1e-12);
  assert.equal(35 * 4 ** 3 * 15625, 448 * 5 ** 7);
  assert.equal('1112112₃'.replace('₃', '_3'), '1112112_3');
});

test('the labelled pairs: at least 99 % agree, no false accept', (t) => {
  const file = sharedData(t, 'data/math/equivalence.dev.jsonl');
  if (file === undefined) return;
  const rows = lines(file, PairRow).filter((row) => row.exclude !== true);
  const wrong = rows.filter((row) => (judge(row.gold, row.pred).verdict === 'correct') !== row.label);
  const falseAccepts = wrong.filter((row) => !row.label && !MISLABELLED.has(row.id));
  assert.deepEqual(falseAccepts.map((row) => `${row.id}: ${row.gold} ### ${row.pred}`), []);
  assert.ok(wrong.length / rows.length <= 0.01, `${wrong.length} of ${rows.length} disagree:\n${wrong.map((row) => `${row.gold} ### ${row.pred}`).join('\n')}`);
});

test('every gold answer with a known type equals itself, also written a little differently', (t) => {
  const file = sharedData(t, 'data/math/answer_types.jsonl');
  if (file === undefined) return;
  for (const { answer } of lines(file, v.object({ answer: v.string() }))) {
    assert.equal(judge(answer, answer).verdict, 'correct', answer);
    const respelled = `\\( ${answer.replace(/\\[dt]?frac/g, '\\dfrac').replace(/\\left|\\right/g, '').replace(/\^(\d)(?!\d)/g, '^{$1}')} \\)`;
    assert.equal(judge(answer, respelled).verdict, 'correct', `${answer} ### ${respelled}`);
  }
});

test('every gold answer of the benchmarks equals itself', (t) => {
  const folder = sharedData(t, 'data/benchmarks');
  if (folder === undefined) return;
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.jsonl'))) {
    for (const { answer } of lines(join(folder, name), v.object({ answer: v.pipe(v.unknown(), v.transform(String)) }))) {
      assert.equal(judge(answer, answer).verdict, 'correct', `${name}: ${answer}`);
    }
  }
});
