import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../../../server/records/jsonText.ts';
import { plain } from '../../../server/records/parquetRecords.ts';
import { assertBounded } from '../../support/bounded.ts';

const valueOf = (text: string): unknown => {
  const parsed = parseJson(Buffer.from(text));
  assert.ok(parsed.ok, text);
  return parsed.value;
};

test('integers that a JavaScript number cannot hold keep their digits', () => {
  assert.deepEqual(valueOf('{"answer": 12345678901234567890, "id":-9007199254740993}'), { answer: '12345678901234567890', id: '-9007199254740993' });
  assert.deepEqual(valueOf('[9007199254740991,1e300,0.12345678901234567891,1.5e+1234567890123456789, "12345678901234567890 \\" 12345678901234567890"]'),
    [9007199254740991, 1e300, 0.12345678901234568, Infinity, '12345678901234567890 " 12345678901234567890']);
});

test('NaN and Infinity are no values; what looks like them in a text is the text', () => {
  assert.deepEqual(valueOf('{"a": NaN, "b": [-Infinity, "NaN \\" Infinity", Infinity]}'), { a: null, b: [null, 'NaN " Infinity', null] });
  assert.deepEqual(plain({ a: NaN, b: [-Infinity, 1.5] }), { a: null, b: [null, 1.5] });
});

test('a torn record with NaN and many escaped quotes takes linear time', () => {
  const torn = Buffer.from(`{"score": NaN, "response": "${'\\"word'.repeat(300_000)}`);
  assertBounded(() => { assert.equal(parseJson(torn).ok, false); }, 'a torn record');
  assert.ok(parseJson(Buffer.from(`{"score": NaN, "response": "${'\\n'.repeat(7_000_000)}"}`)).ok);
});
