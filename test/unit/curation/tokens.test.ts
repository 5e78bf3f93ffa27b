import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { balancedTokens, paperTokens } from '../../../server/curation/decontamination/tokens.ts';
import { assertBounded } from '../../support/bounded.ts';

const words = (text: string, domain: 'math' | 'code' = 'math'): string => balancedTokens(text, domain).words.join(' ');

const cases: readonly [name: string, text: string, expected: string][] = [
  ['synonyms', String.raw`$\dfrac{1}{2} \leq x \neq y \ldots 30^\circ 45^{\circ} 60°$`, 'frac 1 2 le x ne y dots 30 degrees 45 degrees 60 degrees'],
  ['style commands vanish, their words stay', String.raw`\left( \text{if } \overline{AB} \quad \displaystyle x \right)`, 'if a b x'],
  ['digit groups', '1,000 10{,}000 20\\,000 30\u2009000 40,\\!000,\\!000 50{,}\\,000 1,00 1,2345 1, 000', '1000 10000 20000 30000 40000000 50000 1 00 1 2345 1 000'],
  ['decimals', '3.14 and .5 and 2.', '3.14 and 5 and 2'],
  ['runs of capitals everywhere, of letters in math only', 'triangle ABCD is $xy$ in an $abcd$', 'triangle a b c d is x y in an abcd'],
  ['delimiters are equal', String.raw`\(ab\) and \[ab\] and $ab$ and $$ab$$ ab`, 'a b and a b and a b and a b ab'],
  ['prose inside of math is prose', String.raw`$x \text{ if } ab$`, 'x if a b'],
  ['prices are no delimiters', 'It costs $10 while an old one costs $15 or so.', 'it costs 10 while an old one costs 15 or so'],
  ['apostrophes', "Alice's and Bob’s", 'alices and bobs'],
  ['Chinese by character', '求x的值', '求 x 的 值'],
  ['Unicode forms', 'ﬁnd x² ≤ π', 'find x 2 le pi'],
  ['wrappers', String.raw`Find x. Let's think step by step and output the final answer within \boxed{}.`, 'find x'],
  ['wrapper only', String.raw`Please reason step by step, and put your final answer within \boxed{}.`, ''],
  ['drawings and images', 'Area? [asy] draw((0,0)--(1,1)); [/asy] ![](https://a.b/c.png) end', 'area end'],
  ['line ends', 'a\r\nb', 'a b'],
  ['nothing', '', ''],
  ['escaped dollars', String.raw`\$5 for ab`, '5 for ab'],
  ['money inside of math', String.raw`a total of $\$60,\!000$ at the end of $5$ years, $x = \$3$ or $2 \\$ of it`, 'a total of 60000 at the end of 5 years x 3 or 2 of it'],
];
for (const [name, text, expected] of cases) test(`tokens: ${name}`, () => assert.equal(words(text), expected));

test('tokens of code keep style commands apart and stop at the samples', () => {
  const statement = `${'Print the sum of 1,000 numbers. '.repeat(4)}\n\n-----Examples-----\n\nInput\n3\n`;
  assert.equal(words(statement, 'code'), Array(4).fill('print the sum of 1 000 numbers').join(' '));
});

test('numbers of a \\tag are no numbers of the problem', () => {
  const tokens = balancedTokens(String.raw`$x = 5 \tag{12}$ and 7`, 'math');
  assert.deepEqual(tokens.words.filter((_, i) => tokens.numbers[i] === 1), ['5', '7']);
});

test('each token knows its place in the original', () => {
  const text = String.raw`Let’s ﬁnd $\dfrac{10{,}000}{ABC}$ — 30^{\circ} 值`;
  const { words: found, starts, ends } = balancedTokens(text, 'math');
  const places = found.map((word, i) => [word, text.slice(starts[i], ends[i])]);
  assert.deepEqual(places, [['lets', 'Let’s'], ['find', 'ﬁnd'], ['frac', '\\dfrac'], ['10000', '10{,}000'], ['a', 'A'], ['b', 'B'], ['c', 'C'], ['30', '30'], ['degrees', '^{\\circ}'], ['值', '值']]);
});

test('tokens of any text lie in it, in order, and no text is slow', () => {
  const piece = fc.constantFrom('$', '\\(', '\\)', '\\[', '{', '}', '\\text{', '[asy]', '![', '](', 'ABC', 'xy ', '1,000', '\u2009', 'é', 'e\u0301', '𝒜', '\\begin{align}', '\\end{align}', '\ud800', "'", '^\\circ', '。', ' a ');
  fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom('math' as const, 'code' as const), (pieces, domain) => {
    const text = pieces.join('');
    const { starts, ends } = balancedTokens(text, domain);
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] ?? -1;
      const end = ends[i] ?? -1;
      assert.ok(start >= (i === 0 ? 0 : starts[i - 1] ?? 0) && start < end && end <= text.length, `token ${i} of ${JSON.stringify(text)}: ${start}..${end}`);
    }
  }));
  for (const hostile of ['$', '$\\$', '\\$',  '\\(', '![', '[asy]', '\\text{', '<|', "let's think step by step ", '1,', '\\begin{align}']) {
    assertBounded(() => balancedTokens(hostile.repeat(1_000_000 / hostile.length), 'math'), hostile);
  }
});

test('paper tokens are lower-cased words', () => {
  assert.deepEqual(paperTokens(' Find $X$,\n now ').words, ['find', '$x$,', 'now']);
});
