import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describe, sum } from '../../../scripts/test/counts.ts';
import { runNodeTests } from '../../../scripts/test/nodeTests.ts';
import { tempDir } from '../../support/tempDir.ts';

test('counts add up and end in the plain closing line', () => {
  const total = sum([{ passed: 2, failed: 0, skipped: 1 }, { passed: 3, failed: 1, skipped: 0 }]);
  assert.equal(describe(total), '5 passed, 1 failed, 1 skipped');
  assert.equal(describe({ passed: 1, failed: 0, skipped: 0 }), '1 passed, 0 failed');
});

test('failures, time-outs, failing hooks and files that do not load are all counted as failed', async (t) => {
  const folder = tempDir(t);
  writeFileSync(
    join(folder, 'mixed.test.ts'),
    `import { before, describe, test } from 'node:test';
test('passes', () => {});
test('fails', () => { throw new Error('x'); });
test('is skipped', { skip: 'why' }, () => {});
test('takes too long', { timeout: 50 }, () => new Promise((resolve) => setTimeout(resolve, 500)));
describe('suite', () => { before(() => { throw new Error('hook'); }); test('never runs', () => {}); });`,
  );
  writeFileSync(join(folder, 'broken.test.ts'), `throw new Error('does not load');`);
  const counts = await runNodeTests([join(folder, '*.test.ts')], { concurrency: 1, timeoutMs: 60_000, show: false });
  assert.deepEqual(counts, { passed: 1, failed: 4, skipped: 1 });
});

test('a run that is killed has failed', async (t) => {
  const folder = tempDir(t);
  writeFileSync(join(folder, 'hangs.test.ts'), `while (true);`);
  const counts = await runNodeTests([join(folder, '*.test.ts')], { concurrency: 1, timeoutMs: 1_000, show: false });
  assert.equal(counts.failed, 1);
});

test('no file, no test', async () => {
  assert.deepEqual(await runNodeTests(['no/such/*.test.ts'], { concurrency: 1, timeoutMs: 1_000 }), { passed: 0, failed: 0, skipped: 0 });
});
