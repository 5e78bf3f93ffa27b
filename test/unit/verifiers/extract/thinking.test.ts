import { test } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitThinking } from '../../../../server/verifiers/extract/thinking.ts';
import { assertBounded } from '../../../support/bounded.ts';

const cases: [string, string, string | null][] = [
  ['plain', 'none', 'plain'],
  ['<think>a</think>b', 'closed', 'b'],
  ['a</think>b', 'onlyClose', 'b'],
  ['<think>a', 'unclosed', null],
  ['<think>a</think>b<think>c', 'unclosed', null],
  ['<think>a</think>b</think>c', 'repeated', 'c'],
  ['<think>a</think><think>b</think>c', 'repeated', 'c'],
  ['x<think>a</think>b', 'closed', 'b'],
  ['', 'none', ''],
];

for (const [response, shape, answer] of cases) {
  test(`splits ${JSON.stringify(response)} as ${shape}`, () => {
    const split = splitThinking(response);
    assert.equal(split.shape, shape);
    assert.equal(split.answer === null ? null : response.slice(split.answer.start, split.answer.end), answer);
  });
}

test('segments cover the response in order, without gaps', () => {
  const part = fc.constantFrom('<think>', '</think>', 'a', ' ', '<', 'think>');
  fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
    const response = parts.join('');
    const { segments, answer, shape } = splitThinking(response);
    assert.equal(segments.map((s) => response.slice(s.start, s.end)).join(''), response);
    assert.ok(segments.every((s) => s.end > s.start));
    assert.equal(answer === null, shape === 'unclosed');
  }));
});

test('a megabyte of tags is split in linear time', () => {
  assertBounded(() => splitThinking('<think></think>'.repeat(70_000)), 'empty thinking parts');
  assertBounded(() => splitThinking('</think>'.repeat(130_000)), 'closing tags');
});
