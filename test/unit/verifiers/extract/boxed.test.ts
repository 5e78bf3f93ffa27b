import { test } from 'node:test';
import assert from 'node:assert/strict';
import { lastBoxed } from '../../../../server/verifiers/extract/boxed.ts';
import { assertBounded } from '../../../support/bounded.ts';

const found: [string, string][] = [
  ['\\boxed{5}', '5'],
  ['\\boxed{1} then \\boxed{2}', '2'],
  ['\\fbox{7}', '7'],
  ['\\boxed {7}', '7'],
  ['\\boxed{\\frac{1}{2}}.', '\\frac{1}{2}'],
  ['\\boxed{\\{1,2\\}}', '\\{1,2\\}'],
  ['\\boxed{\\left\\{1,2\\right.}', '\\left\\{1,2\\right.'],
  ['\\boxed{\\boxed{5}}', '\\boxed{5}'],
  ['write it in \\boxed{ and so \\boxed{5}', '5'],
  ['$\\boxed 5$', '5'],
  ['so \\boxed 12.', '12'],
  ['stray } brace \\boxed{3}', '3'],
  ['stray { brace \\boxed{3}', '3'],
  ['\\\\boxed{3}', '3'],
];
for (const [text, content] of found) {
  test(`finds ${JSON.stringify(content)} in ${JSON.stringify(text)}`, () => {
    const search = lastBoxed(text);
    assert.equal(search.kind, 'found');
    assert.equal(search.box.text, content);
    assert.equal(text.slice(search.box.start, search.box.end), content);
  });
}

const missing: [string, string][] = [
  ['no box', 'none'],
  ['\\boxedness{5}', 'none'],
  ['\\boxed{5} and \\boxed{6', 'unclosed'],
  ['\\boxed{5', 'unclosed'],
  ['\\boxed{}', 'empty'],
  ['\\boxed{4} \\boxed{ }', 'empty'],
];
for (const [text, kind] of missing) {
  test(`${JSON.stringify(text)}: ${kind}`, () => assert.equal(lastBoxed(text).kind, kind));
}

const joined: [string, string[]][] = [
  ['$\\boxed{1}$, $\\boxed{2}$ and $\\boxed{3}$', ['1', '2', '3']],
  ['\\boxed{1} \\quad \\boxed{2}', ['1', '2']],
  ['first \\boxed{1} but really \\boxed{2}', ['2']],
  ['\\boxed{a\\boxed{1}}, \\boxed{2}', ['a\\boxed{1}', '2']],
];
for (const [text, boxes] of joined) {
  test(`reads ${JSON.stringify(text)} as a row of ${boxes.length}`, () => {
    const search = lastBoxed(text);
    assert.equal(search.kind, 'found');
    assert.deepEqual(search.joined.map((b) => b.text), boxes);
  });
}

test('looks only between the given offsets', () => {
  const text = '\\boxed{1}</think>\\boxed{2}\\boxed{3}';
  const search = lastBoxed(text, 17, 26);
  assert.equal(search.kind, 'found');
  assert.equal(search.box.text, '2');
  assert.equal(lastBoxed('\\boxed{1}</think>none', 17).kind, 'none');
});

test('a megabyte of nested and unclosed boxes takes linear time', () => {
  for (const text of ['\\boxed{'.repeat(140_000), '\\boxed{'.repeat(140_000) + '1' + '}'.repeat(140_000), '\\boxed '.repeat(140_000), '\\boxed{1},'.repeat(100_000)]) {
    assertBounded(() => lastBoxed(text), text.slice(0, 12));
  }
});
