// The verifier service as a process of its own, and a client that speaks JSON lines to it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, '../../dist/server/main.mjs');

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly socket: string;
  readonly http: string;
  log(): string;
  /** SIGTERM, and its exit code once it has ended. */
  stop(): Promise<number | null>;
}

/** Starts `rlvr verify --socket … --http …` (`npm run build` comes first) in a folder; ended when the test is. */
export async function startService(test: { after(work: () => Promise<void>): void }, folder: string, args: readonly string[] = []): Promise<ServiceProcess> {
  const socket = join(folder, 'v.sock');
  const child = spawn(process.execPath, [PROGRAM, 'verify', '--socket', socket, '--http', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  test.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then((code) => Promise.reject(new Error(`the service ended with ${code}: ${log}`)))]);
  const { http, pid } = JSON.parse(String(first[0])) as { http: string; pid: number };
  return {
    child, pid, socket, http,
    log: () => log,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export interface Reply {
  readonly id: number | string | null;
  readonly score: 0 | 1 | null;
  readonly verdict: string;
  readonly rule: string;
  readonly reason: string;
  readonly tests_passed?: number;
  readonly failed?: { readonly index: number; readonly kind: string } | null;
}

/** A connection of JSON lines. */
export class LineClient {
  readonly socket: Socket;
  readonly replies: Reply[] = [];
  readonly ended: Promise<void>;
  #waiting: { count: number; resolve: () => void } | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.once('end', () => socket.end());
    createInterface(socket).on('line', (line) => {
      if (line === '') return; // a heartbeat
      this.replies.push(JSON.parse(line) as Reply);
      if (this.#waiting && this.replies.length >= this.#waiting.count) this.#waiting.resolve();
    });
  }

  static async open(path: string): Promise<LineClient> {
    const socket = connect({ path, allowHalfOpen: true });
    await once(socket, 'connect');
    return new LineClient(socket);
  }

  send(...requests: readonly unknown[]): void {
    this.socket.write(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  }

  /** Waits until so many replies have come, or the connection has ended. */
  async received(count: number): Promise<readonly Reply[]> {
    if (this.replies.length < count) {
      const enough = new Promise<void>((resolve) => (this.#waiting = { count, resolve }));
      await Promise.race([enough, this.ended]);
    }
    return this.replies;
  }
}
