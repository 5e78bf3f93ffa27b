import { test } from 'node:test';
import assert from 'node:assert/strict';
import { format } from '../../../../server/verifiers/math/arithmetic/rational.ts';
import { normalise } from '../../../../server/verifiers/math/normalise/normalise.ts';
import { readAnswer } from '../../../../server/verifiers/math/parse/answer.ts';
import type { Node } from '../../../../server/verifiers/math/parse/ast.ts';
import { ParseError } from '../../../../server/verifiers/math/parse/parseError.ts';
import { tokenize } from '../../../../server/verifiers/math/parse/tokenize.ts';

/** A tree as an s-expression. */
function show(node: Node | null): string {
  if (node === null) return 'null';
  switch (node.t) {
    case 'num': return format(node.value);
    case 'sym': case 'const': case 'named': return node.name;
    case 'seq': return `${node.open}${node.items.map(show).join(' ')}${node.close}`;
    case 'rel': return `(${node.items.map((item, i) => (i === 0 ? '' : `${node.ops[i - 1] ?? ''} `) + show(item)).join(' ')})`;
    case 'fn': case 'app': return `(${node.name} ${node.args.map(show).join(' ')})`;
    case 'add': case 'mul': return `(${node.t} ${node.items.map(show).join(' ')})`;
    case 'div': case 'pow': return `(${node.t} ${show(node.a)} ${show(node.b)})`;
    case 'neg': case 'degree': case 'percent': return `(${node.t} ${show(node.a)})`;
    case 'unit': return `(unit ${show(node.a)} ${node.unit})`;
    case 'pm': return `(pm ${show(node.a)} ${show(node.b)})`;
    case 'setop': return `(${node.op} ${show(node.a)} ${show(node.b)})`;
    case 'builder': return `{${show(node.element)} : ${show(node.condition)}}`;
    case 'matrix': return `[${node.rows.map((row) => row.map(show).join(' ')).join(' / ')}]`;
    case 'ratio': return node.items.map(show).join(':');
    default: return node.t;
  }
}

const trees: [string, string][] = [
  ['\\frac12', '(div 1 2)'], ['\\frac\\pi4', '(div pi 4)'], ['\\frac 1{72}', '(div 1 72)'], ['\\frac{1}{2}x', '(mul (div 1 2) x)'],
  ['-2^2', '(neg (pow 2 2))'], ['2^{-1}', '(pow 2 (neg 1))'], ['2^3^2', '(pow 2 (pow 3 2))'], ['x^10', '(pow x 10)'],
  ['2x+3', '(add (mul 2 x) 3)'], ['1/2x', '(mul (div 1 2) x)'], ['a-b-c', '(add a (neg b) (neg c))'],
  ['\\sin 2x \\cos x', '(mul (sin (mul 2 x)) (cos x))'], ['\\sin^2 x', '(pow (sin x) 2)'], ['\\sin^{-1} x', '(asin x)'], ['\\sin(x)^2', '(pow (sin x) 2)'],
  ['\\log_2 8', '(log 8 2)'], ['\\ln|x|', '(log (abs x) e)'], ['\\sqrt[3]{8}', '(root 8 3)'], ['\\sqrt2', '(root 2 2)'], ['√15', '(root 15 2)'],
  ['2\\frac{1}{2}', '5/2'], ['x\\frac12', '(mul x (div 1 2))'], ['0.\\overline{3}', '1/3'], ['1.5e3', '(mul 3/2 (pow 10 3))'],
  ['1,234', '1234'], ['1,23', ' 1 23'.trim()], ['10{,}000', '10000'], ['3,\\!250', '3250'],
  ['(1,2]', '(1 2]'], ['\\{1,2\\}', '{1 2}'], ['[2,3)\\cup\\{5\\}', '(union [2 3) {5})'], ['\\{x|x<3\\}', '{x : (x < 3)}'],
  ['x\\le y<3', '(x <= y < 3)'], ['x \\neq 3', '(x != 3)'], ['x \\not= 3', '(x != 3)'], ['2:1', '2:1'], ['1\\pm\\sqrt2', '(pm 1 (root 2 2))'],
  ['5\\text{ cm}^2', '(unit 5 cm ^2)'], ['180 miles', '(unit 180 miles)'], ['30^\\circ', '(degree 30)'], ['10\\%', '(percent 10)'], ["f'(x)", "(f' x)"],
  ['v_0^2', '(pow v_0 2)'], ['v^2_0', '(pow v_0 2)'], ['k_{\\mathrm{B}}', 'k_B'], ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '[1 2 / 3 4]'], ['5!', '(factorial 5)'], ['\\binom73', '(binomial 7 3)'],
  ['the answer is 5', '5'], ['x**2', '(pow x 2)'], ['xsqrt(3)', '(mul x (root 3 2))'], ['npi', '(mul n pi)'], ['\\frac{dy}{dx}', "y'"], ['\\frac{d^2x}{dt^2}', 'd^2x/dt^2'], ['3^2!', '(factorial (pow 3 2))'], ['\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}', '(det [1 2 / 3 4])'],
];
for (const [text, tree] of trees) {
  test(`reads ${text}`, () => assert.equal(show(readAnswer(normalise(text)).node), tree));
}

const broken: [string, number, RegExp][] = [
  ['1+', 2, /a value is missing/], ['(1+2', 4, /expected \)/], ['\\frac{1}', 8, /a value is missing/], ['3 + * 4', 4, /a value is missing/], ['x^^2', 2, /two powers in a row|value is missing/], ['1+\\foo{3}', 2, /unknown command at "\\foo/],
  ['\\begin{pmatrix}1&2', 18, /expected \\end/], ['4 10/3', 2, /two numbers/],
];
for (const [text, position, message] of broken) {
  test(`says where ${JSON.stringify(text)} breaks`, () => {
    const { node, error } = readAnswer(text);
    assert.equal(node, null);
    assert.match(error?.message ?? '', message);
    assert.equal(error?.position, position);
  });
}

test('tokens carry their place in the text', () => {
  const text = '\\frac{1}{22} + \\text{ab c} x';
  for (const token of tokenize(text)) {
    const raw = text.slice(token.start, token.end);
    assert.equal(raw.replace(/^\\/, ''), token.text);
  }
});

test('limits are refused before work is done', () => {
  assert.throws(() => tokenize('+'.repeat(4_000)), ParseError);
  assert.throws(() => tokenize('1'.repeat(3_000)), ParseError);
  assert.match(readAnswer('('.repeat(200)).error?.message ?? '', /nested deeper/);
});

const cleaned: [string, string][] = [
  ['$5$', '5'], ['\\(5\\)', '5'], ['\\[5\\]', '5'], ['$$5$$', '5'], ['\\boxed{5}', '5'], ['{5}', '5'], ['{1}+{2}', '{1}+{2}'], ['5.', '5'], ['x²', 'x^{2}'], ['５', '5'], ['②③', '2,3'], ['a≤b', 'a\\le b'],
  ['−3', '-3'], ['3<sup>x</sup>', '3^{x}'], ['a<b', 'a<b'], ['**73**', '73'], ['2**3', '2**3'], ['\\\\frac{1}{2}', '\\frac{1}{2}'], ['\frac{1}{2}', '\\frac{1}{2}'], ['rac{1}{2}', '\\frac{1}{2}'], ['ext{odd}', '\\text{odd}'], ['\u200b7', '7'],
  ['\\begin{pmatrix}1\\\\2\\end{pmatrix}', '\\begin{pmatrix}1\\\\2\\end{pmatrix}'],
];
for (const [text, expected] of cleaned) {
  test(`normalises ${JSON.stringify(text)}`, () => assert.equal(normalise(text), expected));
}
