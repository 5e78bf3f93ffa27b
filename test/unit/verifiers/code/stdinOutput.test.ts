import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareOutput } from '../../../../server/verifiers/code/comparison/stdinOutput.ts';

const rows: readonly (readonly [actual: string, expected: string, passes: boolean])[] = [
  ['6\n', '6', true],
  ['\n\n6\n\n', '6', true],
  ['6\n\n7', '6\n7', false],
  ['6 ', ' 6', true],
  ['a  b', 'a b', false],
  ['1  2', '1 2', true],
  ['1\t2', '1 2', true],
  ['0.1', '0.10', true],
  ['1e2', '100', true],
  ['06', '6', true],
  ['-0', '0', true],
  ['6.', '6', true],
  ['inf', 'Infinity', true],
  ['0.33333333', '0.33333334', false],
  ['12345678901234567890.1', '12345678901234567890.10', true],
  ['12345678901234567890.1', '12345678901234567890.2', false],
  ['1e400', `1${'0'.repeat(400)}`, true],
  ['nan', 'nan', true],
  ['NaN', 'nan', false],
  ['1 nan', '1.0 nan', false],
  ['a 1.0', 'a 1', false],
  ['True', '1', false],
  ['YES', 'Yes', false],
  ['é', 'e\u0301', false],
  ['1\u20282', '1\n2', false],
  ['1_0', '10', true],
  ['١', '1', true],
  ['', '', true],
  ['', '\n \n', true],
  ['6', '6\0', false],
  ['1 2 3', '1 2', false],
];
for (const [actual, expected, passes] of rows) {
  test(`${JSON.stringify(actual)} ${passes ? 'passes for' : 'is wrong for'} ${JSON.stringify(expected).slice(0, 60)}`, () => {
    assert.equal(compareOutput(actual, expected) === null, passes);
  });
}

test('says where an output is wrong', () => {
  assert.deepEqual(compareOutput('1\n2\n3', '1\n5\n3'), { kind: 'line', line: 1 });
  assert.deepEqual(compareOutput('1', '1\n2'), { kind: 'line-count', expected: 2, actual: 1 });
});

test('a million lines are compared in a moment', () => {
  const lines = Array.from({ length: 1_000_000 }, (_, i) => `${i}.0`).join('\n');
  const plain = Array.from({ length: 1_000_000 }, (_, i) => String(i)).join('\n');
  assert.equal(compareOutput(lines, plain), null);
});
