import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anatomyOf } from '../../../server/rollouts/anatomy.ts';

test('a list row tells the boxed answer, the program, or that there is neither', () => {
  assert.equal(anatomyOf('a</think>\\boxed{7}', false).extracted, '7');
  assert.equal(anatomyOf('a</think>Here:\n```python\na = 1\nprint(a)\n```\n', false).extracted, '2 lines');
  assert.equal(anatomyOf('```python\nprint(1)\n```\n', true).extracted, null);
  assert.equal(anatomyOf('a</think>```\nno tag\n```', false).extracted, null);
  assert.equal(anatomyOf('a</think>seven', false).extracted, null);
});
