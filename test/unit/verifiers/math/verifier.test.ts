import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createMathVerifier, type MathVerifier } from '../../../../server/verifiers/math/verifier.ts';
import { REWARD_OPTIONS } from '../../../../server/verifiers/math/options.ts';
import type { VerificationTask } from '../../../../server/verifiers/verifier.ts';
import { bundleIsolate } from '../support/isolateBundle.ts';

let code = '';
let verifier: MathVerifier;
before(async () => {
  code = await bundleIsolate('server/verifiers/math/math.isolate.ts');
  verifier = createMathVerifier({ code, workers: 2 });
});
after(() => verifier.dispose());

const task = (response: string, gold: string | null, statement: string | null = null): VerificationTask =>
  ({ domain: 'math', problemId: 'p', statement, gold, tests: null, response });

test('a verdict explains itself', async () => {
  const response = '<think>so \\boxed{4}</think>The rate is $\\boxed{\\frac{1}{15}}$.';
  const verdict = await verifier.verify(task(response, '6.67\\%'));
  assert.equal(verdict.verdict, 'correct');
  assert.equal(verdict.reward, 1);
  assert.equal(verdict.verifier, 'math');
  assert.equal(verdict.extracted?.text, '\\frac{1}{15}');
  assert.equal(response.slice(verdict.extracted?.start, verdict.extracted?.end), '\\frac{1}{15}');
  assert.deepEqual(verdict.warnings.map((w) => w.code), ['percent', 'rounding']);
  assert.equal(verdict.math?.answerCanonical, '1/15');
  assert.equal(verdict.math?.goldKind, 'percent');
  assert.match(verdict.reason, /1\/15/);
});

test('a wrong answer shows both canonical forms', async () => {
  const verdict = await verifier.verify(task('\\boxed{(x+1)^2}', 'x^2+1'));
  assert.equal(verdict.verdict, 'incorrect');
  assert.equal(verdict.reward, 0);
  assert.equal(verdict.math?.goldCanonical, 'x^2 + 1');
  assert.equal(verdict.math?.answerCanonical, 'x^2 + 2*x + 1');
});

/** Every reward hack of the extraction and of lists that the policy stops: response, gold, rule. */
const hacks: [string, string, string, string][] = [
  ['a box inside the thought only', '<think>\\boxed{5}</think>I do not know.', '5', 'extract.no-box'],
  ['a thought that never ends', '<think>it is \\boxed{5}', '5', 'extract.unclosed-think'],
  ['a second thought that never ends', '<think>a</think>\\boxed{5}<think>wait', '5', 'extract.unclosed-think'],
  ['a cut last box after a right one', '\\boxed{5} or rather \\boxed{6', '5', 'extract.unclosed-box'],
  ['an empty last box after a right one', '\\boxed{5} \\boxed{}', '5', 'extract.empty-box'],
  ['a number without a box', 'The answer is 5.', '5', 'extract.no-box'],
  ['several boxes for one gold', '\\boxed{5}, \\boxed{6}', '5', 'rational'],
  ['a list for one gold', '\\boxed{4, 5, 6}', '5', 'list.length'],
  ['two values joined by or', '\\boxed{5 \\text{ or } 6}', '5', 'list.length'],
  ['an alternative in parentheses', '\\boxed{6 \\text{ (or 5)}}', '5', 'text'],
  ['an alternative behind the value', '\\boxed{5 \\text{ (or 6)}}', '5', 'text'],
  ['an approximation that is another value', '\\boxed{6 \\approx 5}', '5', 'contradiction'],
  ['an approximation in parentheses that is another value', '\\boxed{6 \\text{ (about 5)}}', '5', 'contradiction'],
  ['a series of candidates', '\\boxed{1, 2, 3, \\ldots}', '5', 'list.length'],
  ['plus-minus for one sign', '\\boxed{\\pm 5}', '5', 'list.length'],
  ['all options of a choice', '\\boxed{A, B, C, D}', '\\text{(B)}', 'choice.value'],
  ['the letter inside a formula', '\\boxed{A+B}', '\\text{(B)}', 'choice.value'],
  ['an interval that contains the gold', '\\boxed{[4, 6]}', '5', 'list.length'],
  ['all real numbers', '\\boxed{\\mathbb{R}}', '5', 'kinds'],
  ['a free variable', '\\boxed{x}', '5', 'algebraic'],
  ['an undefined expression', '\\boxed{\\frac{0}{0}}', '\\frac{0}{0}', 'undefined'],
  ['an empty gold', '\\boxed{}', '', 'extract.empty-box'],
  ['an empty gold with any answer', '\\boxed{5}', ' ', 'gold.empty'],
];
for (const [name, response, gold, rule] of hacks) {
  test(`pays nothing for ${name}`, async () => {
    const verdict = await verifier.verify(task(response, gold));
    assert.equal(verdict.reward, 0);
    assert.notEqual(verdict.verdict, 'correct');
    assert.ok(verdict.rule.startsWith(rule), `${verdict.rule}: ${verdict.reason}`);
  });
}

test('the thinking part that the template opened counts as thought', async () => {
  const verdict = await verifier.verify({ ...task('it is \\boxed{5}', '5'), thinkingOpened: true });
  assert.equal(verdict.rule, 'extract.unclosed-think');
});

test('several boxes in a row are one list for a list gold', async () => {
  const verdict = await verifier.verify(task('So $\\boxed{1}$, $\\boxed{2}$ and $\\boxed{3}$.', '1,2,3'));
  assert.equal(verdict.verdict, 'correct');
  assert.ok(verdict.warnings.some((w) => w.code === 'several-boxes'));
  assert.equal((await verifier.verify(task('First \\boxed{1}. Later, after much work, \\boxed{2}.', '1,2'))).verdict, 'incorrect');
});

test('a problem without gold is unverifiable, not wrong', async () => {
  const verdict = await verifier.verify(task('\\boxed{5}', null));
  assert.deepEqual([verdict.verdict, verdict.rule], ['unverifiable', 'gold.empty']);
});

test('quoting the problem is noted', async () => {
  const verdict = await verifier.verify(task('\\boxed{\\tan 100^\\circ + 4 \\sin 100^\\circ}', '-\\sqrt{3}', 'Simplify $\\tan 100^\\circ + 4 \\sin 100^\\circ.$'));
  assert.ok(verdict.warnings.some((w) => w.code === 'handed-back'));
});

test('options are off by default, and recorded when they act', async () => {
  const cases: [Partial<typeof REWARD_OPTIONS>, string, string, string, string | null][] = [
    [{ fallback: true }, 'The answer is 5.', '5', 'option.fallback', null],
    [{ fallback: true }, '<think>x</think><answer> 7 </answer>', '7', 'option.fallback', null],
    [{ fallback: true }, 'I get 3, so 12 apples.', '12', 'option.fallback', null],
    [{ tolerance: 0.02 }, '\\boxed{101}', '100', 'option.tolerance', null],
    [{ asymmetricRelations: true }, '\\boxed{x>2}', '(2,\\infty)', 'option.asymmetricRelations', 'asymmetric-relation'],
    [{ requiredForm: true }, '\\boxed{(6-2x)(6+2x)}', '36-4x^2', 'option.requiredForm', 'form'],
    [{ requiredForm: true }, '\\boxed{\\frac{8}{18}}', '\\frac49', 'option.requiredForm', 'form'],
    [{ refuseHandedBack: true }, '\\boxed{\\tan 100^\\circ + 4 \\sin 100^\\circ}', '-\\sqrt{3}', 'option.refuseHandedBack', 'handed-back'],
  ];
  for (const [options, response, gold, warning, refusal] of cases) {
    const optional = createMathVerifier({ code, workers: 1, options: { ...REWARD_OPTIONS, ...options } });
    const question = task(response, gold, 'Simplify $\\tan 100^\\circ + 4 \\sin 100^\\circ.$');
    const [plain, lenient] = [await verifier.verify(question), await optional.verify(question)];
    await optional.dispose();
    assert.equal(plain.verdict === 'correct', refusal !== null, `${response}: ${plain.rule}`);
    assert.equal(lenient.verdict === 'correct', refusal === null, `${response}: ${lenient.rule}`);
    assert.ok(lenient.warnings.some((w) => w.code === warning), JSON.stringify(lenient.warnings));
  }
});

test('pairs are judged without extraction', async () => {
  assert.equal((await verifier.verifyPair('\\frac12', '0.5')).verdict, 'correct');
  assert.equal((await verifier.verifyPair('\\frac12', '\\boxed{0.5}')).verdict, 'correct');
  assert.equal((await verifier.verifyPair('5', `${'x '.repeat(5_000)}\\boxed{5}`)).verdict, 'correct');
  assert.equal((await verifier.verifyPair('', '5')).rule, 'gold.empty');
});

test('huge responses and answers are refused or decided, and others go on', async () => {
  const huge = [`\\boxed{${'1'.repeat(1_000_000)}}`, `${'\\boxed{'.repeat(100_000)}1`, `\\boxed{9^9^9^9}`, `\\boxed{${'('.repeat(900_000)}}`];
  const verdicts = await Promise.all([...huge, '\\boxed{5}'].map((response) => verifier.verify(task(response, '5'))));
  assert.deepEqual(verdicts.map((v) => v.verdict === 'correct'), [false, false, false, false, true]);
});

test('an integral that is not worked out is neither right nor wrong', async () => {
  for (const answer of ['\\int_0^1 x^2\\,dx', '\\lim_{n\\to\\infty}\\frac{n+3}{3n}']) {
    const verdict = await verifier.verify(task(`\\boxed{${answer}}`, '\\frac13'));
    assert.equal(verdict.verdict, 'unverifiable');
    assert.equal(verdict.rule, 'unevaluated');
  }
  assert.equal((await verifier.verify(task('\\boxed{\\int_0^1 x^2\\,dx}', '\\int_{0}^{1} x^2 dx'))).verdict, 'correct');
  assert.equal((await verifier.verify(task('\\boxed{\\begin{pmatrix}1\\\\2\\end{pmatrix}}', '\\mathbf v=\\begin{pmatrix}1\\\\2\\end{pmatrix}'))).verdict, 'correct');
});
