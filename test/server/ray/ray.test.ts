// veRL on Ray against a real Ray: the job is a stand-in for veRL that leaves the files veRL leaves; everything else is real.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { GetRun, GiveRayToken, Launch, ListRecipes, ListRuns, PreviewLaunch, ResumeRun, RunEvents, StopRun, SubscribeRun } from '../../../server/protocol/methods.ts';
import { FINAL_STATUSES, type LaunchRequest, type RunEvent, type VerlRayOptions } from '../../../server/protocol/training.ts';
import { JobsClient } from '../../../server/training/engines/verlRay/jobsClient.ts';
import { submissionId } from '../../../server/training/engines/verlRay/paths.ts';
import { filesHolding } from '../../support/filesHolding.ts';
import { connect, startServer, type ServerProcess, type TestClient } from '../../support/serverProcess.ts';
import { tempDir } from '../../support/tempDir.ts';
import { startRayHead, type RayHead } from '../../support/rayHead.ts';

const root = join(import.meta.dirname, '../../..');
const samples = join(root, 'samples/workspace');
const never = new AbortController().signal;

let ray: RayHead;

async function withServer(t: TestContext, env: NodeJS.ProcessEnv = { RAY_AUTH_TOKEN: ray.token }): Promise<{ server: ServerProcess; client: TestClient }> {
  const server = await startServer([], env);
  t.after(() => server.stop());
  const client = await connect(server);
  t.after(() => { client.close(); });
  return { server, client };
}

async function request(client: TestClient, folder: string, runId: string, change: { steps?: number; env?: Record<string, string>; verlVersion?: VerlRayOptions['verlVersion'] } = {}): Promise<LaunchRequest> {
  const { recipes } = await client.request(ListRecipes, {});
  const recipe = recipes.find(({ size }) => size === '7B');
  const stage = recipe?.stages[0];
  assert.ok(recipe && stage);
  return {
    runId, root: join(folder, 'runs'), recipeId: recipe.id, stageId: stage.id,
    settings: { ...stage.settings, batchSize: 4, rolloutsPerProblem: 4, steps: change.steps ?? 6, saveEvery: 2, validateEvery: 3 },
    problems: [join(samples, 'problems/math.jsonl')], validation: [join(samples, 'problems/more/deepscaler-like.json')], checkpoint: recipe.initialPolicy,
    engine: 'verl-ray',
    verlRay: {
      address: ray.address, verlVersion: change.verlVersion ?? '0.9.1', nodes: 1, gpusPerNode: 1, sharedRoot: null, tensorParallel: 1, sequenceParallel: 1,
      python: ray.python, entryModule: 'verl_standin',
      env: { PYTHONPATH: join(root, 'server/python'), VERL_STANDIN_STEP_SECONDS: '0.2', ...change.env }, extraOverrides: [],
    },
  };
}

/** Follows a run until `enough`; resolves with all events after `from`. */
function follow(client: TestClient, directory: string, from: number, enough: (events: readonly RunEvent[]) => boolean): Promise<RunEvent[]> {
  return new Promise((resolve, reject) => {
    const seen: RunEvent[] = [];
    client.onNotification(RunEvents, ({ directory: of, events }) => {
      if (of !== directory) return;
      seen.push(...events);
      if (enough(seen)) resolve(seen);
      else if (isOver(seen)) reject(new Error(`the run ended first: ${JSON.stringify(seen.at(-1))}`));
    });
    client.request(SubscribeRun, { directory, after: from }).catch(reject);
  });
}

const statuses = (events: readonly RunEvent[]): string[] => events.flatMap(({ body }) => (body.type === 'status' ? [body.status] : []));
const isOver = (events: readonly RunEvent[]): boolean => FINAL_STATUSES.some((status) => statuses(events).at(-1) === status);
const stepsOf = (events: readonly RunEvent[]): number[] => [...new Set(events.flatMap(({ body }) => (body.type === 'step' ? [body.step] : [])))];
const logOf = (events: readonly RunEvent[]): string => events.flatMap(({ body }) => (body.type === 'log' && body.stream === 'stdout' ? [body.text] : [])).join('');
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

/** The whole log as Ray has it. */
async function rayLog(directory: string, attempt = 1): Promise<string> {
  const reply = await fetch(`${ray.address}/api/jobs/${submissionId(directory, attempt)}/logs`, { headers: { authorization: `Bearer ${ray.token}` } });
  const { logs } = await reply.json() as { logs: string }; // Ray's own reply
  return logs;
}

describe('veRL on Ray, on a real Ray', { skip: process.platform !== 'linux' && 'skipped: the Ray head of the tests needs Linux' }, () => {
  before(async () => { ray = await startRayHead(); });
  after(async () => { await ray.stop(); });

  it('submits a stage, follows it and has everything when it is over', async (t) => {
    const { client, server } = await withServer(t);
    const launch = await request(client, tempDir(t), 'whole');
    const preview = await client.request(PreviewLaunch, launch);
    assert.deepEqual(preview.lints.filter(({ severity }) => severity === 'error'), []);
    assert.match(preview.command, /ray job submit/);
    const { directory } = await client.request(Launch, launch);
    const events = await follow(client, directory, 0, isOver);
    assert.deepEqual(events.map(({ seq }) => seq), upTo(events.length));
    assert.equal(statuses(events).at(-1), 'succeeded', JSON.stringify(events.at(-1)));
    assert.deepEqual(stepsOf(events), [0, ...upTo(6)]);
    const last = events.findLast(({ body }) => body.type === 'step')?.body;
    assert.ok(last?.type === 'step' && last.step === 6);
    for (const name of ['critic/score/mean', 'actor/entropy', 'response_length/clip_ratio', 'groups/no_signal', 'val-core/stand-in/acc/mean@8']) assert.equal(typeof last.metrics[name], 'number', name);
    assert.deepEqual(events.flatMap(({ body }) => (body.type === 'rollouts' ? [[body.step, body.count]] : [])), upTo(6).map((step) => [step, 16]));
    assert.equal(events.findLast(({ body }) => body.type === 'checkpoint')?.body.type === 'checkpoint' && (await client.request(GetRun, { directory })).step, 6);
    assert.equal(logOf(events), await rayLog(directory), 'the log is Ray’s, byte for byte');
    assert.deepEqual(filesHolding(directory, ray.token), [], 'no file holds the cluster’s token');
    assert.ok(!server.log().includes(ray.token));
  });

  it('submitting an attempt twice starts one job', async (t) => {
    const { client } = await withServer(t);
    const { directory } = await client.request(Launch, await request(client, tempDir(t), 'twice', { steps: 2 }));
    await follow(client, directory, 0, isOver);
    const jobs = new JobsClient(ray.address, () => ({ authorization: `Bearer ${ray.token}` }));
    await jobs.submit({ submissionId: submissionId(directory, 1), entrypoint: 'false', environment: {}, metadata: {} }, never);
    assert.equal((await jobs.get(submissionId(directory, 1), never))?.status, 'SUCCEEDED', 'the second submission changed nothing');
    assert.equal(await jobs.get('rlvr-unknown', never), null);
  });

  it('is taken over by the next server after kill -9, without a gap, a repeat or a second job', async (t) => {
    const folder = tempDir(t);
    const first = await startServer([], { RAY_AUTH_TOKEN: ray.token });
    const client = await connect(first);
    const { directory } = await client.request(Launch, await request(client, folder, 'killed', { steps: 25, env: { VERL_STANDIN_STEP_SECONDS: '0.4' } }));
    const seen = await follow(client, directory, 0, (events) => stepsOf(events).length >= 4 && logOf(events) !== '');
    await first.kill();
    client.close();
    const { client: again } = await withServer(t);
    const { runs } = await again.request(ListRuns, { roots: [join(folder, 'runs')] });
    assert.deepEqual(runs.map(({ status }) => status), ['running']);
    const rest = await follow(again, directory, seen.at(-1)?.seq ?? 0, isOver);
    const all = [...seen, ...rest];
    assert.deepEqual(all.map(({ seq }) => seq), upTo(all.length));
    assert.equal(statuses(all).at(-1), 'succeeded', JSON.stringify(all.at(-1)));
    assert.deepEqual(stepsOf(all), [0, ...upTo(25)]);
    assert.deepEqual(all.flatMap(({ body }) => (body.type === 'rollouts' ? [body.step] : [])), upTo(25), 'each step’s rollouts are told once');
    const log = logOf(all);
    assert.equal(log.split('STAND-IN for verl').length, 2, 'one job');
    assert.equal(log, await rayLog(directory));
  });

  it('stops, and resumes as a new attempt from the last checkpoint', async (t) => {
    const { client, server } = await withServer(t);
    const { directory } = await client.request(Launch, await request(client, tempDir(t), 'stopped', { steps: 12, env: { VERL_STANDIN_STEP_SECONDS: '0.5' } }));
    await follow(client, directory, 0, (events) => events.some(({ body }) => body.type === 'checkpoint'));
    assert.equal((await client.request(StopRun, { directory })).status, 'stopping');
    const follower = await connect(server);
    t.after(() => { follower.close(); });
    const stopped = await follow(follower, directory, 0, isOver);
    assert.equal(statuses(stopped).at(-1), 'stopped');
    const lastSeq = stopped.at(-1)?.seq ?? 0;
    assert.ok(Math.max(...stepsOf(stopped)) < 12);
    const ended = follow(follower, directory, lastSeq, (events) => statuses(events).at(-1) === 'succeeded' || statuses(events).at(-1) === 'failed');
    await client.request(ResumeRun, { directory });
    const events = await ended;
    assert.equal(statuses(events).at(-1), 'succeeded', JSON.stringify(events.at(-1)));
    const resumedAt = Math.min(...stepsOf(events));
    assert.ok(resumedAt > 1 && resumedAt % 2 === 1, `resumed after an even checkpoint, at step ${resumedAt}`);
    assert.equal(Math.max(...stepsOf(events)), 12);
  });

  it('reads the console where veRL writes no metrics file, and says why a job failed', async (t) => {
    const { client } = await withServer(t);
    const { directory } = await client.request(Launch, await request(client, tempDir(t), 'failing', { verlVersion: '0.5.0', env: { VERL_STANDIN_FAIL_AT: '4' } }));
    const events = await follow(client, directory, 0, isOver);
    assert.equal(statuses(events).at(-1), 'failed');
    assert.deepEqual(stepsOf(events), [0, 1, 2, 3]);
    assert.match((await client.request(GetRun, { directory })).message, /failing at step 4/);
    assert.match(logOf(events), /RuntimeError: failing at step 4/);
  });

  it('a cluster that wants a token forbids the launch until a client has given one, which only memory holds', async (t) => {
    const { client, server } = await withServer(t, { RAY_AUTH_TOKEN: '', RAY_AUTH_TOKEN_PATH: '' });
    const launch = await request(client, tempDir(t), 'token', { steps: 3 });
    const wantsToken = (words: RegExp) => (error: { message: string; data: unknown }): boolean => {
      assert.match(error.message, words);
      assert.deepEqual(error.data, { reason: 'ray-token', address: ray.address });
      return true;
    };
    await assert.rejects(client.request(Launch, launch), wantsToken(/wants a token/));
    assert.deepEqual((await client.request(ListRuns, { roots: [launch.root] })).runs, [], 'nothing was written');
    await client.request(GiveRayToken, { address: ray.address, token: 'f'.repeat(48) });
    await assert.rejects(client.request(Launch, launch), wantsToken(/refuses the token/));
    await assert.rejects(client.request(GiveRayToken, { address: ray.address, token: 'two lines\nof it' }), (error: Error) => !error.message.includes('two lines'));
    await client.request(GiveRayToken, { address: `${ray.address}/`, token: ray.token });
    const { directory } = await client.request(Launch, launch);
    const events = await follow(client, directory, 0, isOver);
    assert.equal(statuses(events).at(-1), 'succeeded', JSON.stringify(events.at(-1)));
    assert.deepEqual(filesHolding(directory, ray.token), []);
    assert.ok(!server.log().includes(ray.token));
    assert.ok(!readFileSync(`/proc/${server.child.pid}/cmdline`, 'utf8').includes(ray.token));
  });

  it('a restarted server has forgotten the token; given again, it takes the run over', async (t) => {
    const folder = tempDir(t);
    const env = { RAY_AUTH_TOKEN: '', RAY_AUTH_TOKEN_PATH: '' };
    const first = await startServer([], env);
    t.after(() => first.kill());
    const client = await connect(first);
    await client.request(GiveRayToken, { address: ray.address, token: ray.token });
    const { directory } = await client.request(Launch, await request(client, folder, 'forgotten', { steps: 20, env: { VERL_STANDIN_STEP_SECONDS: '0.4' } }));
    await follow(client, directory, 0, (events) => stepsOf(events).length >= 3);
    await first.kill();
    client.close();
    const { client: again } = await withServer(t, env);
    await again.request(ListRuns, { roots: [join(folder, 'runs')] });
    await follow(again, directory, 0, (seen) => seen.some(({ body }) => body.type === 'status' && body.message.includes('wants a token')));
    await assert.rejects(again.request(ResumeRun, { directory }), /wants a token/);
    await again.request(GiveRayToken, { address: ray.address, token: ray.token });
    const events = await follow(again, directory, 0, isOver);
    assert.equal(statuses(events).at(-1), 'succeeded', JSON.stringify(events.at(-1)));
    assert.deepEqual(stepsOf(events), [0, ...upTo(20)]);
    assert.equal(logOf(events).split('STAND-IN for verl').length, 2, 'one job');
  });
});
