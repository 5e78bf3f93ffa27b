// Temporary folders that are gone when their test is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whatever lets a test clean up: node:test's context, for one. */
export interface Cleanup {
  after(work: () => void | Promise<void>): void;
}

/** A new empty folder, removed with all it holds when the test ends. */
export function tempDir(test: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-test-'));
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
