// The verifier service of a node, as a training job meets it: the real process over its socket and over HTTP.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { LineClient, startService, type Reply, type ServiceProcess } from '../support/verifierService.ts';
import { tempDir } from '../support/tempDir.ts';
import { descendants, until } from './code/processes.ts';
import { cannotRun } from './code/verifierOf.ts';

const problems = join(import.meta.dirname, '../../samples/workspace/problems');
const fence = (code: string): string => `Thinking.</think>\n\`\`\`python\n${code}\n\`\`\``;
const doubling = { cases: [{ input: '1\n', output: '2\n' }, { input: '5\n', output: '10\n' }] };
const endless = (id: number): unknown => ({ id, tests: { cases: [{ input: '', output: '1' }], time_limit_s: 300 }, response: fence(`while True: pass # ${id}`) }); // each another program: equal ones are run once
const boxed = (id: number | string, gold: string, answer: string): unknown => ({ id, gold, response: `So.</think>\\boxed{${answer}}` });

async function post(service: ServiceProcess, path: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`${service.http}${path}`, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
}

async function metric(service: ServiceProcess, name: string): Promise<number> {
  const text = await (await fetch(`${service.http}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith(`rlvr_verifier_${name}`)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Waits until a metric has a value that pleases. */
async function untilMetric(service: ServiceProcess, name: string, pleases: (value: number) => boolean): Promise<void> {
  for (const begun = Date.now(); !pleases(await metric(service, name));) {
    if (Date.now() - begun > 20_000) throw new Error(`waited in vain for ${name}, which is ${await metric(service, name)}`);
  }
}

/** Processes of running candidates: they use the processor, idle helpers do not exist before the first program. */
const pythons = (service: ServiceProcess): number[] => descendants(service.pid).filter((pid) => {
  try {
    return /python/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
});

describe('rlvr verify --socket', () => {
  it('answers by problem id, by gold and by tests, each as soon as it is decided', async (t) => {
    const service = await startService(t, tempDir(t), ['--problems', join(problems, 'math.jsonl'), '--problems', join(problems, 'code.jsonl')]);
    const [first] = readFileSync(join(problems, 'math.jsonl'), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { id: string; answer: string });
    const client = await LineClient.open(service.socket);
    client.send(
      boxed('right', '\\frac12', '0.5'), boxed('wrong', '3', '4'),
      { id: 'known', problem_id: first?.id, response: `</think>\\boxed{${first?.answer ?? ''}}` },
      { id: 'truth', ground_truth: '7', response: '</think>\\boxed{7}' },
      { id: 'lost', problem_id: 'nowhere', response: 'x' },
      ...(cannotRun === false ? [
        { id: 'program', tests: doubling, response: fence('print(2 * int(input()))') },
        { id: 'off', tests: doubling, response: fence('print(1 + int(input()))') },
        { id: 'call', tests: { func_name: 'twice', cases: [{ input: '[1]', output: '[1,1]' }] }, response: fence('def twice(x):\n    return x * 2') },
      ] : []),
    );
    client.socket.end(); // half closed: the replies still come
    await client.ended;
    const score = Object.fromEntries(client.replies.map((reply) => [String(reply.id), reply.score]));
    const code = cannotRun === false ? { program: 1, off: 0, call: 1 } : {};
    assert.deepEqual(score, { right: 1, wrong: 0, known: 1, truth: 1, lost: null, ...code });
    assert.deepEqual(client.replies.find((reply) => reply.id === 'off')?.failed, cannotRun === false ? { index: 1, kind: 'wrong' } : undefined);
    assert.equal(statSync(service.socket).mode & 0o777, 0o600);
    assert.equal(await service.stop(), 0, service.log());
  });

  it('names the line and the field of what is no request, and goes on', async (t) => {
    const service = await startService(t, tempDir(t), ['--max-request-mb', '1']);
    const client = await LineClient.open(service.socket);
    client.socket.write(`{"id": 1, "response"\n\n{"id": 2}\n`);
    client.socket.write(`{"id": 3, "response": "${'x'.repeat(3 * 1024 * 1024)}"}\n`);
    client.socket.write(Buffer.from([0x7b, 0xff, 0xfe, 10]));
    client.send({ id: 4, tests: { cases: [{ input: 1, output: '' }] }, response: '' }, boxed(5, '1', '1'));
    const replies = await client.received(6);
    const of = (pattern: RegExp): Reply | undefined => replies.find((reply) => pattern.test(reply.reason));
    assert.equal(of(/^line 1: is not JSON/)?.score, null);
    assert.equal(of(/^line 3: response: /)?.id, 2);
    assert.equal(of(/^line 4 is longer than allowed/)?.score, null);
    assert.equal(of(/^line 5: is not UTF-8/)?.score, null);
    assert.equal(of(/^line 6: tests.cases.0.input: /)?.id, 4);
    assert.equal(replies.find((reply) => reply.id === 5)?.score, 1);
    client.socket.destroy();
  });

  it('cancels what a closed connection asked for, down to the process', { skip: cannotRun }, async (t) => {
    const service = await startService(t, tempDir(t));
    const other = await LineClient.open(service.socket);
    other.send({ id: 'warm', tests: doubling, response: fence('print(2 * int(input()))') });
    assert.equal((await other.received(1))[0]?.score, 1);
    const client = await LineClient.open(service.socket);
    client.send(...Array.from({ length: 50 }, (_, id) => endless(id)));
    await untilMetric(service, 'in_flight ', (value) => value === 50);
    await until('a program runs', () => busy(service).length > 0);
    client.socket.destroy();
    await until('no program runs', () => busy(service).length === 0);
    await untilMetric(service, 'cancelled_total', (value) => value === 50);
    await untilMetric(service, 'in_flight ', (value) => value === 0);
    other.send({ id: 'next', tests: doubling, response: fence('print(2 * int(input()))') });
    assert.equal((await other.received(2))[1]?.score, 1);
    other.socket.end();
    assert.equal(await service.stop(), 0, service.log());
    assert.deepEqual(pythons(service), []);
  });

  it('notices that a peer has gone while it is held back', { skip: cannotRun }, async (t) => {
    const service = await startService(t, tempDir(t), ['--max-in-flight', '4']);
    const client = await LineClient.open(service.socket);
    client.send(...Array.from({ length: 2_000 }, (_, id) => endless(id)));
    await untilMetric(service, 'queue', (value) => value === 1);
    client.socket.destroy();
    await untilMetric(service, 'in_flight ', (value) => value === 0);
    await untilMetric(service, 'connections{speaking="lines"}', (value) => value === 0);
    await until('no program runs', () => busy(service).length === 0);
  });

  it('holds senders back instead of filling memory', { skip: cannotRun }, async (t) => {
    const service = await startService(t, tempDir(t), ['--max-in-flight', '8']);
    const before = await metric(service, 'resident_bytes');
    const client = await LineClient.open(service.socket);
    // 400 MB of requests behind programs that do not end.
    const block = Buffer.from(`${JSON.stringify({ ...(endless(0) as object), problem_id: 'x'.repeat(1024 * 1024) })}\n`);
    let taken = 0;
    for (let i = 0; i < 400; i++) client.socket.write(block, () => (taken += 1));
    await untilMetric(service, 'queue', (value) => value === 1);
    for (let i = 0; i < 100; i++) await metric(service, 'resident_bytes');
    const grown = (await metric(service, 'resident_bytes')) - before;
    assert.equal(await metric(service, 'in_flight '), 8);
    assert.ok(taken < 20, `${taken} requests were taken from the sender`);
    assert.ok(grown < 150 * 1024 * 1024, `grew by ${Math.round(grown / 1e6)} MB`);
    client.socket.destroy();
    await untilMetric(service, 'in_flight ', (value) => value === 0);
  });

  it('takes 2,000 connections at once', async (t) => {
    const service = await startService(t, tempDir(t));
    const scores = await Promise.all(Array.from({ length: 2_000 }, async (_, i) => {
      const client = await LineClient.open(service.socket);
      client.send(boxed(i, String(i), String(i % 2 === 0 ? i : i + 1)));
      client.socket.end();
      await client.ended;
      assert.equal(client.replies[0]?.id, i);
      return client.replies[0]?.score;
    }));
    assert.equal(scores.filter((score) => score === 1).length, 1_000);
    assert.equal(scores.filter((score) => score === 0).length, 1_000);
    await untilMetric(service, 'in_flight ', (value) => value === 0);
    assert.equal(await metric(service, 'requests_total'), 2_000);
    assert.equal(await metric(service, 'verdicts_total'), 2_000);
  });

  it('takes the path of a service that was killed, and none of a living one', async (t) => {
    const folder = tempDir(t);
    const killed = await startService(t, folder);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const service = await startService(t, folder);
    await assert.rejects(startService(t, folder), /another service listens there/);
    assert.equal(await service.stop(), 0, service.log());
    writeFileSync(service.socket, 'mine');
    await assert.rejects(startService(t, folder), /is no socket/);
  });

  it('finishes what runs when it is told to stop, and refuses the rest', { skip: cannotRun }, async (t) => {
    const service = await startService(t, tempDir(t), ['--max-in-flight', '1']);
    const client = await LineClient.open(service.socket);
    client.send({ id: 'running', tests: { cases: [{ input: '', output: '1' }] }, response: fence('import time\ntime.sleep(1.5)\nprint(1)') }, boxed('waiting', '1', '1'), boxed('late', '1', '1'));
    await untilMetric(service, 'queue', (value) => value === 1);
    const code = service.stop();
    await client.ended;
    assert.equal(await code, 0, service.log());
    const of = (id: string): Reply | undefined => client.replies.find((reply) => reply.id === id);
    assert.equal(of('running')?.score, 1);
    assert.equal(of('waiting')?.score, 1);
    assert.deepEqual([of('late')?.score, of('late')?.rule], [null, 'service.stopping']);
  });

  it('cancels what does not finish in time, leaves no process, and says so by its exit code', { skip: cannotRun }, async (t) => {
    const service = await startService(t, tempDir(t), ['--grace', '0']);
    const client = await LineClient.open(service.socket);
    client.send(endless(1));
    await until('the program runs', () => busy(service).length > 0);
    const left = descendants(service.pid);
    assert.equal(await service.stop(), 3);
    await client.ended;
    assert.deepEqual(client.replies, []);
    await until('all processes have ended', () => left.every((pid) => !isThere(pid)));
  });

  it('speaks HTTP on the socket too', async (t) => {
    const service = await startService(t, tempDir(t));
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest({ socketPath: service.socket, path: '/metrics' }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => resolve(body));
      }).on('error', reject).end();
    });
    assert.match(text, /^# TYPE rlvr_verifier_requests_total counter$/m);
  });
});

describe('rlvr verify --http', () => {
  it('answers one rollout, and a batch line by line', async (t) => {
    const service = await startService(t, tempDir(t));
    const one = await post(service, '/v1/verify', JSON.stringify(boxed(7, '2', '2')));
    assert.equal(one.status, 200);
    const reply = JSON.parse(one.text) as Reply;
    assert.deepEqual([reply.id, reply.score, reply.verdict], [7, 1, 'correct']);
    const batch = await post(service, '/v1/verify/batch', [boxed('a', '1', '1'), boxed('b', '1', '2'), { id: 'c' }].map((request) => JSON.stringify(request)).join('\n'));
    const replies = batch.text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Reply);
    assert.deepEqual(Object.fromEntries(replies.map((each) => [String(each.id), each.score])), { a: 1, b: 0, c: null });
    const health = await fetch(`${service.http}/healthz`);
    assert.deepEqual(await health.json(), { status: 'ok', in_flight: 0, queue: 0 });
  });

  it('refuses what it should, and says why', async (t) => {
    const service = await startService(t, tempDir(t), ['--max-request-mb', '1']);
    const malformed = await post(service, '/v1/verify', '{"response": 1}');
    assert.equal(malformed.status, 400);
    assert.match(malformed.text, /response: /);
    assert.equal((await post(service, '/v1/verify', 'x'.repeat(2 * 1024 * 1024))).status, 413);
    assert.equal((await post(service, '/v1/verify', '{}', { origin: 'http://example.org' })).status, 403);
    assert.equal((await post(service, '/nothing', '{}')).status, 404);
    assert.equal((await fetch(`${service.http}/v1/verify`)).status, 405);
    assert.equal(await metric(service, 'in_flight '), 0);
  });

  it('asks for the token of a file', async (t) => {
    const folder = tempDir(t);
    const file = join(folder, 'token');
    const service = await startService(t, folder, ['--token-file', file]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const token = readFileSync(file, 'utf8').trim();
    const body = JSON.stringify(boxed(1, '1', '1'));
    assert.equal((await post(service, '/v1/verify', body)).status, 401);
    assert.equal((await post(service, '/v1/verify', body, { authorization: `Bearer ${token}x` })).status, 401);
    assert.equal((await post(service, '/v1/verify', body, { authorization: `Bearer ${token}` })).status, 200);
    assert.equal((await fetch(`${service.http}/metrics`)).status, 401);
    assert.equal((await fetch(`${service.http}/healthz`)).status, 200);
  });

  it('listens beyond loopback with a token only', async (t) => {
    await assert.rejects(startService(t, tempDir(t), ['--http', '0.0.0.0:0']), /ended with 2: .*--token-file/s);
  });

  it('answers 2,000 requests at once', async (t) => {
    const service = await startService(t, tempDir(t), ['--max-in-flight', '100']);
    const replies = await Promise.all(Array.from({ length: 2_000 }, (_, i) => post(service, '/v1/verify', JSON.stringify(boxed(i, String(i), String(i))))));
    assert.ok(replies.every(({ status }) => status === 200));
    assert.ok(replies.every(({ text }, i) => (JSON.parse(text) as Reply).id === i && (JSON.parse(text) as Reply).score === 1));
  });

  it('answers a large batch of a client that reads nothing before it has sent everything', async (t) => {
    const service = await startService(t, tempDir(t), ['--max-in-flight', '64']);
    // Replies that quote a long id: 16 MB of them, more than the buffers between the two processes hold.
    const body = Array.from({ length: 8_000 }, (_, id) => JSON.stringify({ id, problem_id: 'x'.repeat(2_000), response: '' })).join('\n');
    const { hostname, port } = new URL(service.http);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST /v1/verify/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`);
    socket.pause();
    await new Promise<void>((resolve) => socket.write(body, () => resolve()));
    const answer = await buffer(socket);
    const replies = answer.toString('utf8').match(/"rule":"reward.no-task"/g);
    assert.equal(replies?.length, 8_000);
  });

  for (const path of ['/v1/verify', '/v1/verify/batch']) {
    it(`cancels when the connection of ${path} is closed`, { skip: cannotRun }, async (t) => {
      const service = await startService(t, tempDir(t));
      const controller = new AbortController();
      const asked = fetch(`${service.http}${path}`, { method: 'POST', body: JSON.stringify(endless(1)), signal: controller.signal }).then((response) => response.text());
      await until('the program runs', () => busy(service).length > 0);
      controller.abort();
      await assert.rejects(asked);
      await until('no program runs', () => busy(service).length === 0);
      await untilMetric(service, 'in_flight ', (value) => value === 0);
      assert.equal(await metric(service, 'cancelled_total'), 1);
    });
  }
});

/** Candidates of the service that are running: the leaves under the boxes that are no warm helper waiting for work. */
function busy(service: ServiceProcess): number[] {
  return descendants(service.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').startsWith('R');
    } catch {
      return false;
    }
  });
}

function isThere(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').startsWith('Z');
  } catch {
    return false;
  }
}
