import assert from 'node:assert/strict';
import { test } from 'node:test';
import { innermost, isBelow } from '../../../src/workspace/below.ts';

test('of nested folders the innermost that holds a path counts', () => {
  assert.equal(innermost(['/a', '/b', '/b/inner', '/b/inner-too'], '/b/inner/rollouts.jsonl'), '/b/inner');
  assert.equal(innermost(['/a', '/b'], '/c/rollouts.jsonl'), null);
});

test('a path is below its folders and not below those that only begin like them', () => {
  for (const [folder, path, expected] of [
    ['/w/runs', '/w/runs/a', true], ['/w/runs/', '/w/runs/a/b', true], ['/w/runs', '/w/runs', true], ['/', '/w', true],
    ['/w/runs', '/w/runs-old/a', false], ['/w/runs', '/w', false], ['c:\\w\\runs', 'c:\\w\\runs\\a', true], ['c:\\w\\runs', 'c:\\w\\runs2\\a', false],
  ] as const) assert.equal(isBelow(folder, path), expected, `${folder} ${path}`);
});
