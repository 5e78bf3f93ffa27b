import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findInJson, rangeInFile } from '../../../server/curation/decontamination/jsonSpan.ts';

test('a span is found behind escapes', () => {
  const statement = 'Compute \\frac{1}{2} "now"\n\u00e9 \ud83d\ude00 end';
  const line = JSON.stringify({ id: 7, problem: statement }).replace('\u00e9', '\\u00e9');
  const at = (text: string): string => {
    const start = statement.indexOf(text);
    const found = findInJson(line, statement, start, start + text.length);
    assert.ok(found);
    return line.slice(found.start, found.end);
  };
  assert.equal(at('\\frac'), '\\\\frac');
  assert.equal(at('"now"'), '\\"now\\"');
  assert.equal(at('\n\u00e9'), '\\n\\u00e9');
  assert.equal(at('\ud83d\ude00 end'), '\ud83d\ude00 end');
});

test('a statement inside of a longer prompt, and one whose wrapper was cut out', () => {
  const line = JSON.stringify([{ from: 'human', value: 'Question: What is 2+2? Think.' }]);
  const inside = findInJson(line, 'What is 2+2?', 0, 12);
  assert.equal(line.slice(inside?.start, inside?.end), 'What is 2+2?');
  const cut = findInJson(line, 'no such statement, What is', 19, 26);
  assert.equal(line.slice(cut?.start, cut?.end), 'What is');
  assert.equal(findInJson(line, 'absent', 0, 6), null);
  assert.equal(findInJson('{"torn": "What is 2+2', 'What is', 0, 4), null);
});

test('lines and columns of a record that is spread over lines', () => {
  const record = { text: '{\n  "problem": "one two three"\n}', line: 10, column: 4 };
  assert.deepEqual(rangeInFile(record, 'one two three', 4, 7), { startLine: 11, startColumn: 18, endLine: 11, endColumn: 21 });
  assert.deepEqual(rangeInFile(record, 'elsewhere', 0, 4), { startLine: 10, startColumn: 4, endLine: 12, endColumn: 1 });
  assert.deepEqual(rangeInFile({ text: '{"a":"xyz"}', line: 3, column: 0 }, 'xyz', 1, 2), { startLine: 3, startColumn: 7, endLine: 3, endColumn: 8 });
});

test('whatever JSON writes, the found range decodes to the span', () => {
  const character = fc.oneof(fc.constantFrom('\\', '"', '\n', '\t', '\u2028', 'é', '😀', '\u0007', '/'), fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }));
  fc.assert(fc.property(fc.array(character, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (characters, a, b) => {
    const text = `${characters.join('')}!`;
    const start = a % text.length;
    const end = start + 1 + (b % (text.length - start));
    const json = JSON.stringify({ first: 'x', problem: text });
    const found = findInJson(json, text, start, end);
    assert.ok(found);
    assert.equal(JSON.parse(`"${json.slice(found.start, found.end)}"`), text.slice(start, end));
  }));
});
