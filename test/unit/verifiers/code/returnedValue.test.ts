// What a candidate says it returned, hostile texts included. Against Python itself: test/server/code/differential.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePyJson } from '../../../../server/verifiers/code/comparison/pythonJson.ts';
import { readReturned, returnedEquals } from '../../../../server/verifiers/code/comparison/returnedValue.ts';

const DEEP = 90_000;
const nested = (before: string, behind: string, levels = DEEP): string => `${before.repeat(levels)}1${behind.repeat(levels)}`;

const rows: readonly (readonly [returned: string, expected: string, equal: boolean])[] = [
  // The NaN of the reader equals a NaN where it is held by something, and nothing else.
  ['{"N":0}', 'NaN', false],
  ['[{"N":0}]', '[NaN]', true],
  ['{"d":["k",{"N":0}]}', '{"k":NaN}', true],
  ['[[{"N":0}]]', '[[NaN]]', true],
  ['[NaN]', '[NaN]', false],
  ['[{"N":0}]', '[1]', false],
  ['[{"N":0}]', '[null]', false],
  ['[{"N":0}]', '["NaN"]', false],
  ['{"a":["object",[1],{"N":0}]}', '[NaN]', false],
  ['{"n":["float64",{"N":0}]}', 'NaN', false],
  ['[{"n":["float64",NaN]}]', '[NaN]', false],
  // Integers of more digits than Python writes.
  ['{"x":"0xff"}', '255', true],
  ['{"x":"-0xff"}', '-255', true],
  ['{"x":"0xff"}', '255.0', true],
  ['{"x":"0x20000000000001"}', '9007199254740993', true],
  ['{"x":"ff"}', '255', false],
  ['{"x":"0x"}', '0', false],
  ['{"q":[{"x":"0xff"},1]}', '255', true],
  // Nonsense is nothing.
  ['{"q":[1,0]}', '1', false],
  ['{"q":[1,-1]}', '-1', false],
  ['{"q":[1]}', '1', false],
  ['{"q":["1","1"]}', '1', false],
  ['{"c":[1.0]}', '1', false],
  ['{"c":[{"c":[1.0,0.0]},0.0]}', '1', false],
  ['{}', '{}', false],
  ['{"d":[]}', '{}', true],
  ['{"d":["a"]}', '{}', true],
  ['{"z":1}', '1', false],
  // Depth.
  [nested('[', ']'), nested('[', ']'), true],
  [nested('[', ']'), nested('[', ']', DEEP - 1), false],
  [nested('{"d":["k",', ']}', 40_000), nested('{"k":', '}', 40_000), true],
  [nested('{"c":[', ',0.0]}', 40_000), '1', false],
  [nested('{"n":["int64",', ']}', 40_000), '1', true],
  [nested('{"a":["object",[1],', ']}', 40_000), nested('[', ']', 40_000), true],
  [nested('{"q":[', ',1]}', 40_000), '1', false],
];

for (const [returned, expected, equal] of rows) {
  test(`${returned.slice(0, 40)} is ${equal ? '' : 'not '}${expected.slice(0, 40)}`, () => {
    assert.equal(returnedEquals(readReturned(returned), parsePyJson(expected)), equal);
  });
}
