// Runs test files with node:test and reads the counts from a reporter of our own.
import { globSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/checkout.ts';
import { findNode24 } from '../lib/node24.mjs';
import { run } from '../lib/processes.ts';
import { none, type Counts } from './counts.ts';

export interface NodeTestOptions {
  /** Files at the same time. */
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Run only tests whose name matches this pattern. */
  readonly grep?: string | undefined;
  /** False keeps the report off this process's output. */
  readonly show?: boolean;
}

/**
 * Runs all files that match the patterns (relative to the checkout). The counts of a run that was killed, crashed, or
 * ended with an error that no test owns have one failure more.
 */
export async function runNodeTests(patterns: readonly string[], options: NodeTestOptions): Promise<Counts> {
  const files = globSync(patterns, { cwd: root }).sort();
  if (files.length === 0) return none;
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-counts-'));
  try {
    const countFile = join(folder, 'counts.json');
    const result = await run(findNode24(root), [
      '--test',
      `--test-concurrency=${options.concurrency}`,
      '--test-reporter=spec', '--test-reporter-destination=stdout',
      `--test-reporter=${join(root, 'scripts', 'test', 'countReporter.ts')}`, `--test-reporter-destination=${countFile}`,
      ...(options.grep === undefined ? [] : [`--test-name-pattern=${options.grep}`]),
      ...files,
    ], {
      cwd: root,
      // A test of ours that runs this would be taken for a test file otherwise.
      env: { NODE_TEST_CONTEXT: undefined },
      show: options.show ?? true, timeoutMs: options.timeoutMs,
    });
    const counts = readCounts(countFile);
    if (result.timedOut && options.show !== false) console.error(`Stopped: not finished within ${options.timeoutMs / 1000} s.`);
    const unexplained = (result.code !== 0 || result.timedOut) && counts.failed === 0;
    return unexplained ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file: string): Counts {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Written by countReporter, which has this type; empty when the run was killed before its end.
  return text === '' ? none : (JSON.parse(text) as Counts);
}
