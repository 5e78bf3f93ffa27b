import * as v from 'valibot';
import * as vscode from 'vscode';
import { ErrorCodes, ProgressType, ResponseError, type MessageConnection } from 'vscode-jsonrpc/node.js';
import { WebSocket } from 'ws';
import type { Endpoint } from '../../server/protocol/endpoint.ts';
import { ErrorDataSchema, REQUEST_CANCELLED, RequestError } from '../../server/protocol/errors.ts';
import { Hello, type NotificationSpec, type ParamsOf, type ProgressOf, type RequestSpec, type ResultOf } from '../../server/protocol/methods.ts';
import { jsonRpcOver } from '../../server/protocol/transport.ts';
import { HEARTBEAT_TIMEOUT_MS, MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../../server/protocol/version.ts';

export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly where: string }
  | { readonly kind: 'connected'; readonly where: string; readonly local: boolean; readonly serverVersion: string; readonly pid: number }
  | { readonly kind: 'away'; readonly where: string; readonly since: number; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Where to connect and with which secret. */
export interface Target {
  readonly url: string;
  readonly token: string;
}

/** Finds or starts the server; asked again before every attempt, so that a restarted server is found. */
export interface TargetSource {
  /** Plain words for the status bar, e.g. `local` or a host name. */
  readonly label: string;
  /** Whether the server is a process of this machine that we start ourselves. */
  readonly local: boolean;
  /** Where to connect; `failed` is what was tried just now and did not answer. */
  resolve(failed: Target | null): Promise<Target>;
}

export interface RequestOptions<G> {
  readonly progress?: (value: G) => void;
  readonly token?: vscode.CancellationToken;
}

const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

interface Live {
  readonly socket: WebSocket;
  readonly rpc: MessageConnection;
  readonly instance: string;
}

/** Sends requests of a connection that nobody else can use yet. */
export type Greeting = (request: <S extends RequestSpec>(spec: S, params: ParamsOf<S>) => Promise<unknown>) => Promise<void>;

/**
 * The one way to the server. Connects on first use, comes back by itself after a lost connection (with growing pauses),
 * and parses every reply with its schema.
 */
export class ServerConnection implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #client: string;
  readonly #stateEmitter = new vscode.EventEmitter<ConnectionState>();
  readonly #connectedEmitter = new vscode.EventEmitter<{ readonly instance: string; readonly sameServer: boolean }>();
  readonly #listeners = new Map<string, Set<(params: unknown) => void>>();
  readonly #greetings = new Set<Greeting>();
  #source: TargetSource;
  #state: ConnectionState = { kind: 'idle' };
  #live: Live | null = null;
  #connecting: Promise<Live> | null = null;
  /** Between a loss and the return: attempts fail without a word then, whoever asked for them. */
  #returning = false;
  #lastInstance: string | null = null;
  #generation = 0;
  #disposed = false;

  /** Fires on every change of the state. */
  readonly onDidChangeState = this.#stateEmitter.event;
  /** Fires after every hello: subscriptions are made again from the last seen number. */
  readonly onDidConnect = this.#connectedEmitter.event;

  constructor(source: TargetSource, log: vscode.LogOutputChannel, client: string) {
    this.#source = source;
    this.#log = log;
    this.#client = client;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Sends a request; connects first if need be. A cancelled token rejects with vscode.CancellationError. */
  async request<S extends RequestSpec>(spec: S, params: ParamsOf<S>, options: RequestOptions<ProgressOf<S>> = {}): Promise<ResultOf<S>> {
    const { rpc } = await this.#connect();
    const progressToken = options.progress ? crypto.randomUUID() : undefined;
    const subscription = options.progress && progressToken ? this.#streamTo(rpc, spec, progressToken, options.progress) : undefined;
    try {
      const wire = { ...(params as object), ...(progressToken ? { progressToken } : {}) };
      const reply: unknown = await (options.token ? rpc.sendRequest(spec.method, wire, options.token) : rpc.sendRequest(spec.method, wire));
      const parsed = v.safeParse(spec.result, reply);
      if (!parsed.success) throw new RequestError('internal', `${spec.method}: the reply is not of this protocol: ${describe(parsed.issues[0])}`);
      // Safe: parsed with the spec's own schema.
      return parsed.output;
    } catch (error) {
      throw asRequestError(error);
    } finally {
      subscription?.dispose();
    }
  }

  /** Listens to a notification over all reconnections. */
  onNotification<S extends NotificationSpec>(spec: S, listener: (params: ParamsOf<S>) => void): vscode.Disposable {
    const parse = (raw: unknown): void => {
      const parsed = v.safeParse(spec.params, raw);
      // Safe: parsed with the spec's own schema.
      if (parsed.success) listener(parsed.output);
      else this.#log.warn(`${spec.method}: ignored, not of this protocol: ${describe(parsed.issues[0])}`);
    };
    const listeners = this.#listeners.get(spec.method) ?? new Set();
    listeners.add(parse);
    this.#listeners.set(spec.method, listeners);
    return new vscode.Disposable(() => listeners.delete(parse));
  }

  /** Runs at every connection after the hello and before any other request: for what a server must know first. A failure is logged. */
  onGreeting(greeting: Greeting): vscode.Disposable {
    this.#greetings.add(greeting);
    return new vscode.Disposable(() => this.#greetings.delete(greeting));
  }

  /** Connects now if not connected. */
  async ensure(): Promise<void> {
    await this.#connect();
  }

  /** Whether the server in use is the one that the extension starts itself. */
  get isLocal(): boolean {
    return this.#source.local;
  }

  /** Which server this is, for what is remembered of one server and not told to another. */
  get server(): string {
    return this.#source.local ? 'local' : `remote:${this.#source.label}`;
  }

  /** Leaves the present server and uses another from now on. */
  use(source: TargetSource): void {
    this.#source = source;
    this.disconnect();
  }

  /** Uses another server if it lets us in; otherwise goes back to the present one and rejects with the reason. */
  async tryOut(source: TargetSource): Promise<void> {
    const former = this.#source;
    const wasConnected = this.#live !== null;
    this.use(source);
    try {
      await this.ensure();
    } catch (error) {
      // Not when the user has chosen yet another one meanwhile.
      if (this.#source === source) {
        this.use(former);
        if (wasConnected) await this.ensure().catch(() => undefined);
      }
      throw error;
    }
  }

  /** Closes the connection; the next request opens it again. */
  disconnect(): void {
    this.#generation += 1;
    this.#connecting = null;
    this.#returning = false;
    this.#close();
    this.#setState({ kind: 'idle' });
  }

  dispose(): void {
    this.#disposed = true;
    this.#generation += 1;
    this.#close();
    this.#stateEmitter.dispose();
    this.#connectedEmitter.dispose();
  }

  #streamTo<S extends RequestSpec>(rpc: MessageConnection, spec: S, token: string, listener: (value: ProgressOf<S>) => void): { dispose(): void } {
    return rpc.onProgress(new ProgressType<unknown>(), token, (raw) => {
      const parsed = v.safeParse(spec.progress, raw);
      // Safe: parsed with the spec's own schema.
      if (parsed.success) listener(parsed.output);
      else this.#log.warn(`${spec.method}: progress ignored, not of this protocol: ${describe(parsed.issues[0])}`);
    });
  }

  #connect(): Promise<Live> {
    if (this.#disposed) return Promise.reject(new RequestError('unavailable', 'The extension is shutting down.'));
    if (this.#live) return Promise.resolve(this.#live);
    this.#connecting ??= this.#begin(this.#returning);
    return this.#connecting;
  }

  #begin(again: boolean): Promise<Live> {
    const attempt = this.#open(again).finally(() => {
      // Another server may be in use by now, with an attempt of its own.
      if (this.#connecting === attempt) this.#connecting = null;
    });
    return attempt;
  }

  async #open(again: boolean): Promise<Live> {
    const generation = this.#generation;
    const where = this.#source.label;
    if (!again) this.#setState({ kind: 'connecting', where });
    try {
      const target = await this.#source.resolve(null);
      return await this.#attempt(generation, target).catch(async (error: unknown) => {
        if (error instanceof RequestError && error.data.reason !== 'unavailable') throw error;
        // A stale endpoint file looks like this: ask the source once more, which then starts a server.
        return await this.#attempt(generation, await this.#source.resolve(target));
      });
    } catch (error) {
      const failure = asRequestError(error);
      const message = failure instanceof Error ? failure.message : String(failure);
      if (generation === this.#generation && !again) this.#setState({ kind: 'failed', message });
      throw failure;
    }
  }

  async #attempt(generation: number, target: Target): Promise<Live> {
    const where = this.#source.label;
    const socket = await openSocket(target.url);
    const rpc = jsonRpcOver(socket);
    rpc.onError(([error]) => this.#log.warn(`connection: ${error.message}`));
    rpc.onNotification((method, params: unknown) => {
      for (const listener of this.#listeners.get(method) ?? []) listener(Array.isArray(params) ? params[0] : params);
    });
    rpc.listen();
    try {
      const reply: unknown = await rpc.sendRequest(Hello.method, { protocol: PROTOCOL_VERSION, token: target.token, client: this.#client });
      const hello = v.safeParse(Hello.result, reply);
      if (!hello.success) throw new RequestError('version', 'The server speaks another protocol than this extension.');
      for (const greet of this.#greetings) await greet((spec, params) => rpc.sendRequest(spec.method, params)).catch((error: unknown) => { this.#log.warn(`greeting: ${error instanceof Error ? error.message : String(error)}`); });
      if (generation !== this.#generation) throw new RequestError('unavailable', 'The connection was replaced.');
      const live: Live = { socket, rpc, instance: hello.output.instance };
      this.#live = live;
      this.#returning = false;
      this.#watch(live);
      this.#setState({ kind: 'connected', where, local: this.#source.local, serverVersion: hello.output.serverVersion, pid: hello.output.pid });
      this.#log.info(`connected to the ${where} server, pid ${hello.output.pid}`);
      const sameServer = this.#lastInstance === live.instance;
      this.#lastInstance = live.instance;
      this.#connectedEmitter.fire({ instance: live.instance, sameServer });
      return live;
    } catch (error) {
      rpc.dispose();
      socket.terminate();
      throw asRequestError(error);
    }
  }

  /** Heartbeat and return after a loss. */
  #watch(live: Live): void {
    let lastSeen = Date.now();
    live.socket.on('ping', () => (lastSeen = Date.now()));
    live.socket.on('message', () => (lastSeen = Date.now()));
    const timer = setInterval(() => {
      if (Date.now() - lastSeen > HEARTBEAT_TIMEOUT_MS) live.socket.terminate();
    }, HEARTBEAT_TIMEOUT_MS / 3);
    live.socket.on('close', (code, reason) => {
      clearInterval(timer);
      live.rpc.dispose();
      if (this.#live !== live) return;
      this.#live = null;
      this.#returning = true;
      const message = reason.toString() || `closed with code ${code}`;
      this.#log.warn(`lost the server: ${message}`);
      this.#setState({ kind: 'away', where: this.#source.label, since: Date.now(), message });
      void this.#comeBack(this.#generation);
    });
  }

  async #comeBack(generation: number): Promise<void> {
    for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (this.#disposed || generation !== this.#generation || this.#live) return;
      try {
        this.#connecting ??= this.#begin(true);
        await this.#connecting;
        return;
      } catch (error) {
        const failure = asRequestError(error);
        if (failure instanceof RequestError && (failure.data.reason === 'unauthorised' || failure.data.reason === 'version')) {
          if (generation === this.#generation) {
            this.#returning = false;
            this.#setState({ kind: 'failed', message: failure.message });
          }
          return;
        }
        this.#log.debug(`still away: ${failure instanceof Error ? failure.message : String(failure)}`);
      }
    }
  }

  #close(): void {
    const live = this.#live;
    this.#live = null;
    live?.rpc.dispose();
    live?.socket.close();
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    if (!this.#disposed) this.#stateEmitter.fire(state);
  }
}

/** `where` of a server on this machine. */
export function targetOf(endpoint: Endpoint): Target {
  return { url: `ws://${endpoint.host}:${endpoint.port}`, token: endpoint.token };
}

function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES, handshakeTimeout: CONNECT_TIMEOUT_MS });
    socket.once('open', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', (error) => reject(new RequestError('unavailable', `No server answers at ${url}: ${error.message}`)));
  });
}

/** Errors as the rest of the extension sees them: cancellation is not an error, and lost connections say so. */
function asRequestError(error: unknown): unknown {
  if (error instanceof RequestError || error instanceof vscode.CancellationError) return error;
  if (error instanceof ResponseError) {
    if (error.code === REQUEST_CANCELLED) return new vscode.CancellationError();
    if (error.code === ErrorCodes.PendingResponseRejected) return new RequestError('unavailable', 'The connection to the server was lost.');
    const data = v.safeParse(ErrorDataSchema, error.data);
    return data.success ? new RequestError(data.output.reason, error.message, data.output) : new RequestError('internal', error.message);
  }
  return new RequestError('unavailable', `The connection to the server was lost: ${error instanceof Error ? error.message : String(error)}`);
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`;
}
