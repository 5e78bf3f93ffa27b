import { test } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';

const verdict = (gold: string, answer: string): string => judgePair({ gold, answer, joined: [], statement: null }).verdict;

/** LaTeX of exact values built from whole numbers, fractions, roots, pi and variables. */
const expression: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true },
    fc.integer({ min: 1, max: 99 }).map(String),
    fc.constantFrom('x', 'y', 'n', '\\pi', '\\sqrt{2}', '\\sqrt{3}', '\\alpha'),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `\\frac{${a}}{${b}}`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(${a}) + (${b})`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(${a}) \\cdot (${b})`),
    fc.tuple(tie('value'), fc.integer({ min: 2, max: 3 })).map(([a, k]) => `(${a})^{${k}}`),
    tie('value').map((a) => `-(${a})`),
    tie('value').map((a) => `\\sin(${a})`)),
})).value;

/** Changes of spelling without meaning (classes 1, 52, 93, 95). */
const respell: readonly ((text: string) => string)[] = [
  (s) => s.replaceAll('\\frac', '\\dfrac'), (s) => s.replaceAll('(', '\\left(').replaceAll(')', '\\right)'), (s) => s.replaceAll('\\cdot', '\\times'), (s) => s.replaceAll('\\pi', 'π '),
  (s) => s.replaceAll(' + ', '+'), (s) => `$${s}$`, (s) => `\\boxed{${s}}`, (s) => `\\displaystyle ${s}`, (s) => s.replaceAll('\\sqrt{2}', '√2 '), (s) => `{${s}}`, (s) => `${s}.`, (s) => `\\[ ${s} \\]`, (s) => s.replaceAll('+', '\\;+\\,'),
];

test('every expression equals itself, however it is spelled', () => {
  fc.assert(fc.property(expression, fc.subarray([...respell]), (text, changes) => {
    const changed = changes.reduce((s, change) => change(s), text);
    const result = verdict(text, changed);
    // Values that do not exist (a division by zero) equal nothing, themselves included.
    if (result !== 'correct') assert.equal(judgePair({ gold: text, answer: text, joined: [], statement: null }).rule, 'undefined', `${text} ### ${changed}`);
  }), { numRuns: 300 });
});

test('adding one makes a difference', () => {
  fc.assert(fc.property(expression, (text) => {
    assert.notEqual(verdict(text, `(${text}) + 1`), 'correct', text);
  }), { numRuns: 200 });
});

test('equal expressions are equal from both sides', () => {
  fc.assert(fc.property(expression, expression, (a, b) => {
    assert.equal(verdict(a, b) === 'correct', verdict(b, a) === 'correct', `${a} ### ${b}`);
    assert.equal(verdict(`(${a}) + (${b})`, `(${b}) + (${a})`) === 'correct' || judgePair({ gold: `(${a}) + (${b})`, answer: '0', joined: [], statement: null }).rule === 'undefined', true, `${a} ### ${b}`);
  }), { numRuns: 200 });
});

test('sums, products and powers follow the laws of arithmetic', () => {
  fc.assert(fc.property(expression, expression, expression, (a, b, c) => {
    const left = `(${a}) \\cdot ((${b}) + (${c}))`;
    const right = `(${a}) \\cdot (${b}) + (${a}) \\cdot (${c})`;
    const judged = judgePair({ gold: left, answer: right, joined: [], statement: null });
    assert.ok(judged.verdict === 'correct' || judged.rule === 'undefined' || judged.rule.startsWith('limit') || judged.rule.includes('no-common-domain') || judged.rule === 'numeric.undefined', `${left} ### ${right}: ${judged.rule}`);
  }), { numRuns: 200 });
});

test('lists and sets do not depend on order, tuples do', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 6 });
  fc.assert(fc.property(distinct, (items) => {
    const reversed = [...items].reverse();
    assert.equal(verdict(items.join(', '), reversed.join(', ')), 'correct');
    assert.equal(verdict(`\\{${items.join(',')}\\}`, `\\{${reversed.join(',')}\\}`), 'correct');
    assert.notEqual(verdict(`(${items.join(', ')})`, `(${reversed.join(', ')})`), 'correct');
    assert.notEqual(verdict(items.join(', '), [...items, 77].join(', ')), 'correct');
    assert.notEqual(verdict(items.join(', '), items.slice(1).join(', ')), 'correct');
  }), { numRuns: 60 });
});

test('whatever the texts are, a judgement comes back', () => {
  const fragment = fc.constantFrom('\\frac{', '}', '{', '(', ')', '[', ']', '\\{', '\\}', '^', '_', '\\sqrt', '\\left', '\\right', '|', '\\sin', '\\log_', '!', '%', '^\\circ', '=', '<', '\\le', ',', ';', ':', '\\text{', 'and', ' or ', '\\cup', '\\infty', '\\pm', '+', '-', '*', '/', '1', '23', '.5', '0', 'x', 'n', 'e', 'i', '\\pi', '\\begin{pmatrix}', '\\end{pmatrix}', '\\\\', '&', '$', '\\boxed{', '"', '\'', 'cm', 'constructor', '__proto__', '\\binom', '\\sum_{k=1}^{9}', '\u221e', '\u0000', '**', '<b>', '\\dot', '\\overline{', '...');
  fc.assert(fc.property(fc.array(fragment, { maxLength: 40 }), fc.array(fragment, { maxLength: 40 }), (a, b) => {
    const [gold, answer] = [a.join(''), b.join('')];
    const judgement = judgePair({ gold, answer, joined: [], statement: gold });
    assert.ok(['correct', 'incorrect', 'unverifiable'].includes(judgement.verdict));
    judgePair({ gold, answer: gold, joined: [], statement: null });
  }), { numRuns: 3_000 });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 200 }), (gold, answer) => {
    judgePair({ gold, answer, joined: [], statement: null });
  }), { numRuns: 500 });
});
