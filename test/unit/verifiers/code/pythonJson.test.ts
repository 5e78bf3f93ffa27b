import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePyJson, parsePyJsonWithDigits, PyFloat, PyJsonError } from '../../../../server/verifiers/code/comparison/pythonJson.ts';

test('integers and floats stay apart and exact', () => {
  assert.equal(parsePyJson('3'), 3);
  assert.deepEqual(parsePyJson('3.0'), new PyFloat(3));
  assert.equal(parsePyJson('9007199254740993'), 9007199254740993n);
  assert.ok(Object.is(parsePyJson('-0'), 0));
  assert.deepEqual(parsePyJson('1e400'), new PyFloat(Infinity));
});

test('Python\'s own words are read', () => {
  assert.deepEqual(parsePyJson('[NaN, -Infinity, null, true]'), [new PyFloat(NaN), new PyFloat(-Infinity), null, true]);
});

test('the last of two equal keys wins', () => {
  assert.deepEqual(parsePyJson('{"k": 1, "k": 2}'), new Map([['k', 2]]));
});

for (const text of ['', '1 2', '[1,]', '{"a"}', "'a'", '"\t"', '"a', 'nul', '01', '1.', '\ufeff1', '[1', '"\\x"', '"\\u12"', '1'.repeat(1_000_001), '['.repeat(100_001), `${'['.repeat(100_002)}${']'.repeat(100_002)}`, '{"a":'.repeat(100_001), '[1}', '{"a":1]', '{1:1}', '{"a":1,}', ']', ',']) {
  test(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.throws(() => parsePyJson(text), PyJsonError);
  });
}

test('nesting is read without a stack of its depth', () => {
  let value: unknown = parsePyJson(`${'[{"k":'.repeat(40_000)}1${'}]'.repeat(40_000)}`);
  let depth = 0;
  for (; value instanceof Map || Array.isArray(value); depth++) value = value instanceof Map ? value.get('k') as unknown : value[0] as unknown;
  assert.deepEqual([depth, value], [80_000, 1]);
});

test('the digits of the longest integer are counted, without its sign; those of floats are not', () => {
  for (const [text, digits] of [['[12, -345, {"6789": 1}]', 3], ['1234567890.5', 0], ['"123"', 0], ['-0', 1], ['1'.repeat(60_000), 60_000]] as const) {
    assert.equal(parsePyJsonWithDigits(text).integerDigits, digits);
  }
});
