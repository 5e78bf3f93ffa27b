import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TITLE_LENGTH, titleOf } from '../../../server/problems/title.ts';

test('a title reads without mathematics being rendered', () => {
  for (const [statement, title] of [
    ['What is $2+3$?', 'What is 2+3?'],
    ['Solve $\\dfrac{x-1}{2} \\le 3$.', 'Solve (x-1)/2 ≤ 3.'],
    ['Compute\n\\[\\displaystyle\\int_3^5 x\\,dx\\]', 'Compute ∫_3^5 xdx'],
    ['Write $\\sqrt{7 + 4\\sqrt{3}}$ simply', 'Write √{7 + 4√3} simply'],
    ['An angle of $30^{\\circ}$ and \\$5', 'An angle of 30° and $5'],
    ['Find $\\sin x^{10}$ and $\\unknown{a}$', 'Find sin x^10 and \\unknown{a}'],
    ['', ''],
  ] as const) assert.equal(titleOf(statement), title);
});

test('a title is bounded, whatever the statement', () => {
  assert.equal(titleOf('x '.repeat(5000)).length, TITLE_LENGTH);
  assert.ok(titleOf('\\frac{'.repeat(100_000)).length <= TITLE_LENGTH);
});
