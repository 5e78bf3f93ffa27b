// The audit of the math verifier and the second opinion through the real server process, with a fake checker.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { AuditMath, GetSecondOpinion, InstallSecondOpinion, Verify, type ProgressOf } from '../../server/protocol/methods.ts';
import type { AuditedPair } from '../../server/protocol/audit.ts';
import { byFrequency } from '../../server/verifiers/secondOpinion/audit.ts';
import { eventually } from '../support/eventually.ts';
import { FAKE_VERSION, makeFakeChecker, type FakeChecker } from '../support/fakeChecker.ts';
import { connect, startServer, type ServerProcess, type TestClient } from '../support/serverProcess.ts';
import { tempDir } from '../support/tempDir.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const UNREADABLE = 'a long sentence of many words that says five';

/** Rollouts of the given (gold, answer) pairs; an answer of null is a response without a box. */
function rollouts(pairs: readonly (readonly [string, string | null])[]): string {
  return pairs.map(([gold, answer], n) => `${JSON.stringify({ id: `r${n}`, prompt: 'Find the value.', response: `So\n</think>\n${answer === null ? 'Nothing.' : `\\boxed{${answer}}`}`, gold })}\n`).join('');
}

describe('audit of the math verifier', { skip: hasPython ? false : 'skipped: needs python3' }, () => {
  let server: ServerProcess;
  let client: TestClient;
  const folder = tempDir({ after });
  let fake: FakeChecker;
  before(async () => {
    fake = await makeFakeChecker(join(folder, 'cache'));
    server = await startServer([], { XDG_CACHE_HOME: fake.cacheHome });
    client = await connect(server);
  });
  after(async () => {
    client.close();
    await server.stop();
  });

  const audit = async (pairs: Parameters<typeof rollouts>[0], name: string) => {
    const path = join(folder, name);
    await writeFile(path, rollouts(pairs));
    const found: AuditedPair[] = [];
    const events: ProgressOf<typeof AuditMath>[] = [];
    return { found, events, ...client.start(AuditMath, { path, problems: [] }, (event) => {
      events.push(event);
      if (event.type === 'asked') found.push(...event.found);
    }) };
  };

  it('lists what the two pay differently, with its rollouts', async () => {
    const { result, found, events } = await audit([
      ['1/2', '0.5'], ['1/2', '0.5'], ['7', '7'], ['12', '12 cm'], ['1/2', '0.5'], ['5', 'throw 5'], ['5', null], ['5', UNREADABLE], ['5', UNREADABLE],
    ], 'pairs.jsonl');
    const summary = await result;
    // They are told in the order in which the checkers answer, of which there are two; whoever shows them sorts them.
    assert.deepEqual(found.sort(byFrequency).map(({ gold, answer, count, refs, verdict, opinion }) => [gold, answer, count, refs, verdict.verdict, opinion]), [
      ['1/2', '0.5', 3, [0, 1, 4], 'correct', 'different'],
      ['5', UNREADABLE, 2, [7, 8], 'unverifiable', 'equal'],
      ['12', '12 cm', 1, [3], 'correct', 'different'],
    ]);
    const { issues, ...counts } = summary;
    assert.deepEqual(issues, []);
    assert.deepEqual(counts, {
      rollouts: 9, withoutAnswer: 1, notMath: 0, beyondLimit: 0, pairs: 5, occurrences: 8, asked: 5, agreed: 2, onlyOurs: 2, onlyTheirs: 1, paidDifferently: 6, failed: 1,
      cancelled: false, checker: FAKE_VERSION,
    });
    assert.deepEqual(events.at(-1)?.type, 'asked');
  });

  it('is cancelled down to the processes, and keeps what was found', async () => {
    // The hanging pairs are asked after the frequent one.
    const { result, found, cancel } = await audit([['1/2', '0.5'], ['1/2', '0.5'], ...Array.from({ length: 8 }, (_, n) => ['3', `hang ${n}`] as const)], 'hanging.jsonl');
    await eventually(() => Promise.resolve(found.length === 1), 'the first disagreement');
    cancel();
    const summary = await result;
    assert.deepEqual([summary.cancelled, summary.asked, summary.pairs, summary.onlyOurs], [true, 1, 9, 1]);
    const pids = (await readFile(fake.pids, 'utf8')).trim().split('\n').map(Number);
    assert.ok(pids.length >= 2);
    await eventually(() => Promise.resolve(pids.every((pid) => !isAlive(pid))), 'no process of the checker is left');
  });

  it('names a line that cannot be read and audits the rest', async () => {
    const path = join(folder, 'torn.jsonl');
    await writeFile(path, `${rollouts([['7', '7']])}{"id": "torn\n`);
    const summary = await client.request(AuditMath, { path, problems: [] });
    assert.deepEqual([summary.pairs, summary.agreed, summary.issues[0]?.line], [1, 1, 1]);
  });

  it('gives a second opinion only where it is asked for, and the verdict says so', async () => {
    const path = join(folder, 'unreadable.jsonl');
    await writeFile(path, rollouts([['5', UNREADABLE], ['5', '5'], ['5', '6'], ['7', 'throw a long sentence of many words']]));
    const verify = async (secondOpinion: boolean | undefined) => {
      const verdicts: string[][] = [];
      await client.request(Verify, { targets: [{ kind: 'file', path, refs: null }], problems: [], verifier: 'auto', customFolder: null, programs: true, ...(secondOpinion === undefined ? {} : { secondOpinion }) }, (event) => {
        if (event.type === 'verified') verdicts[event.ref] = [event.result.verdict.verdict, String(event.result.verdict.reward), event.result.verdict.rule, ...event.result.verdict.warnings.map(({ code }) => code)];
      });
      return verdicts;
    };
    const without = await verify(undefined);
    assert.deepEqual(without[0], ['unverifiable', '0', 'text.unreadable']);
    assert.deepEqual(await verify(false), without);
    const asked = await verify(true);
    assert.deepEqual(asked[0], ['correct', '1', 'second-opinion', 'option.second-opinion']);
    assert.deepEqual(asked.slice(1, 3), without.slice(1, 3));
    assert.deepEqual(asked[3], [...without[3] ?? [], 'option.second-opinion']);
    // The choice ends with its request.
    assert.deepEqual(await verify(undefined), without);
  });
});

describe('the second checker on the command line', { skip: hasPython ? false : 'skipped: needs python3' }, () => {
  const program = join(import.meta.dirname, '../../dist/server/main.mjs');
  const rlvr = (cacheHome: string, ...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: cacheHome } });

  it('audits pairs and rollouts, and gives a second opinion to an evaluation', async (t) => {
    const folder = tempDir(t);
    const { cacheHome } = await makeFakeChecker(join(folder, 'cache'));
    const [pairs, file] = [join(folder, 'pairs.jsonl'), join(folder, 'rollouts.jsonl')];
    await writeFile(pairs, '{"gold":"7","pred":"7"}\n{"gold":"12","pred":"12 cm","n":4}\n{"gold":"1/2","pred":"0.5"}\n');
    await writeFile(file, rollouts([['5', UNREADABLE], ['12', '12 cm'], ['12', '12 cm']]));
    const lines = ({ stdout }: { stdout: string }): unknown[] => stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
    const fields = (row: unknown, ...names: string[]) => names.map((name) => (row as Record<string, unknown>)[name]);

    const ofPairs = rlvr(cacheHome, 'audit', 'math', pairs);
    assert.equal(ofPairs.status, 0, ofPairs.stderr);
    assert.deepEqual(lines(ofPairs).map((row) => fields(row, 'gold', 'n', 'verdict', 'other')), [['12', 4, 'correct', 'different'], ['1/2', 1, 'correct', 'different']]);
    assert.match(ofPairs.stderr, /3 distinct pairs: 1 agree, 2 only ours correct, 0 only the other equal; the other failed on 0 \(fake checker 1\.0\)/);

    const ofRollouts = rlvr(cacheHome, 'audit', 'math', file);
    assert.equal(ofRollouts.status, 0, ofRollouts.stderr);
    assert.deepEqual(lines(ofRollouts).map((row) => fields(row, 'gold', 'n', 'refs')), [['12', 2, [1, 2]], ['5', 1, [0]]]);

    assert.deepEqual(lines(rlvr(cacheHome, 'verify', file)).map((row) => fields(row, 'reward', 'rule'))[0], [0, 'text.unreadable']);
    assert.deepEqual(lines(rlvr(cacheHome, 'verify', file, '--second-opinion')).map((row) => fields(row, 'reward', 'rule'))[0], [1, 'second-opinion']);
  });

  it('says plainly that it is not installed, and refuses to make rewards with it', async (t) => {
    const folder = tempDir(t);
    const file = join(folder, 'rollouts.jsonl');
    await writeFile(file, rollouts([['5', '5']]));
    const audit = rlvr(folder, 'audit', 'math', file);
    assert.deepEqual([audit.status, /is not installed in .*--install fetches/.test(audit.stderr)], [2, true], audit.stderr);
    const verify = rlvr(folder, 'verify', file, '--second-opinion');
    assert.deepEqual([verify.status, verify.stdout, /^rlvr: The second checker is not installed/.test(verify.stderr)], [3, '', true], verify.stderr);
    assert.match(rlvr(folder, 'verify', '--http', '127.0.0.1:0', '--second-opinion').stderr, /a service gives rewards/);
  });
});

describe('installing the second checker', () => {
  const serverWith = async (t: TestContext, python: string): Promise<{ client: TestClient; folder: string; end: () => Promise<void> }> => {
    const folder = tempDir(t);
    const server = await startServer(['--python', python], { XDG_CACHE_HOME: folder });
    const client = await connect(server);
    return { client, folder: join(folder, 'rlvr', 'math-peer'), end: async () => {
      client.close();
      await server.stop();
    } };
  };
  /** A Python that is none: it runs a shell script. */
  const fakePython = async (t: TestContext, script: string): Promise<string> => {
    const path = join(tempDir(t), 'python');
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };

  it('says what it would do, and an audit without it says that it is missing', async (t) => {
    const { client, folder, end } = await serverWith(t, 'python3');
    const status = await client.request(GetSecondOpinion, {});
    assert.equal(status.installed, null);
    assert.equal(status.folder, folder);
    assert.ok(status.packages.includes('sympy==1.12') && status.packages.includes('antlr4-python3-runtime==4.11.1'));
    await assert.rejects(client.request(AuditMath, { path: '/nowhere.jsonl', problems: [] }), /not installed/);
    await end();
  });

  for (const [what, script, message] of [
    ['no Python', null, /There is no Python: .* was not found/],
    ['no venv module', 'echo "No module named venv" >&2; exit 1', /venv module is missing/],
    // Python's own words when Debian left ensurepip out.
    ['no ensurepip', 'echo "The virtual environment was not created successfully because ensurepip is not available." ; exit 1', /python3-venv/],
    ['no network', `mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; [ "$2" = venv ] && exit 0; echo "WARNING: Retrying after connection broken by 'NewConnectionError: Temporary failure in name resolution'" >&2; echo "ERROR: No matching distribution found for sympy==1.12" >&2; exit 1`, /registry could not be reached/],
  ] as const) {
    it(`says plainly that there is ${what}, and leaves nothing half-made`, async (t) => {
      const { client, folder, end } = await serverWith(t, script === null ? '/nowhere/python3' : await fakePython(t, script));
      await assert.rejects(client.request(InstallSecondOpinion, {}), message);
      assert.equal(existsSync(folder), false);
      await end();
    });
  }

  it('is cancelled down to the children of pip', async (t) => {
    const pidFile = join(tempDir(t), 'pid');
    const { client, folder, end } = await serverWith(t, await fakePython(t, `sleep 1000 & echo $! > '${pidFile}'; echo waiting; wait`));
    const lines: string[] = [];
    const { result, cancel } = client.start(InstallSecondOpinion, {}, ({ message }) => lines.push(message));
    await eventually(() => Promise.resolve(lines.includes('waiting')), 'the installation runs');
    cancel();
    await assert.rejects(result, /cancelled/);
    const pid = Number(await readFile(pidFile, 'utf8'));
    await eventually(() => Promise.resolve(!isAlive(pid)), 'the child has ended');
    assert.equal(existsSync(folder), false);
    await end();
  });

  it('does not touch a folder that holds other files', async (t) => {
    const { client, folder, end } = await serverWith(t, 'python3');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'thesis.txt'), 'all of it');
    await assert.rejects(client.request(InstallSecondOpinion, {}), /holds other files/);
    assert.equal(await readFile(join(folder, 'thesis.txt'), 'utf8'), 'all of it');
    await end();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed process whose parent has not asked for it yet is no longer alive.
    return !/\) Z /.test(spawnSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' }).stdout);
  } catch {
    return false;
  }
}
