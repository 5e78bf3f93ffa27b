import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Block, type Inline, parseInline, parseRichText } from '../../../webview/ui/richText.ts';
import { assertBounded } from '../../support/bounded.ts';

const kinds = (text: string): string[] => parseRichText(text).map((block) => block.kind);
const inlineKinds = (text: string): string[] => parseInline(text, 0).map((inline) => `${inline.kind}:${'tex' in inline ? inline.tex : inline.text}`);

test('paragraphs, headings, items, fences and display formulas become blocks', () => {
  assert.deepEqual(kinds('# T\n\none\ntwo\n\n- a\n1. b\n\n$$x^2$$\n\n```python\nx = 1\n```\n\n---\n'), ['heading', 'paragraph', 'item', 'item', 'math', 'code', 'rule']);
});

test('an unclosed fence holds the rest of the text', () => {
  assert.deepEqual(parseRichText('a\n```py\nx = 1\ny'), [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'a', start: 0 }] }, { kind: 'code', language: 'py', text: 'x = 1\ny', start: 8 }]);
});

test('prices are not formulas', () => {
  assert.deepEqual(inlineKinds('costs $5 and $6 today'), ['text:costs $5 and $6 today']);
});

test('all four delimiters of formulas are known', () => {
  assert.deepEqual(inlineKinds('a $x$ b \\(y\\) c $$z$$ d \\[w\\]'), ['text:a ', 'math:x', 'text: b ', 'math:y', 'text: c ', 'math:z', 'text: d ', 'math:w']);
});

test('an escaped dollar opens nothing', () => {
  assert.deepEqual(inlineKinds('\\$5 and $x$'), ['text:\\$5 and ', 'math:x']);
});

test('markup is text: nothing in a model’s output becomes an element', () => {
  assert.deepEqual(inlineKinds('<img src=x onerror=alert(1)> [a](javascript:alert(1))'), ['text:<img src=x onerror=alert(1)> [a](javascript:alert(1))']);
});

test('every piece knows where it stands in the whole text', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '$', '`', '*', '\\', '(', ')', '[', ']', '1', '-', '#'), maxLength: 80 }), fc.nat(1000), (text, base) => {
    const check = (inline: Inline): void => {
      const piece = 'tex' in inline ? inline.source : inline.text;
      assert.equal(text.slice(inline.start - base, inline.start - base + piece.length), piece);
    };
    for (const block of parseRichText(text, base)) inlinesOf(block).forEach(check);
  }));
});

test('many openers without closers take linear time', () => {
  for (const opener of ['$ ', '\\( ', '` ', '** ', '\\[\n', '$$\n', '*a ']) {
    assertBounded(() => parseRichText(opener.repeat(100_000)), opener);
  }
});

function inlinesOf(block: Block): readonly Inline[] {
  return 'inlines' in block ? block.inlines : [];
}
