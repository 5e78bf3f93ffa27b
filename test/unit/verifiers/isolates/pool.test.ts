import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createIsolatePool, scriptRunner } from '../../../../server/verifiers/isolates/pool.ts';

const code = `globalThis.rlvrBatch = (text) => JSON.stringify(JSON.parse(text).map((task) => {
  if (task === 'loop') for (;;);
  if (task === 'memory') { const all = []; for (;;) all.push(new Array(100000).fill(all.length)); }
  if (task === 'throw') throw new Error('broken');
  if (task === 'globals') return [typeof process, typeof require, typeof fetch].join();
  return task + '!';
}))`;
const pool = (workers = 2, taskTimeoutMs = 150) => createIsolatePool({ prepare: scriptRunner(code, 'test.js'), workers, memoryMb: 24, taskTimeoutMs });

test('results belong to their tasks', async () => {
  const p = pool();
  const outcomes = await Promise.all(Array.from({ length: 500 }, (_, i) => p.run(String(i))));
  assert.deepEqual(outcomes.map((o) => o.kind === 'done' ? o.output : o.kind), Array.from({ length: 500 }, (_, i) => `${i}!`));
  await p.dispose();
});

test('a batch of any size runs in the isolate that is there', async () => {
  let started = 0;
  const prepare = scriptRunner(code, 'test.js');
  const p = createIsolatePool({ prepare: (isolate) => { started += 1; return prepare(isolate); }, workers: 1, memoryMb: 24, taskTimeoutMs: 150 });
  for (let size = 1; size <= 64; size++) await Promise.all(Array.from({ length: size }, (_, i) => p.run(String(i))));
  assert.equal(started, 1);
  await p.dispose();
});

test('a task that hangs, eats memory or throws costs only itself', async () => {
  const p = pool(2, 1_500);
  const tasks = ['a', 'loop', 'b', 'memory', 'c', 'throw', 'd'];
  const outcomes = await Promise.all(tasks.map((t) => p.run(t)));
  assert.deepEqual(outcomes.map((o) => o.kind), ['done', 'time', 'done', 'memory', 'done', 'error', 'done']);
  assert.equal((await p.run('after')).kind, 'done');
  await p.dispose();
});

test('the isolate has no way out', async () => {
  const p = pool(1);
  assert.deepEqual(await p.run('globals'), { kind: 'done', output: 'undefined,undefined,undefined' });
  await p.dispose();
});

test('cancelling rejects at once, also while the task runs', async () => {
  const p = pool(1);
  const controller = new AbortController();
  const running = p.run('loop', controller.signal);
  const queued = p.run('x', controller.signal);
  setImmediate(() => controller.abort());
  await assert.rejects(running, { name: 'AbortError' });
  await assert.rejects(queued, { name: 'AbortError' });
  await assert.rejects(p.run('x', controller.signal), { name: 'AbortError' });
  await p.dispose();
});

test('dispose rejects what is pending', async () => {
  const p = pool(1);
  const pending = p.run('loop');
  await p.dispose();
  await assert.rejects(pending, { name: 'AbortError' });
  await assert.rejects(p.run('x'), { name: 'AbortError' });
});

test('the calling thread is free while an isolate works', async () => {
  const p = pool(1);
  await p.warmUp();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await p.run('loop');
  clearInterval(timer);
  assert.ok(turns > 5, `only ${turns} turns of the event loop`);
  await p.dispose();
});
