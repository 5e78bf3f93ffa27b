import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TITLE_LENGTH, titleOf } from '../../../server/problems/title.ts';

test('a title reads without mathematics being rendered', () => {
  for (const [statement, title] of [
    ['What is $2+3$?', 'What is 2+3?'],
    ['Solve $\\dfrac{x-1}{2} \\le 3$.', 'Solve (x-1)/2 ≤ 3.'],
    ['Compute\n\\[\\displaystyle\\int_3^5 x\\,dx\\]', 'Compute ∫_3^5 xdx'],
    ['Write $\\sqrt{7 + 4\\sqrt{3}}$ simply', 'Write √(7 + 4√3) simply'],
    ['Let $x + \\frac1x = 5$ and $\\frac{\\frac12}{x+1}$', 'Let x + 1/x = 5 and (1/2)/(x+1)'],
    ['Let $A = \\begin{pmatrix} 2 & 1 \\\\ 0 & -1 \\end{pmatrix}$.', 'Let A = (2 1; 0 -1).'],
    ['$f(x) = \\begin{cases} x & \\text{if } x > 0 \\\\ 1 & \\text{else} \\end{cases}$', 'f(x) = { x if x > 0; 1 else'],
    ['Solve $3^{x+1}+3^{x}=36$, $a_{n+1} = 2a_{n}$ and $\\sqrt[3]{2}$', 'Solve 3^(x+1)+3^x=36, a_(n+1) = 2a_n and ∛2'],
    ['$\\left(\\frac{a}{b}\\right)^{2} \\in \\mathbb{R}$, \\(\\binom{n}{k}\\)', '(a/b)^2 ∈ R, C(n, k)'],
    ['Return {a: 1} for snake_case_names ^ 2', 'Return {a: 1} for snake_case_names ^ 2'],
    ['cut in the middle of $\\frac{12', 'cut in the middle of 12/'],
    ['An angle of $30^{\\circ}$ and \\$5', 'An angle of 30° and $5'],
    ['Find $\\sin x^{10}$ and $\\unknown{a}$', 'Find sin x^10 and \\unknown{a}'],
    ['Names of $\\constructor$ and $\\begin{constructor} 1 & 2 \\end{constructor}$', 'Names of \\constructor and 1 2'],
    ['Compute $3\\cdot 4 \\cdot 5\\times 6$, then $f\\circ g$', 'Compute 3·4 · 5×6, then f°g'],
    ['Marks that \u202eturn\u202c the \u2066text\u2069', 'Marks that turn the text'],
    ['', ''],
  ] as const) assert.equal(titleOf(statement), title);
});

test('a title is bounded, whatever the statement', () => {
  assert.equal(titleOf('x '.repeat(5000)).length, TITLE_LENGTH);
  assert.ok(titleOf('\\frac{'.repeat(100_000)).length <= TITLE_LENGTH);
});
