// Problem sets, rollouts and verification through the real server process.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_DECONTAMINATION } from '../../server/protocol/decontamination.ts';
import { Configure, Decontaminate, DiscoverFiles, GetRollout, ListGroups, ListProblems, ListVerifiers, OpenProblems, OpenRollouts, ProblemsChanged, RolloutsChanged, Status, Verify, VerifyPair } from '../../server/protocol/methods.ts';
import { connect, startServer, type ServerProcess, type TestClient } from '../support/serverProcess.ts';
import { tempDir } from '../support/tempDir.ts';

const samples = join(import.meta.dirname, '../../samples/workspace');
const math = join(samples, 'problems/math.jsonl');
const mathRollouts = join(samples, 'rollouts/math-policy.jsonl');
const codeRollouts = join(samples, 'rollouts/code-policy.jsonl');
const code = join(samples, 'problems/code.jsonl');

describe('features on the real server process', () => {
  let server: ServerProcess;
  let client: TestClient;
  before(async () => {
    server = await startServer();
    client = await connect(server);
  });
  after(async () => {
    client.close();
    await server.stop();
  });

  it('finds problem sets and rollout files by content', async () => {
    const { files } = await client.request(DiscoverFiles, { roots: [samples] });
    assert.deepEqual(files.filter((file) => file.path === math).map((file) => file.kind), ['problems']);
    assert.deepEqual(files.filter((file) => file.path === mathRollouts).map((file) => file.kind), ['rollouts']);
  });

  it('opens, lists and filters problems', async () => {
    const info = await client.request(OpenProblems, { path: math });
    assert.ok(info.count >= 60);
    const { total, rows } = await client.request(ListProblems, { path: math, query: { states: ['filtered'] }, offset: 0, limit: 2 });
    assert.ok(total >= 3);
    assert.equal(rows.length, 2);
  });

  it('streams verdicts, remembers them for the lists, and tells every client', async () => {
    const other = await connect(server);
    const changed = new Promise<string>((resolve) => other.onNotification(RolloutsChanged, ({ path }) => resolve(path)));
    await other.request(OpenRollouts, { path: mathRollouts });
    let streamed = 0;
    const summary = await client.request(Verify, { targets: [{ kind: 'file', path: mathRollouts, refs: [0, 1, 2, 3, 4, 5, 6, 7] }], problems: [math], verifier: 'auto', customFolder: null, programs: true }, (event) => {
      if (event.type === 'verified') streamed += 1;
    });
    assert.equal(summary.done, 8);
    assert.equal(streamed, 8);
    assert.equal(await changed, mathRollouts);
    const { groups } = await client.request(ListGroups, { path: mathRollouts, query: {}, offset: 0, limit: 1 });
    assert.ok(groups[0]?.rows.every((row) => row.stateFrom === 'verdict'));
    const page = await client.request(GetRollout, { path: mathRollouts, ref: 0 });
    assert.ok(page.verdict);
    other.close();
  });

  it('cancels a verification down to the programs, and goes on working', async (t) => {
    const folder = tempDir(t);
    const slow = join(folder, 'slow.jsonl');
    const problems = join(folder, 'slow-problems.jsonl');
    await writeFile(problems, `${JSON.stringify({ id: 'slow', domain: 'code', problem: 'Wait.', tests: { cases: [{ input: '1\n', output: '1\n' }], time_limit_s: 600 } })}\n`);
    await writeFile(slow, Array.from({ length: 6 }, (_, i) => JSON.stringify({ id: `r${i}`, problem_id: 'slow', prompt: 'Wait.', response: `</think>\n\`\`\`python\nx = ${i}\nwhile True: pass\n\`\`\`` })).join('\n'));
    const verification = client.start(Verify, { targets: [{ kind: 'file', path: slow, refs: null }], problems: [problems], verifier: 'auto', customFolder: null, programs: true }, (event) => {
      if (event.type === 'planned') verification.cancel();
    });
    const outcome = await verification.result.then((summary) => summary.cancelled, () => true);
    assert.equal(outcome, true);
    const summary = await client.request(Verify, { targets: [{ kind: 'file', path: codeRollouts, refs: [0, 1] }], problems: [code], verifier: 'auto', customFolder: null, programs: true });
    assert.equal(summary.done, 2);
    assert.equal(summary.byVerdict.error ?? 0, 0);
  });

  it('runs no program for an untrusted workspace, and still verifies math', async () => {
    const request = (path: string, set: string) => client.request(Verify, { targets: [{ kind: 'file', path, refs: [0, 1] }], problems: [set], verifier: 'auto', customFolder: null, programs: false });
    assert.deepEqual(withoutZeros((await request(codeRollouts, code)).byVerdict), { error: 2 });
    assert.equal((await request(mathRollouts, math)).byVerdict.error ?? 0, 0);
    await assert.rejects(client.request(Verify, { targets: [{ kind: 'file', path: mathRollouts, refs: [0] }], problems: [math], verifier: 'custom:length-aware.js', customFolder: join(samples, 'rlvr/verifiers'), programs: false }), /trusted workspaces only/);
  });

  it('says which rollout has no problem and verifies the others', async (t) => {
    const path = join(tempDir(t), 'mixed.jsonl');
    await writeFile(path, [
      JSON.stringify({ id: 'known', prompt: 'What is 2+2?', response: '</think>\\boxed{4}', gold: '4' }),
      JSON.stringify({ id: 'lost', problem_id: 'nowhere', prompt: 'What?', response: '</think>\\boxed{4}' }),
      '{"id": "torn", ',
    ].join('\n'));
    const summary = await client.request(Verify, { targets: [{ kind: 'file', path, refs: null }], problems: [math], verifier: 'auto', customFolder: null, programs: true });
    assert.equal(summary.byVerdict.correct, 1);
    assert.equal(summary.byVerdict.unverifiable, 1);
    assert.match(summary.issues.map((issue) => issue.message).join('\n'), /nowhere/);
  });

  it('takes the word of the client’s settings on thinking parts, until they change', async (t) => {
    const folder = tempDir(t);
    const path = join(folder, 'cut.jsonl');
    await writeFile(path, `${JSON.stringify({ prompt: 'What is 2*3?', response: 'I get \\boxed{6}. Wait', gold: '6', finish_reason: 'length' })}\n`);
    const verdicts = async (thinkingOpened: 'auto' | 'yes' | 'no'): Promise<Record<string, number>> => {
      await client.request(Configure, { folders: [{ path: folder, thinkingOpened, decontamination: DEFAULT_DECONTAMINATION }] });
      const summary = await client.request(Verify, { targets: [{ kind: 'file', path, refs: null }, { kind: 'text', path, lines: [{ line: 0, text: await readFile(path, 'utf8') }] }], problems: [], verifier: 'auto', customFolder: null, programs: true });
      return withoutZeros(summary.byVerdict);
    };
    assert.deepEqual(await verdicts('auto'), { correct: 2 });
    assert.deepEqual(await verdicts('yes'), { unverifiable: 2 });
    const page = await client.request(GetRollout, { path, ref: 0 });
    assert.deepEqual([page.thinking, page.row.thinkShape, page.verdict?.rule], [{ opened: true, by: 'choice' }, 'unclosed', 'extract.unclosed-think']);
    assert.deepEqual(await verdicts('no'), { correct: 2 });
  });

  it('finds the planted problem by itself, before anybody saves, and reports it with its place', async () => {
    const contaminated = async (): Promise<boolean> => {
      const { byState, check } = await client.request(OpenProblems, { path: math });
      assert.ok(check.state !== 'failed');
      return check.state === 'done' && byState['contaminated'] === 1 && byState['unchecked'] === undefined;
    };
    const changed = new Promise<void>((resolve) => client.onNotification(ProblemsChanged, ({ path }) => { if (path === math) resolve(); }));
    if (!await contaminated()) {
      await changed;
      assert.ok(await contaminated());
    }
    const report = await client.request(Decontaminate, { path: math, ...DEFAULT_DECONTAMINATION });
    assert.ok(report.contaminations.length >= 1);
    const [hit] = report.contaminations;
    assert.ok(hit?.range && hit.best.span.text.length > 20);
    const { total } = await client.request(ListProblems, { path: math, query: { states: ['contaminated'] }, offset: 0, limit: 5 });
    assert.equal(total, report.contaminations.filter((each) => each.ignored === null).length);
  });

  it('explains a single pair', async () => {
    const { verdict } = await client.request(VerifyPair, { gold: '\\frac{1}{2}', answer: '0.5' });
    assert.equal(verdict.verdict, 'correct');
  });

  it('lists the verifiers and the state of the sandbox', async () => {
    const { verifiers } = await client.request(ListVerifiers, { customFolder: join(samples, 'rlvr/verifiers') });
    assert.ok(verifiers.some((verifier) => verifier.id === 'math'));
    const status = await client.request(Status, {});
    assert.ok(status.sandbox.detail.length > 0);
  });

  it('names a file that does not exist', async () => {
    await assert.rejects(client.request(OpenProblems, { path: join(samples, 'missing.jsonl') }), /missing\.jsonl/);
  });
});

function withoutZeros(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
