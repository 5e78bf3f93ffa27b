import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem, ProblemRow } from '../../../server/protocol/problem.ts';
import { drawnFrom } from '../../../webview/problem/drawn.ts';

const problem: Problem = { id: 'p', domain: 'math', statement: 'S', prompt: [], answer: '1', tests: null, difficulty: null, passRate: null, provenance: { dataset: 'd', file: '/d.jsonl', row: 0, line: 0 }, notes: [] };
const row: ProblemRow = { id: 'p', row: 0, line: 0, title: 'S', domain: 'math', answer: '1', tests: 0, difficulty: null, passRate: null, state: 'unchecked', labels: [], decision: null };

test('news leave the parts of the page alone that they do not change', () => {
  const before = drawnFrom(problem, row, '1');
  assert.deepEqual(drawnFrom({ ...problem }, { ...row, labels: [] }, '1'), before);
  const checked = drawnFrom(problem, { ...row, state: 'contaminated', labels: ['AIME 3'] }, '1');
  assert.deepEqual([checked.state === before.state, checked.body === before.body, checked.facts === before.facts], [false, true, true]);
  const dropped = drawnFrom(problem, { ...row, state: 'dropped', decision: { id: 'p', action: 'drop', reason: 'r', at: 't' } }, '1');
  assert.deepEqual([dropped.state === before.state, dropped.body === before.body], [false, true]);
  const edited = drawnFrom(problem, { ...row, decision: { id: 'p', action: 'edit', answer: '2', at: 't' } }, '1');
  assert.deepEqual([edited.state === before.state, edited.body === before.body], [false, false]);
  assert.notEqual(drawnFrom({ ...problem, statement: 'T' }, row, '1').body, before.body);
});
