// Servers that are not there, too old, or not ours: what the user is told, and that the window keeps its own server.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { WebSocketServer } from 'ws';
import type { RequestError } from '../../server/protocol/errors.ts';
import { ListRecipes } from '../../server/protocol/methods.ts';
import { PROTOCOL_VERSION } from '../../server/protocol/version.ts';
import { ServerConnection } from '../../src/server/connection.ts';
import { localSource, remoteSource } from '../../src/server/sources.ts';
import { eventually } from '../support/eventually.ts';
import { activated } from './workbench.ts';

/** A server that answers the hello with this JSON-RPC result or error. */
async function pretend(answer: object, port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => socket.on('message', (data: Buffer) => {
    // Safe: the extension's own hello.
    const { id } = JSON.parse(data.toString('utf8')) as { id: number };
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  }));
  // Safe: a server on a port has such an address.
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${bound}`,
    close: () => new Promise((resolve) => {
      for (const client of server.clients) client.terminate();
      server.close(() => resolve());
    }),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  // Safe: a server on a port has such an address.
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

// The class of the bundled extension is another one than that of the bundled suites: only the shape can be compared.
const withReason = (reason: RequestError['data']['reason']) => (error: unknown): boolean => error instanceof Error && 'data' in error && (error as RequestError).data.reason === reason;

describe('the connection', () => {
  it('is made by the first request', async () => {
    const { services: { connection } } = await activated();
    await connection.ensure();
    assert.equal(connection.state.kind, 'connected');
    assert.equal(connection.isLocal, true);
  });

  it('stays with its server when another does not answer', async () => {
    const { services: { connection } } = await activated();
    const port = await freePort();
    await assert.rejects(connection.tryOut(remoteSource(`ws://127.0.0.1:${port}`, () => Promise.resolve('token'))), withReason('unavailable'));
    assert.equal(connection.state.kind, 'connected');
    assert.equal(connection.isLocal, true);
  });

  it('refuses a server of another protocol and says which', async () => {
    const { services: { connection } } = await activated();
    const old = await pretend({ error: { code: -32803, message: 'this server speaks protocol 0.9, the client 1.0', data: { reason: 'version' } } });
    try {
      await assert.rejects(connection.tryOut(remoteSource(old.url, () => Promise.resolve('token'))), (error) => withReason('version')(error) && /0\.9/.test(String(error)));
    } finally {
      await old.close();
    }
    assert.equal(connection.isLocal, true);
  });

  it('refuses what is no server of ours', async () => {
    const { services: { connection } } = await activated();
    const other = await pretend({ result: { hello: 'world' } });
    try {
      await assert.rejects(connection.tryOut(remoteSource(other.url, () => Promise.resolve('token'))), withReason('version'));
    } finally {
      await other.close();
    }
  });

  it('names a token that is not stored, without asking in the background', async () => {
    const { services: { connection } } = await activated();
    await assert.rejects(connection.tryOut(remoteSource('ws://127.0.0.1:1', () => Promise.resolve(undefined))), /The token of the server 127\.0\.0\.1:1 is not stored/);
  });

  it('comes back by itself when the server was killed', async () => {
    const { services: { connection } } = await activated();
    await connection.ensure();
    const states: string[] = [];
    const listening = connection.onDidChangeState(({ kind }) => states.push(kind));
    const instances: string[] = [];
    const connected = connection.onDidConnect(({ instance }) => instances.push(instance));
    try {
      const { state } = connection;
      assert.ok(state.kind === 'connected');
      process.kill(state.pid, 'SIGKILL');
      await eventually(() => instances.length > 0, 'another server is connected');
      assert.ok(states.includes('away'), states.join());
      assert.ok(connection.state.kind === 'connected');
      assert.notEqual(connection.state.pid, state.pid);
    } finally {
      vscode.Disposable.from(listening, connected).dispose();
    }
  });

  it('stays away, not failed, while what is asked of a lost server fails, and comes back when the server does', async () => {
    const { services: { log } } = await activated();
    const hello = { result: { protocol: PROTOCOL_VERSION, serverVersion: '1', pid: 1, instance: 'a' } };
    const first = await pretend(hello);
    const { port } = new URL(first.url);
    const connection = new ServerConnection({ label: 'elsewhere', local: false, resolve: () => Promise.resolve({ url: first.url, token: 'token' }) }, log, 'test');
    const states: string[] = [];
    connection.onDidChangeState(({ kind }) => states.push(kind));
    try {
      await connection.ensure();
      await first.close();
      await eventually(() => connection.state.kind === 'away', 'the loss is noticed');
      await assert.rejects(connection.request(ListRecipes, {}), withReason('unavailable'));
      assert.equal(connection.state.kind, 'away');
      const again = await pretend(hello, Number(port));
      try {
        await eventually(() => connection.state.kind === 'connected', 'connected again');
        assert.deepEqual(states, ['connecting', 'connected', 'away', 'connected']);
      } finally {
        await again.close();
      }
    } finally {
      connection.dispose();
    }
  });

  it('ends up with one server when several windows lose theirs at once', async () => {
    const { services: { connection, context, log } } = await activated();
    await connection.ensure();
    assert.ok(connection.state.kind === 'connected');
    const { serverVersion } = connection.state;
    const windows = ['second', 'third', 'fourth'].map((name) => new ServerConnection(localSource(context, serverVersion), log, name));
    try {
      const all = [connection, ...windows];
      const pids = (): number[] => all.flatMap(({ state }) => (state.kind === 'connected' ? [state.pid] : []));
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(all.map((window) => window.ensure()));
        const [pid] = pids();
        assert.ok(pid !== undefined && pids().every((other) => other === pid), pids().join());
        process.kill(pid, 'SIGKILL');
        await eventually(() => pids().length === all.length && !pids().includes(pid), 'every window is connected again');
      }
      assert.equal(new Set(pids()).size, 1, pids().join());
    } finally {
      vscode.Disposable.from(...windows).dispose();
    }
  });
});
