// What a cluster can do to a run: vanish and come back, forget the job, never place it. A small server plays the cluster.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { RunEventBody } from '../../../server/protocol/training.ts';
import type { Execution, Outcome } from '../../../server/training/engines/engine.ts';
import { followJob } from '../../../server/training/engines/verlRay/followJob.ts';
import { JobsClient } from '../../../server/training/engines/verlRay/jobsClient.ts';
import { jobPaths } from '../../../server/training/engines/verlRay/paths.ts';
import { runLayout } from '../../../server/training/runs/layout.ts';
import { foldEvent, NO_EVENTS, type RunState } from '../../../server/training/runs/state.ts';
import type { StageFile } from '../../../server/training/runs/stageFile.ts';
import { eventually } from '../../support/eventually.ts';
import { problem, testRoom } from './support.ts';

const PACE = { poll: 20, slowestPoll: 40, lostAfter: 100, submitFor: 200, stopPending: 60, lastLog: 50 };

/** Answers like the Jobs API: one job, in whatever state the test wants. */
interface FakeCluster {
  status: 'PENDING' | 'RUNNING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'unknown' | 'silent' | 'unauthorised';
  submissions: number;
  stops: number;
  readonly address: string;
}

async function cluster(context: TestContext): Promise<FakeCluster> {
  const fake = { status: 'unknown' as FakeCluster['status'], submissions: 0, stops: 0, address: '' };
  const server: Server = createServer((request, response) => {
    if (fake.status === 'silent') { response.destroy(); return; }
    request.resume();
    if (fake.status === 'unauthorised') { response.writeHead(401).end(); return; }
    if (request.method === 'POST' && request.url === '/api/jobs/') {
      fake.submissions += 1;
      fake.status = 'RUNNING';
      response.end('{}');
    } else if (request.url?.endsWith('/stop') === true) {
      fake.stops += 1;
      if (fake.status === 'RUNNING') fake.status = 'STOPPED';
      response.end('{"stopped":true}');
    } else if (fake.status === 'unknown') {
      response.writeHead(404).end('Job x does not exist');
    } else {
      response.end(JSON.stringify({ submission_id: 'x', status: fake.status, message: 'as Ray says', driver_exit_code: null }));
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  context.after(() => { server.closeAllConnections(); server.close(); });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  fake.address = `http://127.0.0.1:${address.port}`;
  return fake;
}

interface Started {
  readonly outcome: Promise<Outcome>;
  readonly stop: AbortController;
  /** Resolves when the run has had this status. */
  reached(status: string): Promise<void>;
  /** Messages of the statuses so far. */
  readonly messages: readonly string[];
}

async function start(context: TestContext, fake: FakeCluster, from: Partial<RunState> = { status: 'pending' }): Promise<Started> {
  const room = await testRoom([problem('a')], []);
  context.after(() => room.remove());
  const layout = runLayout(join(room.folder, 'run'));
  await mkdir(layout.directory);
  const stop = new AbortController();
  const detach = new AbortController();
  context.after(() => { detach.abort(); });
  let state: RunState = { ...NO_EVENTS, ...from };
  const had: string[] = [];
  const messages: string[] = [];
  const waiting: { status: string; resolve: () => void }[] = [];
  const execution: Execution = {
    layout, ports: room.ports, state: () => state, stop: stop.signal, detach: detach.signal,
    // Only the number of steps is read of it.
    stage: { request: room.request('run') } as StageFile,
    emit: (...bodies: RunEventBody[]) => {
      for (const body of bodies) {
        state = foldEvent(state, { seq: state.lastSeq + 1, time: '2026-01-01T00:00:00.000Z', body });
        if (body.type === 'status') {
          had.push(body.status);
          messages.push(body.message);
        }
      }
      for (const { status, resolve } of waiting) if (had.includes(status)) resolve();
      return Promise.resolve();
    },
  };
  const outcome = followJob(execution, new JobsClient(fake.address, () => ({})), {
    submission: { submissionId: 'x', entrypoint: 'true', environment: {}, metadata: {} }, paths: jobPaths(layout.directory, { sharedRoot: null }),
  }, PACE);
  outcome.catch(() => undefined);
  return {
    outcome, stop, messages,
    reached: (status) => new Promise((resolve) => { if (had.includes(status)) resolve(); else waiting.push({ status, resolve }); }),
  };
}

test('a cluster that falls silent makes the run lost; it goes on when the cluster answers again', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  const run = await start(context, fake);
  await run.reached('running');
  fake.status = 'silent';
  await run.reached('lost');
  fake.status = 'FAILED';
  assert.deepEqual(await run.outcome, { status: 'failed', message: 'as Ray says' });
  assert.equal(fake.submissions, 1);
});

test('a job that the cluster has forgotten is lost, not started again', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  const run = await start(context, fake, { status: 'running', step: 3 });
  const { status, message } = await run.outcome;
  assert.equal(status, 'lost');
  assert.match(message, /does not know the job/);
  assert.equal(fake.submissions, 0);
});

test('a run that had just been submitted when its server went away is found, not submitted again', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'RUNNING';
  const run = await start(context, fake, { status: 'pending' });
  await run.reached('running');
  assert.equal(fake.submissions, 0);
  run.stop.abort();
  assert.equal((await run.outcome).status, 'stopped');
  assert.equal(fake.stops, 1);
});

test('a job that waits for a place can be given up, though Ray never ends it', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'PENDING';
  const run = await start(context, fake);
  run.stop.abort();
  const { status, message } = await run.outcome;
  assert.equal(status, 'stopped');
  assert.match(message, /waiting for a place/);
});

test('success is reaching the planned step, not ending without an error', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'SUCCEEDED';
  const run = await start(context, fake, { status: 'running', step: 2 });
  assert.deepEqual(await run.outcome, { status: 'failed', message: 'the job ended by itself after step 2 of 6' });
});

test('a stop before the submission submits nothing', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  const run = await start(context, fake);
  run.stop.abort();
  assert.equal((await run.outcome).status, 'stopped');
  assert.equal(fake.submissions, 0);
});

test('a launch to nobody says so and ends', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'silent';
  const run = await start(context, fake);
  const { status, message } = await run.outcome;
  assert.equal(status, 'failed');
  assert.match(message, /cannot reach/);
  assert.deepEqual(run.messages.map((said) => said.replace(fake.address, 'ADDRESS').replace(/reach ADDRESS: .*;/, 'reach ADDRESS;')),
    ['submitting to ADDRESS', 'cannot reach ADDRESS; asked again for 1 s'], 'said at once, and once');
});

test('a run that was submitted by a server with a token waits for one, and is not submitted again', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'unauthorised';
  const run = await start(context, fake, { status: 'pending' });
  await eventually(() => run.messages.some((said) => /wants a token/.test(said)), 'the token is asked for');
  fake.status = 'RUNNING';
  await run.reached('running');
  fake.status = 'unauthorised';
  await run.reached('lost');
  fake.status = 'FAILED';
  assert.equal((await run.outcome).message, 'as Ray says');
  assert.equal(fake.submissions, 0);
});

test('a run that waits for a token can be stopped', { timeout: 20_000 }, async (context) => {
  const fake = await cluster(context);
  fake.status = 'unauthorised';
  const run = await start(context, fake);
  await eventually(() => run.messages.some((said) => /wants a token/.test(said)), 'the token is asked for');
  run.stop.abort();
  const { status, message } = await run.outcome;
  assert.equal(status, 'stopped');
  assert.match(message, /whether the job runs is not known.*wants a token/);
});
