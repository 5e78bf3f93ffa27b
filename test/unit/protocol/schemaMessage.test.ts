import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { schemaMessage } from '../../../server/protocol/schemaMessage.ts';

test('what is wrong with a field is said in plain words', () => {
  const schema = v.object({ id: v.union([v.string(), v.number()]), n: v.pipe(v.number(), v.integer(), v.minValue(1)), l: v.nullish(v.union([v.string(), v.array(v.object({ role: v.string() }))])), p: v.optional(v.picklist(['a', 'b'])) });
  const wrong = (value: unknown): string => {
    const parsed = v.safeParse(schema, value, { abortEarly: true });
    return parsed.success ? 'fine' : `${v.getDotPath(parsed.issues[0]) ?? 'record'} ${schemaMessage(parsed.issues[0])}`;
  };
  const right = { id: 'x', n: 1 };
  assert.deepEqual([right, {}, { ...right, id: [] }, { ...right, n: '5' }, { ...right, n: 0.5 }, { ...right, n: 0 }, { ...right, l: 4 }, { ...right, l: [{}] }, { ...right, p: 'c' }, 5, null, { ...right, n: 'x'.repeat(90) }].map(wrong), [
    'fine', 'id is missing', 'id is a list, not text or a number', 'n is "5", not a number', 'n is 0.5, not a whole number', 'n is 0, not at least 1',
    'l is 4, not text or a list', 'l is not of a shape that is known', 'p is "c", not "a" or "b"', 'record is 5, not an object', 'record is null, not an object', `n is "${'x'.repeat(59)}…, not a number`,
  ]);
});
