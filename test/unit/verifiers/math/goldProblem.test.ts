import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goldProblem } from '../../../../server/verifiers/math/goldProblem.ts';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { HOSTILE } from './hostile.ts';

const READABLE = ['5', '-0.5', '\\frac{7}{2}', '\\dfrac{-1}{3}', '1/2', '(1, -2)', '2\\sqrt{3}', '[0, \\infty)', '\\text{yes}', 'x = 3', '\\$42409', '12\\text{ cm}', 'A', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '90^\\circ', '1,234'];
const UNREADABLE = ['\\frac{7}{2', '\\piR^{2}', '3\\leqslantx\\leqslant6', '”', '\\frac{1}{2}}', '5 4.6', '1'.repeat(5000), '5 @ 18'];

test('a gold answer that the verifier can read has no problem, others say what is wrong', () => {
  assert.deepEqual(READABLE.map((gold) => [gold, goldProblem(gold)]), READABLE.map((gold) => [gold, null]));
  for (const gold of UNREADABLE) assert.ok((goldProblem(gold) ?? '').length > 0, gold);
  assert.match(goldProblem('\\piR^{2}') ?? '', /unknown command at "\\piR/);
});

test('the judge agrees: an answer to an unreadable gold is never verified', () => {
  const rules = (gold: string): string => judgePair({ gold, answer: '7', joined: [], statement: null }).rule;
  for (const gold of UNREADABLE) assert.match(rules(gold), /^(gold\.unreadable|gold\.empty|limit\.)/, gold);
  for (const gold of READABLE) assert.doesNotMatch(rules(gold), /^gold\./, gold);
});

test('no text makes it throw', () => {
  for (const [, gold, answer] of HOSTILE) for (const text of [gold, answer]) goldProblem(text);
});
