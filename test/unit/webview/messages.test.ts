import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { CallError, callSpec, Channel, isCancelled } from '../../../webview/ui/messages.ts';

const Double = callSpec('double', v.object({ n: v.number() }), v.object({ n: v.number() }));
const EventSchema = v.variant('type', [v.object({ type: v.literal('note'), text: v.string() })]);
type Event = v.InferOutput<typeof EventSchema>;

/** Two channels wired to each other over a structured clone, as postMessage does it. */
function pair() {
  const seen: Event[] = [];
  const log: string[] = [];
  let readies = 0;
  const page: Channel<Event, Event> = new Channel<Event, Event>({ post: (message) => { queueMicrotask(() => { host.receive(structuredClone(message)); }); }, incoming: EventSchema, onEvent: (event) => seen.push(event), log: (text) => log.push(text) });
  const host: Channel<Event, Event> = new Channel<Event, Event>({ post: (message) => { queueMicrotask(() => { page.receive(structuredClone(message)); }); }, incoming: EventSchema, onEvent: (event) => seen.push(event), onReady: () => { readies++; }, log: (text) => log.push(text) });
  return { page, host, seen, log, readies: () => readies };
}

test('a call is answered by the other side', async () => {
  const { page, host } = pair();
  host.serve(Double, ({ n }) => Promise.resolve({ n: 2 * n }));
  assert.deepEqual(await page.call(Double, { n: 21 }), { n: 42 });
});

test('an error over there becomes a CallError with its reason and message here', async () => {
  const { page, host } = pair();
  host.serve(Double, () => Promise.reject(new CallError('unavailable', 'the server is away')));
  await assert.rejects(page.call(Double, { n: 1 }), (error: unknown) => error instanceof CallError && error.reason === 'unavailable' && error.message === 'the server is away');
});

test('cancelling aborts the work over there and rejects silently here', async () => {
  const { page, host } = pair();
  const aborted = new Promise<void>((resolve) => { host.serve(Double, (_params, signal) => new Promise(() => { signal.addEventListener('abort', () => { resolve(); }); })); });
  const controller = new AbortController();
  const call = page.call(Double, { n: 1 }, controller.signal);
  // Microtasks: the call has to arrive before it can be cancelled over there.
  await Promise.resolve().then(() => Promise.resolve());
  controller.abort();
  await assert.rejects(call, isCancelled);
  await aborted;
});

test('an answer of the wrong shape is an error, not a value', async () => {
  const { page, host } = pair();
  const Lying = callSpec('double', Double.params, v.any());
  host.serve(Lying, () => Promise.resolve({ n: 'two' }));
  await assert.rejects(page.call(Double, { n: 1 }), /double has the wrong shape: n/);
});

test('parameters of the wrong shape never reach the handler', async () => {
  const { page, host } = pair();
  let called = false;
  host.serve(Double, ({ n }) => { called = true; return Promise.resolve({ n }); });
  const Sloppy = callSpec('double', v.any(), Double.result);
  await assert.rejects(page.call(Sloppy, { n: 'x' }), /double: n/);
  assert.equal(called, false);
});

test('unknown messages, events and calls are logged and ignored', async () => {
  const { page, host, log, seen } = pair();
  host.receive({ type: 'nonsense' });
  host.receive(null);
  host.receive({ type: 'event', event: { type: 'other' } });
  await assert.rejects(page.call(Double, { n: 1 }), /unknown call double/);
  assert.equal(log.length, 4);
  assert.deepEqual(seen, []);
});

test('a page that loads again never gets an answer meant for its predecessor', async () => {
  const { page, host, readies } = pair();
  let finish = (_value: { n: number }): void => undefined;
  host.serve(Double, () => new Promise((resolve) => { finish = resolve; }));
  const lost: unknown[] = [];
  page.call(Double, { n: 1 }).then((value) => lost.push(value), () => undefined);
  await Promise.resolve().then(() => Promise.resolve());
  page.ready();
  await Promise.resolve().then(() => Promise.resolve());
  finish({ n: 99 });
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(readies(), 1);
  assert.deepEqual(lost, []);
});

test('closing rejects what is waiting and posts nothing more', async () => {
  const { page, host, seen } = pair();
  host.serve(Double, () => new Promise(() => undefined));
  const call = page.call(Double, { n: 1 });
  page.close();
  page.send({ type: 'note', text: 'late' });
  await assert.rejects(call, isCancelled);
  assert.deepEqual(seen, []);
});
