// Runs inside VS Code's extension host: runs the suites beside this file with mocha and writes what came of them.
import Mocha from 'mocha';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the runner outside reads: counts, and each test that failed with its error. */
export interface SuiteResults {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

const TEST_MS = 60_000;

/** Called by VS Code, which ends with code 0 when the promise resolves and 1 when it is rejected. */
export async function run(): Promise<void> {
  const file = process.env['RLVR_TEST_RESULTS'];
  if (file === undefined) throw new Error('RLVR_TEST_RESULTS does not name the file for the results.');
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_MS, ...(process.env['RLVR_TEST_GREP'] ? { grep: process.env['RLVR_TEST_GREP'] } : {}) });
  for (const name of readdirSync(__dirname).sort()) if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
  const results = await runMocha(mocha);
  // Renamed into place: the reader never sees half a file.
  writeFileSync(`${file}.unfinished`, JSON.stringify(results));
  renameSync(`${file}.unfinished`, file);
  if (results.failed > 0) throw new Error(`${results.failed} failed`);
}

function runMocha(mocha: Mocha): Promise<SuiteResults> {
  return new Promise((resolve) => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const lines: string[] = [];
    const runner = mocha.run(() => resolve({ ...counts, lines }));
    runner.on('pass', (test) => {
      counts.passed += 1;
      lines.push(`ok   ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped += 1;
      lines.push(`skip ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: unknown) => {
      counts.failed += 1;
      lines.push(`FAIL ${test.fullTitle()}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  });
}
