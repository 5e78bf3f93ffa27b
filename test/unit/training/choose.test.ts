import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { matchRollouts } from '../../../server/training/engines/rehearsal/match.ts';
import { chooseProblems, difficultyOf8 } from '../../../server/training/stages/choose.ts';
import { findStage, listRecipes } from '../../../server/training/recipes/recipes.ts';
import { resolveStage } from '../../../server/training/stages/resolve.ts';
import { problem, testRoom } from './support.ts';

const hardMath = findStage('acereason-7b', 'math-24k').stage.settings;
const firstCode = findStage('acereason-7b', 'code-24k').stage.settings;
const tests = { funcName: null, cases: [{ input: '1', output: '1' }] };

test('the recipe has the paper’s six stages in its order, and a field with a source for every setting', () => {
  assert.deepEqual(listRecipes().map(({ id }) => id), ['acereason-7b', 'acereason-14b']);
  for (const recipe of listRecipes()) {
    assert.deepEqual(recipe.stages.map(({ id }) => id), ['math-8k', 'math-16k', 'math-24k', 'code-24k', 'code-32k', 'math-32k']);
    for (const stage of recipe.stages) assert.deepEqual(stage.fields.map(({ key }) => key).sort(), Object.keys(stage.settings).sort());
  }
  const column = (key: 'maxResponseLength' | 'rolloutsPerProblem' | 'learningRate' | 'maxSolved' | 'maxDifficulty' | 'batchSize' | 'updatesPerBatch'): unknown[] => listRecipes()[0]?.stages.map(({ settings }) => settings[key]) ?? [];
  assert.deepEqual(column('maxResponseLength'), [8192, 16384, 24576, 24000, 32768, 32768]);
  assert.deepEqual(column('rolloutsPerProblem'), [8, 16, 16, 8, 8, 16]);
  assert.deepEqual(column('learningRate'), [1e-6, 1e-6, 1e-6, 5e-6, 5e-6, 1e-6]);
  assert.deepEqual(column('maxSolved'), [null, null, 6, null, null, 6]);
  assert.deepEqual(column('maxDifficulty'), [null, null, null, 5, null, null]);
  assert.deepEqual(column('batchSize'), Array(6).fill(128));
  assert.deepEqual(column('updatesPerBatch'), Array(6).fill(1));
  assert.equal(findStage('acereason-14b', 'code-24k').stage.settings.maxDifficulty, 7);
});

test('a hard stage drops what was solved more than 6 of 16 times, whatever the number of attempts, and keeps the unknown', () => {
  const choice = chooseProblems([
    { problem: problem('six', { passRate: { correct: 6, attempts: 16 } }), state: 'ok', labels: [] },
    { problem: problem('seven', { passRate: { correct: 7, attempts: 16 } }), state: 'ok', labels: [] },
    { problem: problem('three of eight', { passRate: { correct: 3, attempts: 8 } }), state: 'ok', labels: [] },
    { problem: problem('four of eight', { passRate: { correct: 4, attempts: 8 } }), state: 'ok', labels: [] },
    { problem: problem('unknown'), state: 'ok', labels: [] },
  ], hardMath);
  assert.deepEqual(choice.kept.map(({ id }) => id), ['six', 'three of eight', 'unknown']);
  assert.deepEqual(choice.removed, { 'solved more than 6 of 16 times': 2 });
  assert.equal(choice.unknownPassRate, 1);
});

test('every removal is counted under its reason', () => {
  const choice = chooseProblems([
    { problem: problem('a'), state: 'ok', labels: [] },
    { problem: problem('a'), state: 'ok', labels: [] },
    { problem: problem('dropped'), state: 'dropped', labels: [] },
    { problem: problem('contaminated'), state: 'contaminated', labels: [] },
    { problem: problem('empty', { answer: ' ' }), state: 'ok', labels: [] },
    { problem: problem('code', { domain: 'code', answer: null, tests }), state: 'ok', labels: [] },
  ], findStage('acereason-7b', 'math-8k').stage.settings);
  assert.deepEqual(choice.kept.map(({ id }) => id), ['a']);
  assert.equal(choice.total, 6);
  assert.deepEqual(choice.removed, { 'in an earlier set as well': 1, dropped: 1, contaminated: 1, 'no answer': 1, 'other domain (code)': 1 });
});

test('another problem with the same id is no copy: ids are row numbers in many sets', () => {
  const entry = (id: string, statement: string) => ({ problem: problem(id, { statement }), state: 'ok' as const, labels: [] });
  const choice = chooseProblems([entry('0', 'One?'), entry('0', 'Two?'), entry('0', 'Two? '), entry('0', 'Three?')], findStage('acereason-7b', 'math-8k').stage.settings);
  assert.deepEqual(choice.kept.map(({ id, statement }) => [id, statement]), [['0', 'One?'], ['0#2', 'Two?'], ['0#3', 'Three?']]);
  assert.deepEqual(choice.removed, { 'in an earlier set as well': 1 });

  const rollouts = [
    { problemId: '0', question: 'Two?' }, { problemId: '0', question: 'One?' }, { problemId: '0', question: null },
    { problemId: '0', question: 'Something else?' }, { problemId: '0', question: 'Answer at once. One? In a box.' },
  ];
  assert.deepEqual([...matchRollouts(choice.kept, rollouts)].map(([id, of]) => [id, of.map((rollout) => rollouts.indexOf(rollout))]), [['0#2', [0]], ['0', [1, 2, 4]]]);
});

test('a problem that is validated on has an id that no training problem has: its tests are looked up by it', async (t) => {
  const room = await testRoom([problem('0'), problem('1')], ['0', '1'].map((problemId) => ({ problemId, response: '1', tokens: 1 })));
  t.after(() => room.remove());
  const path = join(room.folder, 'validation.jsonl');
  await writeFile(path, ['0', '0#2', '5'].map((id) => `${JSON.stringify(problem(id, { statement: `Another one than ${id}?` }))}\n`).join(''));
  const stage = await resolveStage({ ...room.request('r'), validation: [path] }, room.ports, new AbortController().signal, () => undefined);
  assert.deepEqual(stage.choice.kept.map(({ id }) => id), ['0', '1']);
  assert.deepEqual(stage.validation.map(({ id, statement }) => [id, statement]), [['0#2', 'Another one than 0?'], ['0#2#2', 'Another one than 0#2?'], ['5', 'Another one than 5?']]);
});

test('filters and what makes a problem invalid are named, test sets and what is validated on stay out', () => {
  const settings = findStage('acereason-7b', 'math-8k').stage.settings;
  const choice = chooseProblems([
    { problem: problem('a'), state: 'ok', labels: [] },
    { problem: problem('mc'), state: 'filtered', labels: ['multiple_choice', 'too_brief'] },
    { problem: problem('gold'), state: 'invalid', labels: ['gold cannot be read: a brace is missing'] },
    { problem: problem('held'), state: 'ok', labels: [], testSet: true },
    { problem: problem('0', { statement: 'What  is\nvalidated?' }), state: 'ok', labels: [] },
    { problem: problem('1', { statement: 'Another one?' }), state: 'ok', labels: [] },
  ], settings, [problem('1', { statement: 'What is validated?' })]);
  assert.deepEqual(choice.kept.map(({ id }) => id), ['a', '1'], 'a row number is no proof of being the same problem');
  assert.deepEqual(choice.removed, { 'filtered: multiple_choice': 1, 'invalid: gold cannot be read': 1, 'in one of your test sets': 1, 'in the validation set': 1 });
});

test('difficulty is failures of 8, from the set or from the pass rate, never from another scale', () => {
  assert.equal(difficultyOf8(problem('a', { difficulty: { value: 5, scale: '0-8' } })), 5);
  assert.equal(difficultyOf8(problem('b', { difficulty: { value: 5, scale: 'Omni-MATH 1-10' }, passRate: { correct: 4, attempts: 16 } })), 6);
  assert.equal(difficultyOf8(problem('c', { difficulty: { value: 5, scale: '0–16' } })), null);
  const code = (id: string, value: number) => ({ problem: problem(id, { domain: 'code', answer: null, tests, difficulty: { value, scale: 'failures of 8 attempts (0-8)' } }), state: 'ok' as const, labels: [] });
  const choice = chooseProblems([code('five', 5), code('six', 6)], firstCode);
  assert.deepEqual(choice.kept.map(({ id }) => id), ['five']);
  assert.deepEqual(choice.removed, { 'difficulty above 5 of 8': 1 });
});
