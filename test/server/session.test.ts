import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { GetProblem, Hello, OpenProblems, Status } from '../../server/protocol/methods.ts';
import { PROTOCOL_VERSION } from '../../server/protocol/version.ts';
import { connect, startServer, type ServerProcess } from '../support/serverProcess.ts';
import { tempDir } from '../support/tempDir.ts';

describe('session with the real server process', () => {
  let server: ServerProcess;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());

  it('answers after a hello with the right token', async () => {
    const client = await connect(server);
    const status = await client.request(Status, {});
    assert.ok(status.clients >= 1);
    client.close();
  });

  it('refuses a wrong token and says so', async () => {
    await assert.rejects(connect(server, { token: 'not-the-token' }), /token is wrong/);
  });

  it('refuses another protocol version', async () => {
    const client = await connect(server, { hello: false });
    await assert.rejects(
      client.request(Hello, { protocol: { major: PROTOCOL_VERSION.major + 1, minor: 0 }, token: server.token, client: 'test' }),
      /protocol/,
    );
  });

  it('answers nothing before the hello', async () => {
    const client = await connect(server, { hello: false });
    await assert.rejects(client.request(Status, {}), /session\/status/);
    client.close();
  });

  it('refuses a browser page by its Origin', async () => {
    const socket = new WebSocket(server.url, { headers: { origin: 'https://example.org' } });
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    assert.match(error.message, /403/);
  });

  it('outlives clients that hang up while they are refused', async () => {
    const { port, host } = new URL(server.url);
    const upgrade = `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    for (let i = 0; i < 200; i += 1) {
      await new Promise<void>((resolve) => {
        const socket = createConnection(Number(port), '127.0.0.1', () => socket.write(upgrade, () => socket.resetAndDestroy()));
        socket.on('error', () => undefined).once('close', () => resolve());
      });
    }
    const client = await connect(server);
    assert.ok((await client.request(Status, {})).clients >= 1);
    client.close();
  });

  it('closes on a frame that is not JSON-RPC', async () => {
    const socket = new WebSocket(server.url);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"torn":');
    const code = await new Promise<number>((resolve) => socket.once('close', resolve));
    assert.equal(code, 1002);
  });

  it('closes on a message that is none of JSON-RPC, and serves everybody else', async () => {
    const frames = [
      '{"jsonrpc":"2.0","method":"$/cancelRequest"}',
      '{"jsonrpc":"2.0","method":"$/cancelRequest","params":null}',
      '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}}}',
      '{"jsonrpc":"2.0","id":1,"method":"session/hello","params":[{},{}]}',
      '{"jsonrpc":"2.0","id":{},"method":"session/hello","params":{}}',
      '{"jsonrpc":"2.0","id":1,"method":5}',
      '{"jsonrpc":"2.0","id":1}',
      '[]',
      'null',
    ];
    const other = await connect(server);
    for (const frame of frames) {
      const socket = new WebSocket(server.url);
      await new Promise((resolve) => socket.once('open', resolve));
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.send(frame);
      assert.equal(await closed, 1002, frame);
    }
    assert.ok((await other.request(Status, {})).clients >= 1);
    other.close();
  });

  it('closes on a frame beyond the bound', async () => {
    const socket = new WebSocket(server.url);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.on('error', () => undefined);
    socket.send('x'.repeat(33 * 1024 * 1024));
    const code = await new Promise<number>((resolve) => socket.once('close', resolve));
    assert.ok(code === 1009 || code === 1006, String(code));
  });

  it('says that an answer is too long for a frame, and goes on', async (t) => {
    const path = join(tempDir(t), 'long.jsonl');
    await writeFile(path, `${JSON.stringify({ id: 'long', domain: 'math', problem: 'x'.repeat(33 * 1024 * 1024), answer: '1' })}\n`);
    const client = await connect(server);
    await client.request(OpenProblems, { path });
    await assert.rejects(client.request(GetProblem, { path, id: 'long' }), /the answer is too long: a message may have 32 MiB/);
    assert.ok((await client.request(Status, {})).clients >= 1);
    client.close();
  });

  it('names the field of a parameter that is not of the protocol', async () => {
    const client = await connect(server);
    await assert.rejects(client.requestRaw('problems/list', { path: 7 }), /path/);
    client.close();
  });

  it('serves two clients at once', async () => {
    const [a, b] = await Promise.all([connect(server), connect(server)]);
    const statuses = await Promise.all([a.request(Status, {}), b.request(Status, {})]);
    assert.ok(statuses.every((status) => status.clients >= 2));
    a.close();
    b.close();
  });

  it('keeps its token out of argv and log', () => {
    assert.ok(!server.args.some((arg) => arg.includes(server.token)));
    assert.ok(!server.log().includes(server.token));
  });
});
