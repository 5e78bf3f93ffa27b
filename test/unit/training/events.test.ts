import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { RunEvent, RunEventBody } from '../../../server/protocol/training.ts';
import { repairTail, scanEvents } from '../../../server/training/runs/eventFile.ts';
import { EventLog, openAppendTarget, type AppendTarget } from '../../../server/training/runs/eventLog.ts';
import { followEvents } from '../../../server/training/runs/follow.ts';
import { foldEvent, NO_EVENTS } from '../../../server/training/runs/state.ts';

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rlvr-events-'));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const log = (text: string): RunEventBody => ({ type: 'log', stream: 'server', text });
const nobody = (): void => undefined;

async function readAll(path: string): Promise<{ events: RunEvent[]; issues: readonly string[] }> {
  const events: RunEvent[] = [];
  const scan = await scanEvents(path, (event) => events.push(event));
  return { events, issues: scan.issues };
}

test('concurrent appends are numbered from 1 without gaps and are on disk before anybody hears of them', async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const target = await openAppendTarget(path);
  const onDiskWhenTold: number[] = [];
  const events = new EventLog(target, 0, 0, (told) => { onDiskWhenTold.push(told.length); });
  const results = await Promise.all(Array.from({ length: 50 }, (_, index) => events.append([log(`a${index}`), log(`b${index}`)])));
  assert.deepEqual(results.flat().map(({ seq }) => seq), Array.from({ length: 100 }, (_, index) => index + 1));
  const { events: stored, issues } = await readAll(path);
  assert.deepEqual(stored, results.flat());
  assert.deepEqual(issues, []);
  assert.ok(onDiskWhenTold.length < 50, 'appends during a sync share the next one');
  await events.close();
});

test('no append is left waiting for another one, whenever it arrives', { timeout: 20_000 }, async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const events = new EventLog(await openAppendTarget(path), 0, 0, nobody);
  const writer = async (turns: number): Promise<void> => {
    for (let count = 0; count < 5; count += 1) {
      await events.append([log('x')]);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve(); // a different number of microtasks later
    }
  };
  for (let turns = 0; turns < 12; turns += 1) await writer(turns);
  assert.equal(events.lastSeq, 60);
  await events.close();
});

/** A file that takes half a write and then has no room left, as long as it is full. */
function fillable(target: AppendTarget): AppendTarget & { full: boolean } {
  const wrapped = {
    full: false,
    async write(bytes: Uint8Array, position: number) {
      if (!wrapped.full) return target.write(bytes, position);
      await target.write(bytes.subarray(0, Math.floor(bytes.length / 2)), position);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    },
    datasync: () => target.datasync(),
    truncate: (size: number) => target.truncate(size),
    close: () => target.close(),
  };
  return wrapped;
}

test('a full disk corrupts nothing: the write is refused, its bytes are taken back, its numbers are used again', async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const target = fillable(await openAppendTarget(path));
  const events = new EventLog(target, 0, 0, nobody);
  await events.append([log('one')]);
  const before = await readFile(path, 'utf8');
  target.full = true;
  await assert.rejects(events.append([log('two')]), { code: 'ENOSPC' });
  assert.equal(await readFile(path, 'utf8'), before);
  target.full = false;
  assert.deepEqual((await events.append([log('three')])).map(({ seq }) => seq), [2]);
  assert.deepEqual((await readAll(path)).events.map(({ seq }) => seq), [1, 2]);
  await events.close();
});

test('a torn last line is moved aside and reported; the next event takes its number', async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const first = new EventLog(await openAppendTarget(path), 0, 0, nobody);
  await first.append([log('one'), log('two')]);
  await first.close();
  const whole = await readFile(path, 'utf8');
  await appendFile(path, '{"seq":3,"time":"2026-01-01T00:0');
  const scan = await scanEvents(path, nobody);
  const issue = await repairTail(path, scan);
  assert.match(issue ?? '', /unfinished line of 32 bytes after event 2/);
  assert.equal(await readFile(path, 'utf8'), whole);
  assert.match(await readFile(`${path}.torn`, 'utf8'), /^\{"seq":3/);
  const second = new EventLog(await openAppendTarget(path), scan.size, scan.lastSeq, nobody);
  await second.append([log('three')]);
  await second.close();
  assert.deepEqual((await readAll(path)).events.map(({ seq, body }) => [seq, body.type === 'log' ? body.text : '']), [[1, 'one'], [2, 'two'], [3, 'three']]);
});

test('a damaged line in the middle is named with its place and costs only itself', async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const good = (seq: number): string => JSON.stringify({ seq, time: '2026-01-01T00:00:00.000Z', body: log(String(seq)) });
  await writeFile(path, `${good(1)}\nnonsense\n${good(3)}\n`);
  const { events, issues } = await readAll(path);
  assert.deepEqual(events.map(({ seq }) => seq), [1, 3]);
  assert.match(issues.join('\n'), /at byte \d+: not JSON/);
  assert.match(issues.join('\n'), /events 2 to 2 are missing/);
});

test('a follower gets everything after its number once and in order, while it is being written', async (context) => {
  const path = join(await folder(context), 'events.jsonl');
  const listeners = new Set<() => void>();
  let durable = 0;
  const events = new EventLog(await openAppendTarget(path), 0, 0, (_told, size) => { durable = size; for (const listener of [...listeners]) listener(); });
  await events.append(Array.from({ length: 600 }, (_, index) => log(String(index + 1))));
  const over = new AbortController();
  const got: number[] = [];
  const reached = Promise.withResolvers<undefined>();
  const feed = {
    path,
    limit: () => durable,
    grown: (seen: number, signal: AbortSignal) => new Promise<void>((resolve) => {
      if (durable > seen || signal.aborted) { resolve(); return; }
      const done = (): void => { listeners.delete(done); resolve(); };
      listeners.add(done);
      signal.addEventListener('abort', done);
    }),
  };
  const following = followEvents(feed, 250, over.signal, (piece) => {
    got.push(...piece.map(({ seq }) => seq));
    if (got.at(-1) === 1000) reached.resolve(undefined);
  });
  for (let seq = 601; seq <= 1000; seq += 1) await events.append([log(String(seq))]);
  await reached.promise;
  over.abort();
  await following;
  assert.deepEqual(got, Array.from({ length: 750 }, (_, index) => index + 251));
  await events.close();
});

test('a resume begins a new attempt; a reconnection does not', () => {
  const statuses = ['preparing', 'pending', 'running', 'lost', 'running', 'failed', 'pending', 'running'] as const;
  let seq = 0;
  const states = statuses.map((status) => ({ seq: ++seq, time: 't', body: { type: 'status' as const, status, message: '' } }))
    .reduce((all, event) => [...all, foldEvent(all.at(-1) ?? NO_EVENTS, event)], [NO_EVENTS]);
  assert.deepEqual(states.slice(1).map(({ attempt }) => attempt), [1, 1, 1, 1, 1, 1, 2, 2]);
});
