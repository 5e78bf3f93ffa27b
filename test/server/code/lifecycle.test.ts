// A machine's fault is never a reward of 0, and nothing outlives what it belongs to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { SandboxChoice } from '../../../server/verifiers/code/sandbox/choose.ts';
import { createCodeVerifier, type CodeVerifier } from '../../../server/verifiers/code/codeVerifier.ts';
import { tempDir } from '../../support/tempDir.ts';
import { cpuTicks, descendants, isAlive, killNow, until } from './processes.ts';
import { cannotRun, gradeOf, modes, stdin, verifierOf } from './verifierOf.ts';

const SUM = 'n = input()\nprint(sum(map(int, input().split())))';
const suite = stdin('3\n1 2 3\n', '6\n');
/** Runs for a second of CPU time or two. */
const SLOW = `t = 0\nfor i in range(20_000_000):\n    t += i\n${SUM}`;
const FOREVER = 'while True:\n    pass';
/** Hundredths of a second after which a process runs its program for sure: in Pyodide it has started an interpreter before. */
const busyTicks = (mode: SandboxChoice): number => (mode === 'pyodide' ? 100 : 5);
/** Waits until the one box runs a program; gives its processes, the box first, the candidate last. */
async function running(verifier: CodeVerifier, mode: SandboxChoice): Promise<number[]> {
  let pids: number[] = [];
  const before = mode === 'pyodide' ? verifier.boxPids().flatMap(descendants).reduce((sum, pid) => sum + cpuTicks(pid), 0) : 0;
  await until('the candidate runs', () => {
    pids = verifier.boxPids().flatMap((box) => [box, ...descendants(box)]);
    // bubblewrap twice, the helper and its candidate; or the last two (in Pyodide, the runner for the candidate).
    return pids.length === (mode === 'namespaces' ? 4 : 2) && cpuTicks(pids.at(-1) ?? 0) > before + busyTicks(mode);
  });
  return pids;
}

// A temporary folder of this file's own, so that its boxes can be counted; a slot's own user has to get through it.
const temporary = mkdtempSync(join(tmpdir(), 'rlvr-lifecycle-'));
chmodSync(temporary, 0o755);
process.env['TMPDIR'] = temporary;
after(() => { rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }); });
const boxFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('rlvr-box-')).sort();

for (const mode of modes) {
  for (const [what, choose] of [
    ['the box', (pids: number[]) => pids.slice(0, 1)],
    ['the helper', (pids: number[]) => pids.slice(-2, -1)],
    ['the candidate', (pids: number[]) => pids.slice(-1)],
    ['everything', (pids: number[]) => pids],
  ] as const) {
    test(`kill -9 of ${what} loses no verdict (${mode})`, { skip: cannotRun }, async (t) => {
      const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
      if (!verifier) return;
      assert.ok((await gradeOf(verifier, suite, SUM)).passed);
      const pending = gradeOf(verifier, suite, SLOW);
      const pids = await running(verifier, mode);
      for (const pid of choose(pids)) killNow(pid);
      assert.ok((await pending).passed);
      if (what !== 'the candidate') await until('the old box is gone', () => !pids.some(isAlive));
    });
  }

  test(`a program that is killed every time is an error, not a failure (${mode})`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    let over = false;
    const pending = verifier.verifyProgram({ ...suite, timeLimitSeconds: 60 }, FOREVER).finally(() => { over = true; });
    const killed = new Set<number>();
    await until('it was killed twice', () => {
      for (const box of verifier.boxPids()) {
        const candidate = descendants(box).at(-1);
        if (candidate === undefined || cpuTicks(candidate) < 2 * busyTicks(mode) || killed.has(candidate)) continue;
        killed.add(candidate);
        killNow(candidate);
      }
      return over;
    }, 120_000);
    const outcome = await pending;
    assert.equal(outcome.kind, 'error');
    assert.match(outcome.kind === 'error' ? outcome.reason : '', /killed from outside.*tried twice/);
    assert.ok((await gradeOf(verifier, suite, SUM)).passed);
  });

  test(`cancelling reaches the candidate (${mode})`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    await gradeOf(verifier, suite, SUM);
    const controller = new AbortController();
    const first = verifier.verifyProgram({ ...suite, timeLimitSeconds: 600 }, FOREVER, controller.signal);
    const queued = verifier.verifyProgram(suite, `${SUM}\n# queued`, controller.signal);
    const pids = await running(verifier, mode);
    const rejected = [first, queued].map((each) => assert.rejects(each, { name: 'AbortError' }));
    controller.abort();
    await Promise.all(rejected);
    await until('its processes are gone', () => !pids.some(isAlive));
    assert.ok((await gradeOf(verifier, suite, `${SUM}\n# later`)).passed, 'the verifier still works');
  });

  test(`closing the verifier ends everything (${mode})`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    await gradeOf(verifier, suite, SUM);
    const pending = assert.rejects(verifier.verifyProgram({ ...suite, timeLimitSeconds: 600 }, FOREVER), { name: 'AbortError' });
    const pids = await running(verifier, mode);
    await verifier.dispose();
    await pending;
    await until('its processes are gone', () => !pids.some(isAlive));
  });

  test(`nothing survives a server that is killed (${mode})`, { skip: cannotRun }, async (t) => {
    if (!await verifierOf(t, { sandbox: mode })) return;
    const before = boxFolders();
    const module = join(import.meta.dirname, '../../../server/verifiers/code/codeVerifier.ts');
    const program = `
      const { createCodeVerifier } = await import(${JSON.stringify(module)});
      const verifier = createCodeVerifier({ slots: 2, sandbox: ${JSON.stringify(mode)} });
      for (let i = 0; i < 2; i++) void verifier.verifyProgram(${JSON.stringify({ ...suite, timeLimitSeconds: 600 })}, ${JSON.stringify(FOREVER)} + '\\n#' + i);
    `;
    const server = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    t.after(() => server.kill('SIGKILL'));
    const expected = mode === 'namespaces' ? 8 : 4; // a box is bubblewrap twice, the helper and its candidate; or the last two
    await until('both programs run', () => descendants(server.pid ?? 0).length >= expected);
    const pids = descendants(server.pid ?? 0);
    server.kill('SIGKILL');
    await until('all is gone', () => !pids.some(isAlive));
    await until('its folders are gone', () => boxFolders().every((name) => before.includes(name)));
  });
}

test('many jobs leave no growth behind', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'namespaces' });
  if (!verifier) return;
  const jobs = Number(process.env['RLVR_SOAK_JOBS'] ?? 400);
  const programs = [SUM, 'import os\nos._exit(1)', 'open("left", "w").write("x")', '1/0', 'print("x" * 100000)'];
  const round = async (count: number): Promise<void> => {
    await Promise.all(Array.from({ length: count }, (_, i) => verifier.verifyProgram(suite, `${programs[i % programs.length] ?? ''}\n# ${i} ${count}`)));
  };
  const open = (): number => readdirSync('/proc/self/fd').length;
  await round(jobs / 10);
  const pids = verifier.boxPids();
  const before = { open: open(), folders: boxFolders().length };
  await round(jobs);
  assert.deepEqual(verifier.boxPids(), pids, 'the same boxes served all jobs');
  assert.deepEqual({ open: open(), folders: boxFolders().length }, before);
  await until('each box has its helper and one waiting process', () => descendants(process.pid).length === 8);
});

test('a missing Python is an error that says what to do', async () => {
  const verifier = createCodeVerifier({ python: '/nonexistent/python3' });
  const status = await verifier.status();
  assert.equal(status.sandbox.level, 'none');
  assert.match(status.problem ?? '', /no Python at \/nonexistent\/python3.*Install Python 3\.10.*rlvr\.code\.pythonPath/);
  const verdict = await verifier.verify({ domain: 'code', problemId: 'p', statement: null, gold: null, tests: suite, response: `\`\`\`python\n${SUM}\n\`\`\`` });
  assert.equal(verdict.verdict, 'error');
  assert.equal(verdict.reward, null);
});

test('without a sandbox that holds, code is refused unless the user allows it', { skip: cannotRun }, async (t) => {
  const runner = tempDir(t); // no helper in it: no box can start
  const refused = createCodeVerifier({ runner });
  t.after(() => refused.dispose());
  const outcome = await refused.verifyProgram(suite, SUM);
  assert.equal(outcome.kind, 'error');
  assert.match(outcome.kind === 'error' ? outcome.reason : '', /No sandbox holds on this machine.*rlvr\.code\.allowUnsafe/);
  assert.equal((await refused.status()).sandbox.level, 'none');
});

test('waiting for a processor is not charged, sleeping is', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { slots: 2 });
  if (!verifier) return;
  const busy = Array.from({ length: 8 }, () => spawn(process.execPath, ['-e', 'for (const end = Date.now() + 60000; Date.now() < end;);'], { stdio: 'ignore' }));
  t.after(() => { for (const process of busy) process.kill('SIGKILL'); });
  const work = 'import time\nwhile time.process_time() < 0.7:\n    pass\nprint(6)';
  const [computing, again, sleeping] = await Promise.all([
    gradeOf(verifier, stdin('', '6', 1), work),
    gradeOf(verifier, stdin('', '6', 1), `${work}\n# again`),
    gradeOf(verifier, stdin('', '6', 1), 'import time\ntime.sleep(3)\nprint(6)'),
  ]);
  assert.ok(computing.passed && again.passed);
  assert.ok(computing.nearLimit, 'more than half of the limit is near it');
  assert.equal(sleeping.failed?.kind, 'time');
  // A thread that is not joined has one switch interval to itself: of processor time, too.
  const unjoined = (seconds: number, n: number): string => `import threading, time\ndef work():\n    while time.thread_time() < ${seconds}:\n        pass\n    print(6)\nthreading.Thread(target=work).start()\n# ${n}`;
  const short = await Promise.all(Array.from({ length: 40 }, (_, n) => gradeOf(verifier, stdin('', '6', 1), unjoined(0.003, n))));
  assert.deepEqual(short.map(({ passed }) => passed), short.map(() => true));
  assert.equal((await gradeOf(verifier, stdin('', '6', 1), unjoined(0.3, 0))).passed, false);
});
