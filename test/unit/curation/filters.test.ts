import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ruleLabels } from '../../../server/curation/ruleLabels.ts';
import { labelCode } from '../../../server/curation/filters/code.ts';
import { labelMath } from '../../../server/curation/filters/math.ts';
import { assertBounded } from '../../support/bounded.ts';

// Statements written for these tests; each pair is one that has the label and its nearest neighbour that has not.
const math: readonly [label: string, statement: string, answer: string | null, expected: boolean][] = [
  ['multi_question', '(1) Find $a$.\n(2) Find $b$.', '3', true],
  ['multi_question', 'Let $f$ satisfy the conditions: (1) $f(0)=1$; (2) $f$ is even. Find $f(3)$.', '3', false],
  ['multi_question', 'How many hens are there? How many cows are there?', '3', true],
  ['multi_question', 'Tom asks: "Is it late?" How many minutes are left?', '3', false],
  ['multi_question', 'Find the least $n$ and prove that it is the least.', '3', true],
  ['multi_question', 'The answer is $m/n$ in lowest terms. Find $m+n$.', '3', false],
  ['multi_question', 'Solve the equations:<br/>$(1)x^2=4$;<br/>$(2)x^3=8$.', '2', true],
  ['multiple_choice', 'What is $2+2$?\n$\\textbf{(A)}\\ 3 \\qquad \\textbf{(B)}\\ 4 \\qquad \\textbf{(C)}\\ 5$', '4', true],
  ['multiple_choice', 'What is it? A) 3 B) 4 C) 5 D) 6', '4', true],
  ['multiple_choice', 'Lines through (A), (B) and nothing else meet. How far apart are they?', '4', false],
  ['true_false', 'Is the number $91$ prime?', 'No', true],
  ['true_false', 'Is there a prime between $90$ and $96$? If so, find it.', null, false],
  ['true_false', 'Determine whether the lines are parallel.', null, true],
  ['proof', 'Prove that $\\sqrt{2}$ is irrational.', null, true],
  ['proof', 'Determine, with proof, the least $n$.', '5', false],
  ['proof', 'It can be shown that such a number exists. Find it.', '5', false],
  ['non_english', 'Cuántos kilos de peras compra María si cada bolsa tiene dos kilos y compra tres bolsas?', '6', true],
  ['non_english', '求函数的最大值。', '6', true],
  ['non_english', 'The word "Über" has four letters. In how many ways can Élodie order them for the game?', '24', false],
  ['figure_reference', 'In the figure, $AB=3$. Find $BC$.', '3', true],
  ['figure_reference', 'Find $x$. ![](a.png)', '3', true],
  ['figure_reference', 'It can be shown that the plane figure has area $3$. Find its side.', '3', false],
  ['too_brief', 'Compute $17 \\cdot 23$.', '391', true],
  ['too_brief', 'Find all primes $p$ with $p^2+2$ prime.', '3', false],
  ['long_answer', 'Find all $x$.', '1, 2, 3', true],
  ['long_answer', 'Find $x$.', '\\frac{1+\\sqrt{5}}{2}', false],
  ['long_answer', 'Find the point.', '(1, 2, 3)', false],
  ['long_answer', 'Find the count.', '1,234,567', false],
];
for (const [label, statement, answer, expected] of math) {
  test(`${label} ${expected ? 'holds' : 'does not hold'}: ${statement.slice(0, 60)}`, () => {
    assert.equal(labelMath(statement, answer).some(({ name }) => name === label), expected);
  });
}

const code: readonly [label: string, statement: string, expected: boolean][] = [
  ['multi_solution', 'If there are multiple answers, print any of them.', true],
  ['multi_solution', 'The first line has the number of test cases. You may print letters in any case. Arrange them in any order beforehand.', false],
  ['interactive', 'This is an interactive problem. Flush after each query.', true],
  ['float_tolerance', 'Your answer is accepted if its absolute or relative error does not exceed $10^{-6}$.', true],
  ['float_tolerance', 'Find the absolute difference; $n \\le 10^6$.', false],
  ['image', 'The board is shown below. <image>', true],
];
for (const [label, statement, expected] of code) {
  test(`code ${label} ${expected ? 'holds' : 'does not hold'}: ${statement.slice(0, 60)}`, () => {
    assert.equal(labelCode(statement).some(({ name }) => name === label), expected);
  });
}

test('labels point at the text that matched', () => {
  const statement = 'Let $x=1$. In the figure, find $y$.';
  const [label] = labelMath(statement, '2');
  assert.equal(label?.name, 'figure_reference');
  assert.equal(statement.slice(label.span?.start, label.span?.end), label.text);
});

test('a tolerance does not take a problem out of the set', () => {
  const statement = 'Print the mean of a list of numbers. The absolute error must be below 1e-6.';
  assert.deepEqual(labelCode(statement).map(({ name }) => name), ['float_tolerance']);
  assert.deepEqual(ruleLabels.labelsOf({ domain: 'code', statement, answer: null }), []);
});

test('no statement makes the rules fail or hang', () => {
  const piece = fc.constantFrom('(1)', '(a) ', 'A) ', '$', '\\(', '?', '"', '(', '[asy]', 'find ', 'prove ', 'is ', '_', '\n', '\u25a0', '求', 'which of the following ', '1.', '<br>', '![');
  fc.assert(fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
    const text = pieces.join('');
    for (const { span } of [...labelMath(text, text), ...labelCode(text)]) if (span !== null) assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end);
  }));
  for (const hostile of ['(1) ', '$', '\\(', '?', '"', '(', 'find ', 'is ', 'A) ', 'which of the following ', 'if multiple ', '10^', '\\begin{a}', ' and prove', '1.', 'el la ']) {
    const text = hostile.repeat(200_000 / hostile.length);
    assertBounded(() => {
      labelMath(text, text.slice(0, 2_000));
      labelCode(text);
    }, hostile);
  }
});
