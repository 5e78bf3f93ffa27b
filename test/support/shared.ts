// Evaluation data that is not part of the checkout: tests that read it skip where it does not exist.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = process.env['RLVR_SHARED'] ?? join(dirname(dirname(dirname(import.meta.dirname))), 'shared');

/** What a test says when it skips for want of the data. */
export const needsSharedData = 'skipped: needs shared data';

/**
 * Absolute path of a file or folder of the shared data, such as `data/math/equivalence.dev.jsonl`; undefined, after
 * marking the test as skipped, where it does not exist. Use: `const file = sharedData(t, '...'); if (!file) return;`
 */
export function sharedData(test: { skip(message: string): void }, path: string): string | undefined {
  const file = join(folder, path);
  if (existsSync(file)) return file;
  test.skip(needsSharedData);
  return undefined;
}
