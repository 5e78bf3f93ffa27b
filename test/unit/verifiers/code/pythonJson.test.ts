import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePyJson, PyFloat, PyJsonError } from '../../../../server/verifiers/code/comparison/pythonJson.ts';

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

for (const text of ['', '1 2', '[1,]', '{"a"}', "'a'", '"\t"', '"a', 'nul', '01', '1.', '\ufeff1', '[1', '"\\x"', '"\\u12"', '1'.repeat(60_000), '['.repeat(100_000)]) {
  test(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.throws(() => parsePyJson(text), PyJsonError);
  });
}
