// Runs belong to the server: events are numbered and on disk before they are sent, and a killed server loses none of them.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { GetRun, Launch, ListRecipes, ListRuns, PreviewLaunch, RunChanged, RunEvents, StopRun, SubscribeRun } from '../../server/protocol/methods.ts';
import { FINAL_STATUSES, type LaunchRequest, type RunEvent, type RunInfo } from '../../server/protocol/training.ts';
import { connect, startServer, type TestClient } from '../support/serverProcess.ts';
import { eventually } from '../support/eventually.ts';
import { tempDir } from '../support/tempDir.ts';

const samples = join(import.meta.dirname, '../../samples/workspace');

async function rehearsal(client: TestClient, root: string, steps: number, runId = 'rehearsal'): Promise<LaunchRequest> {
  const { recipes } = await client.request(ListRecipes, {});
  const recipe = recipes.find((each) => each.size === '7B');
  const stage = recipe?.stages[0];
  assert.ok(recipe && stage);
  return {
    runId, root, recipeId: recipe.id, stageId: stage.id, settings: { ...stage.settings, batchSize: 16, steps },
    problems: [join(samples, 'problems/math.jsonl')], validation: [], checkpoint: recipe.initialPolicy,
    engine: 'rehearsal', rehearsal: { rollouts: [join(samples, 'rollouts/math-policy.jsonl')] },
  };
}

/** Follows a run from `after` until `enough` says so. */
function follow(client: TestClient, directory: string, after: number, enough: (events: readonly RunEvent[]) => boolean): Promise<RunEvent[]> {
  return new Promise((resolve, reject) => {
    const seen: RunEvent[] = [];
    client.onNotification(RunEvents, (batch) => {
      if (batch.directory !== directory) return;
      seen.push(...batch.events);
      if (enough(seen)) resolve(seen);
    });
    client.request(SubscribeRun, { directory, after }).catch(reject);
  });
}

const ended = (events: readonly RunEvent[]): boolean => events.some(({ body }) => body.type === 'status' && FINAL_STATUSES.includes(body.status));
const numbers = (events: readonly RunEvent[]): number[] => events.map((event) => event.seq);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('runs on the real server process', () => {
  it('rehearses a stage and leaves a complete run directory', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const server = await startServer();
    t.after(() => server.stop());
    const client = await connect(server);
    const request = await rehearsal(client, root, 4);
    const preview = await client.request(PreviewLaunch, request);
    assert.deepEqual(preview.lints.filter((lint) => lint.severity === 'error'), []);
    assert.ok(!existsSync(root), 'a preview writes nothing');
    const run = await client.request(Launch, request);
    const events = await follow(client, run.directory, 0, ended);
    assert.deepEqual(numbers(events), upTo(events.length));
    const info: RunInfo = await client.request(GetRun, { directory: run.directory });
    assert.equal(info.status, 'succeeded', info.message);
    assert.equal(info.step, 4);
    for (const file of ['stage.json', 'train.parquet', 'command.sh', 'events.jsonl', 'metrics.jsonl', 'rollouts/1.jsonl', 'rollouts/4.jsonl']) {
      assert.ok(existsSync(join(run.directory, file)), file);
    }
    const onDisk = readFileSync(join(run.directory, 'events.jsonl'), 'utf8').trim().split('\n').length;
    assert.ok(onDisk >= events.length);
  });

  it('starts one run however often the launch is sent', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const server = await startServer();
    t.after(() => server.stop());
    const [a, b] = [await connect(server), await connect(server)];
    const request = await rehearsal(a, root, 3);
    const runs = await Promise.all([a.request(Launch, request), b.request(Launch, request), a.request(Launch, request)]);
    assert.equal(new Set(runs.map((run) => run.directory)).size, 1);
    const { runs: listed } = await a.request(ListRuns, { roots: [root] });
    assert.equal(listed.length, 1);
    await assert.rejects(a.request(Launch, { ...request, settings: { ...request.settings, steps: 5 } }), /rehearsal/);
  });

  it('goes on after kill -9 of the server, without a gap or a repeat for the client', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const first = await startServer();
    const client = await connect(first);
    const run = await client.request(Launch, await rehearsal(client, root, 60));
    const before = await follow(client, run.directory, 0, (events) => events.filter(({ body }) => body.type === 'step').length >= 3);
    await first.kill();
    client.close();
    const second = await startServer();
    t.after(() => second.stop());
    const again = await connect(second);
    await again.request(ListRuns, { roots: [root] });
    const after = await follow(again, run.directory, before.at(-1)?.seq ?? 0, ended);
    const all = [...before, ...after];
    assert.deepEqual(numbers(all), upTo(all.length));
    const steps = all.flatMap(({ body }) => (body.type === 'step' ? [body.step] : []));
    assert.deepEqual(steps, upTo(60));
    assert.equal((await again.request(GetRun, { directory: run.directory })).status, 'succeeded');
  });

  it('ends a run whose directory was removed, and another one may have its id', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const server = await startServer();
    t.after(() => server.stop());
    const client = await connect(server);
    const request = await rehearsal(client, root, 100_000);
    const run = await client.request(Launch, request);
    await follow(client, run.directory, 0, (events) => events.some(({ body }) => body.type === 'step'));
    let told: RunInfo | null = null;
    client.onNotification(RunChanged, (change) => { told = change.run; });
    rmSync(root, { recursive: true });
    const failed = await eventually(() => (told?.status === 'failed' ? told : null), 'the run fails');
    assert.match(failed.message, /removed|no such file/);
    rmSync(root, { recursive: true, force: true }); // what its last step may have left
    const second = await client.request(Launch, { ...request, settings: { ...request.settings, steps: 2 } });
    assert.equal(second.plannedSteps, 2);
    const other = await connect(server);
    const events = await follow(other, run.directory, 0, ended);
    assert.deepEqual(numbers(events), upTo(events.length));
    assert.equal((await other.request(GetRun, { directory: run.directory })).status, 'succeeded');
  });

  it('lists runs beside some that cannot be read, and says what is wrong with those', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const server = await startServer();
    t.after(() => server.stop());
    const client = await connect(server);
    const run = await client.request(Launch, await rehearsal(client, root, 2));
    await follow(client, run.directory, 0, ended);
    for (const name of ['folder', 'lines']) cpSync(run.directory, join(root, name), { recursive: true });
    rmSync(join(root, 'folder/events.jsonl'));
    mkdirSync(join(root, 'folder/events.jsonl'));
    writeFileSync(join(root, 'lines/events.jsonl'), 'no event\n'.repeat(200_000), { flag: 'a' });
    const another = await startServer();
    t.after(() => another.stop());
    const { runs } = await (await connect(another)).request(ListRuns, { roots: [root, join(run.directory, 'request.json')] });
    const found = new Map(runs.map((each) => [each.runId, each]));
    assert.equal(found.get('rehearsal')?.status, 'succeeded');
    assert.match(found.get('folder')?.message ?? '', /events cannot be read/);
    assert.equal(found.get('lines')?.status, 'succeeded');
    assert.match(found.get('lines')?.issues.at(-1) ?? '', /199900 more lines/);
  });

  it('stops within a step', async (t: TestContext) => {
    const root = join(tempDir(t), 'runs');
    const server = await startServer();
    t.after(() => server.stop());
    const client = await connect(server);
    const run = await client.request(Launch, await rehearsal(client, root, 100_000));
    await follow(client, run.directory, 0, (events) => events.some(({ body }) => body.type === 'step'));
    await client.request(StopRun, { directory: run.directory });
    const follower = await connect(server);
    const events = await follow(follower, run.directory, 0, ended);
    assert.ok(events.length > 0);
    assert.equal((await client.request(GetRun, { directory: run.directory })).status, 'stopped');
  });
});
