import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { CancellationTokenSource, ProgressType } from 'vscode-jsonrpc/node.js';
import { WebSocket } from 'ws';
import { EndpointSchema } from '../../server/protocol/endpoint.ts';
import { Hello, type NotificationSpec, type ParamsOf, type ProgressOf, type RequestSpec, type ResultOf } from '../../server/protocol/methods.ts';
import { jsonRpcOver } from '../../server/protocol/transport.ts';
import { PROTOCOL_VERSION } from '../../server/protocol/version.ts';

export interface ServerProcess {
  readonly url: string;
  readonly token: string;
  readonly args: readonly string[];
  readonly child: ChildProcess;
  log(): string;
  /** Asks it to stop (SIGTERM) and waits for its end; returns the exit code. */
  stop(): Promise<number | null>;
  /** kill -9, and waits for its end. */
  kill(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, '../../dist/server/main.mjs');

/** Starts the bundled server program (`npm run build` comes first) with an endpoint file of its own. */
export async function startServer(extraArgs: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  if (!existsSync(PROGRAM)) throw new Error('dist/server/main.mjs is missing: run `npm run build`');
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-server-'));
  const endpointFile = join(folder, 'endpoint.json');
  const args = [PROGRAM, 'serve', '--endpoint-file', endpointFile, ...extraArgs];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    void ended.then((code) => reject(new Error(`server ended with ${code}: ${log}`)));
  });
  const endpoint = v.parse(EndpointSchema, JSON.parse(await readFile(endpointFile, 'utf8')));
  const finish = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const code = await ended;
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  return {
    url: `ws://${endpoint.host}:${endpoint.port}`,
    token: endpoint.token,
    args,
    child,
    log: () => log,
    stop: () => finish('SIGTERM'),
    kill: async () => {
      await finish('SIGKILL');
    },
  };
}

export interface TestClient {
  request<S extends RequestSpec>(spec: S, params: ParamsOf<S>, progress?: (value: ProgressOf<S>) => void): Promise<ResultOf<S>>;
  /** Starts a request that can be cancelled. */
  start<S extends RequestSpec>(spec: S, params: ParamsOf<S>, progress?: (value: ProgressOf<S>) => void): { readonly result: Promise<ResultOf<S>>; cancel(): void };
  requestRaw(method: string, params: unknown): Promise<unknown>;
  onNotification<S extends NotificationSpec>(spec: S, listener: (params: ParamsOf<S>) => void): void;
  close(): void;
}

/** Connects to a server as the extension does. */
export async function connect(server: { readonly url: string; readonly token: string }, options: { readonly token?: string; readonly hello?: boolean } = {}): Promise<TestClient> {
  const socket = new WebSocket(server.url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const rpc = jsonRpcOver(socket);
  rpc.onError(() => undefined);
  rpc.listen();
  const start: TestClient['start'] = (spec, params, progress) => {
    const cancellation = new CancellationTokenSource();
    const token = progress ? crypto.randomUUID() : undefined;
    const subscription = progress && token ? rpc.onProgress(new ProgressType<unknown>(), token, (raw) => progress(v.parse(spec.progress, raw) as ProgressOf<typeof spec>)) : undefined;
    const sent: Promise<unknown> = rpc.sendRequest(spec.method, { ...(params as object), progressToken: token }, cancellation.token);
    const result = sent.then((raw) => v.parse(spec.result, raw) as ResultOf<typeof spec>).finally(() => subscription?.dispose());
    return { result, cancel: () => cancellation.cancel() };
  };
  const client: TestClient = {
    start,
    request: (spec, params, progress) => start(spec, params, progress).result,
    requestRaw: (method, params) => rpc.sendRequest(method, params),
    onNotification: (spec, listener) => void rpc.onNotification(spec.method, (raw: unknown) => listener(v.parse(spec.params, raw) as ParamsOf<typeof spec>)),
    close: () => {
      rpc.dispose();
      socket.terminate();
    },
  };
  if (options.hello !== false) {
    try {
      await client.request(Hello, { protocol: PROTOCOL_VERSION, token: options.token ?? server.token, client: 'test' });
    } catch (error) {
      client.close();
      throw error;
    }
  }
  return client;
}
