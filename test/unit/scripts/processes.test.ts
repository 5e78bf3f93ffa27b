import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findOnPath, mustRun, run, start } from '../../../scripts/lib/processes.ts';
import { tempDir } from '../../support/tempDir.ts';

const posix = process.platform !== 'win32';

test('stopping a program ends what it started, orphans in sessions of their own too', { skip: !posix || process.platform !== 'linux' }, async (t) => {
  const folder = tempDir(t);
  const pidFile = join(folder, 'orphan');
  // The shell in between ends at once, so that the sleeper hangs below process 1.
  const script = `(setsid sh -c 'echo $$ > "${pidFile}.new"; mv "${pidFile}.new" "${pidFile}"; exec sleep 600' &) ; exec sleep 600`;
  const running = start('sh', ['-c', script]);
  await until(() => existsSync(pidFile));
  const orphan = Number(readFileSync(pidFile, 'utf8'));
  assert.equal(lives(orphan), true);
  await running.stop();
  assert.equal(lives(orphan), false);
  assert.equal(lives(running.pid), false);
  assert.equal((await running.finished).stopped, true);
});

test('a program that ignores polite signals is ended all the same, at the time limit', { skip: !posix }, async () => {
  const result = await run('sh', ['-c', "trap '' TERM; echo ready; while :; do sleep 1; done"], { timeoutMs: 300 });
  assert.equal(result.timedOut, true);
  assert.match(result.tail, /ready/);
});

test('a failing program is an error that shows its last words', { skip: !posix }, async () => {
  await assert.rejects(mustRun('sh', ['-c', 'echo first; echo last words >&2; exit 3']), /ended with code 3\.\n[^]*last words/);
  await assert.rejects(mustRun('/nonexistent/program', []), /could not be run/);
});

test('the last line is seen without its line end', { skip: !posix }, async () => {
  assert.equal((await mustRun('sh', ['-c', 'printf "a\\nb"'])).tail, 'a\nb');
});

test('a program is looked up on PATH', { skip: !posix }, () => {
  assert.match(findOnPath('no-such-program-here', 'sh') ?? '', /\/sh$/);
  assert.equal(findOnPath('no-such-program-here'), undefined);
});

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition did not become true within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
