import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { LaunchRequest, Metrics, RunEvent, RunInfo, RunStatus } from '../../../server/protocol/training.ts';
import { RunManager } from '../../../server/training/runManager.ts';
import { problem, testRoom, type Recorded, type TestRoom } from './support.ts';

const call = { signal: new AbortController().signal, progress: (): void => undefined };

const PROBLEMS = ['a', 'b', 'c', 'd'].map((id) => problem(id));
/** Two right and two wrong short ones for each, and one right one that is longer than 8,192 tokens. */
const RECORDED: Recorded[] = PROBLEMS.flatMap(({ id }) => [
  { problemId: id, response: 'so it is 1', tokens: 100 },
  { problemId: id, response: 'clearly 1', tokens: 300 },
  { problemId: id, response: 'so it is 2', tokens: 200 },
  { problemId: id, response: 'hm, 3', tokens: 400 },
  { problemId: id, response: `${'x'.repeat(999)}1`, tokens: 10_000 },
]);

async function room(context: TestContext, recorded = RECORDED): Promise<TestRoom> {
  const made = await testRoom(PROBLEMS, recorded);
  context.after(() => made.remove());
  return made;
}

function manager(context: TestContext, { ports }: TestRoom): RunManager {
  const made = new RunManager(ports);
  context.after(() => made.close());
  return made;
}

/** Resolves with the run once it has one of the statuses. */
function reaching(runs: RunManager, ...statuses: RunStatus[]): Promise<RunInfo> {
  return new Promise((resolve) => {
    const end = runs.onRunChanged((run) => {
      if (!statuses.includes(run.status)) return;
      end();
      resolve(run);
    });
  });
}

async function eventsOf(runs: RunManager, directory: string, after = 0): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const over = new AbortController();
  const { lastSeq } = await runs.getRun({ directory }).then(({ lastSeq: last }) => ({ lastSeq: last }));
  await new Promise<void>((resolve, reject) => {
    runs.subscribeRun({ directory, after }, over.signal, (piece) => {
      events.push(...piece);
      if ((events.at(-1)?.seq ?? 0) >= lastSeq) resolve();
    }).catch(reject);
  });
  over.abort();
  return events;
}

/** Metrics by step without what the clock decides. */
function steps(events: readonly RunEvent[]): [number, Metrics][] {
  return events.flatMap(({ body }) => (body.type === 'step'
    ? [[body.step, Object.fromEntries(Object.entries(body.metrics).filter(([name]) => !/^timing_s|^verifier\//.test(name)))] as [number, Metrics]] : []));
}

test('a rehearsal runs to its end, writes the run directory and says that it trains no model', async (context) => {
  const made = await room(context);
  const runs = manager(context, made);
  const done = reaching(runs, 'succeeded', 'failed');
  const started = await runs.launch(made.request('first'), call);
  assert.equal(started.engineLabel, 'rehearsal (trains no model)');
  const ended = await done;
  assert.equal(ended.message, 'rehearsed 6 steps; no model was trained');
  assert.equal(ended.step, 6);

  const events = await eventsOf(runs, started.directory);
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  assert.deepEqual(events.flatMap(({ body }) => (body.type === 'status' ? [body.status] : [])), ['preparing', 'pending', 'running', 'succeeded']);
  assert.deepEqual(events.flatMap(({ body }) => (body.type === 'checkpoint' ? [body.step] : [])), [3, 6]);
  const metrics = await readFile(join(started.directory, 'metrics.jsonl'), 'utf8');
  assert.equal(metrics.trim().split('\n').length, 6);
  const rollouts = events.flatMap(({ body }) => (body.type === 'rollouts' ? [body] : []));
  assert.deepEqual(rollouts[0], { type: 'rollouts', step: 1, path: join(started.directory, 'rollouts', '1.jsonl'), count: 8 });
  const lines = (await readFile(rollouts[0]?.path ?? '', 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // written by the engine under test
  for (const line of lines) {
    const cut = line['finish_reason'] === 'length';
    assert.equal(line['tokens'] === 8192, cut);
    if (cut) assert.equal(String(line['response']).length, Math.floor(1000 * 8192 / 10_000), 'a cut response has its text cut');
    if (cut) assert.equal(line['score'], 0, 'and is verified as such');
  }
  assert.equal(made.verifier.calls <= RECORDED.length, true, 'each recorded rollout is verified at most once');
});

test('the verifier is told what the stage says of the chat template; the rollouts and the checks say it too', async (context) => {
  for (const thinkingOpened of [true, false]) {
    const made = await room(context, [{ problemId: 'a', response: 'no tags, 1', tokens: 10, cut: true }, { problemId: 'a', response: 'hm</think>1', tokens: 10 }]);
    const runs = manager(context, made);
    const request = made.request('told', { thinkingOpened, steps: 1, batchSize: 1 });
    const lints = (await runs.previewLaunch(request, call)).lints.filter(({ field }) => field === 'thinkingOpened');
    assert.match(lints.map(({ severity, message, suggestion }) => `${severity}: ${message} (${suggestion?.text ?? ''})`).join(), thinkingOpened ? /^info: 1 of 2 rollouts have no think tag.*paid 0.*\(\)$/ : /^warning: 1 of 2 rollouts close a thought.*\(true\)$/);
    const done = reaching(runs, 'succeeded', 'failed');
    const { directory } = await runs.launch(request, call);
    await done;
    assert.deepEqual(new Set(made.verifier.opened.values()), new Set([thinkingOpened]));
    const [line] = (await readFile(join(directory, 'rollouts/1.jsonl'), 'utf8')).split('\n');
    assert.match(line ?? '', new RegExp(`"thinking_opened":${thinkingOpened}`));
    assert.match(await readFile(join(directory, 'stage.json'), 'utf8'), new RegExp(`"thinkingOpened": ${thinkingOpened}`));
  }
});

test('the table learns: the reward rises and the entropy falls', async (context) => {
  const made = await room(context);
  const runs = manager(context, made);
  const done = reaching(runs, 'succeeded', 'failed');
  const { directory } = await runs.launch(made.request('learns', { steps: 80, saveEvery: 40, batchSize: 4, rolloutsPerProblem: 8 }), call);
  await done;
  const told = steps(await eventsOf(runs, directory));
  const average = (part: typeof told, name: string): number => part.reduce((sum, [, metrics]) => sum + (metrics[name] ?? NaN), 0) / part.length;
  assert.equal(told.length, 80);
  assert.ok(average(told.slice(0, 5), 'critic/score/mean') < 0.65);
  assert.ok(average(told.slice(-5), 'critic/score/mean') > 0.9);
  assert.ok(average(told.slice(0, 5), 'actor/entropy') > 1.3, 'ln 5 = 1.61 at first');
  assert.ok(average(told.slice(-5), 'actor/entropy') < 1);
  assert.ok(average(told.slice(-5), 'groups/all_correct') > average(told.slice(0, 5), 'groups/all_correct'));
  assert.ok(average(told.slice(-5), 'response_length/clip_ratio') < average(told.slice(0, 5), 'response_length/clip_ratio'));
});

test('a server that goes away and comes back continues the run with the very same steps', async (context) => {
  const made = await room(context);
  const whole = manager(context, made);
  const wholeDone = reaching(whole, 'succeeded', 'failed');
  const { directory: uninterrupted } = await whole.launch(made.request('whole', { steps: 40 }), call);
  await wholeDone;
  const expected = steps(await eventsOf(whole, uninterrupted));

  const first = new RunManager(made.ports);
  const { directory } = await first.launch(made.request('broken', { steps: 40 }), call);
  const watching = new AbortController();
  const held = Promise.withResolvers<undefined>();
  const seen = new Promise<void>((resolve, reject) => {
    first.subscribeRun({ directory, after: 0 }, watching.signal, (events) => {
      if (!events.some(({ body }) => body.type === 'step' && body.step >= 4)) return;
      made.reading = held.promise; // it gets no further than this
      resolve();
    }).catch(reject);
  });
  await seen;
  const closed = first.close();
  held.resolve(undefined);
  await closed;
  made.reading = Promise.resolve();
  watching.abort();
  // What a kill in the middle of a write leaves behind.
  await appendFile(join(directory, 'events.jsonl'), '{"seq":');

  const second = manager(context, made);
  const ended = reaching(second, 'succeeded', 'failed');
  const { runs } = await second.listRuns({ roots: [join(made.folder, 'runs')] });
  assert.equal(runs.length, 2);
  assert.match(runs.find(({ runId }) => runId === 'broken')?.issues.join() ?? '', /unfinished line/);
  if (runs.find(({ runId }) => runId === 'broken')?.status !== 'succeeded') await ended;
  const events = await eventsOf(second, directory);
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  assert.deepEqual(steps(events), expected);
});

test('stop ends within a step, resume goes on to the same end', async (context) => {
  const made = await room(context);
  const runs = manager(context, made);
  const gate = Promise.withResolvers<undefined>();
  made.verifier.gate = gate.promise; // the first step waits for its verifier
  const running = reaching(runs, 'running');
  const { directory } = await runs.launch(made.request('stopped', { steps: 8 }), call);
  await running;
  const stopped = reaching(runs, 'stopped');
  await runs.stopRun({ directory });
  gate.resolve(undefined);
  assert.equal((await stopped).step, 0);
  const done = reaching(runs, 'succeeded', 'failed');
  await runs.idle();
  await runs.resumeRun({ directory });
  assert.equal((await done).step, 8);
  await runs.idle();
  await assert.rejects(runs.resumeRun({ directory }), /last step/);
});

test('the same request twice is one run; another request under its id is refused', async (context) => {
  const made = await room(context);
  const runs = manager(context, made);
  const done = reaching(runs, 'succeeded', 'failed');
  const request = made.request('once');
  const [one, two] = await Promise.all([runs.launch(request, call), runs.launch(structuredClone(request), call)]);
  assert.equal(one.directory, two.directory);
  await assert.rejects(runs.launch(made.request('once', { steps: 7 }), call), /used for another launch/);
  await done;
  const events = await eventsOf(runs, one.directory);
  assert.equal(events.filter(({ body }) => body.type === 'status' && body.status === 'preparing').length, 1);
  assert.equal((await runs.launch(request, call)).status, 'succeeded');
});

test('a folder that is no run directory is not written into', async (context) => {
  const made = await room(context);
  const runs = manager(context, made);
  await mkdir(join(made.folder, 'runs', 'taken'), { recursive: true });
  await writeFile(join(made.folder, 'runs', 'taken', 'thesis.tex'), '');
  await assert.rejects(runs.launch(made.request('taken'), call), /not a run directory/);
});

test('two servers never write one run: the second one reads and follows', async (context) => {
  const made = await room(context);
  const owner = manager(context, made);
  const gate = Promise.withResolvers<undefined>();
  made.verifier.gate = gate.promise;
  const running = reaching(owner, 'running');
  const { directory } = await owner.launch(made.request('shared'), call);
  await running;
  const other = manager(context, made);
  assert.equal((await other.getRun({ directory })).status, 'running');
  await assert.rejects(other.stopRun({ directory }), /another server/);
  const over = new AbortController();
  const sawEnd = new Promise<void>((resolve, reject) => {
    other.subscribeRun({ directory, after: 0 }, over.signal, (events) => { if (events.some(({ body }) => body.type === 'status' && body.status === 'succeeded')) resolve(); }).catch(reject);
  });
  gate.resolve(undefined);
  await sawEnd;
  over.abort();
  await owner.idle();
  assert.equal((await other.getRun({ directory })).status, 'succeeded');
});

test('a launch that cannot work is refused with the reasons, and nothing is written', async (context) => {
  const made = await room(context, []);
  const runs = manager(context, made);
  const request: LaunchRequest = made.request('empty');
  const preview = await runs.previewLaunch(request, call);
  assert.deepEqual(preview.problems, { total: 4, kept: 0, removed: { 'no recorded rollouts': 4 } });
  assert.ok(preview.lints.some(({ severity }) => severity === 'error'));
  await assert.rejects(runs.launch(request, call), /none of/);
  assert.deepEqual(await runs.listRuns({ roots: [request.root] }), { runs: [] });
});
