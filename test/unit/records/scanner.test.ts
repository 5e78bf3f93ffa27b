import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonScanner } from '../../../server/records/jsonScanner.ts';

/** Elements of an array text, pushed in chunks of the given size. */
function elements(text: string, chunk: number, members: readonly string[] = []): { texts: string[]; scanner: JsonScanner } {
  const bytes = Buffer.from(text, 'utf8');
  const texts: string[] = [];
  const scanner = new JsonScanner(({ start, end }) => texts.push(bytes.toString('utf8', start, end)), members);
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return { texts, scanner };
}

test('the elements of any array are found whole, however it is cut into chunks', () => {
  fc.assert(fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 50 }), fc.boolean(), (values, chunk, pretty) => {
    const { texts, scanner } = elements(JSON.stringify(values, null, pretty ? 1 : 0), chunk);
    assert.deepEqual(texts.map((text) => JSON.parse(text) as unknown), JSON.parse(JSON.stringify(values)));
    assert.equal(scanner.closed, true);
  }), { numRuns: 300 });
});

test('a cut-off array gives its complete elements and the start of the broken one', () => {
  const { texts, scanner } = elements('[{"a": "]}"}, {"b": [1, 2]}, {"c": "cut', 7);
  assert.deepEqual(texts, ['{"a": "]}"}', '{"b": [1, 2]}']);
  assert.equal(scanner.closed, false);
  assert.equal(scanner.pendingStart, 29);
});

test('a named member of an object holds the records; other arrays do not', () => {
  const { texts } = elements('{"header": [1], "samples": [{"x": 1}, {"y": [2]}], "tail": [3]}', 5, ['samples']);
  assert.deepEqual(texts, ['{"x": 1}', '{"y": [2]}']);
});

test('lines are counted from 0 at the start of each element', () => {
  const lines: number[] = [];
  const scanner = new JsonScanner(({ line }) => lines.push(line));
  scanner.push(Buffer.from('[\n{\n"a":1},\n{"b":2}]'));
  assert.deepEqual(lines, [1, 3]);
});
