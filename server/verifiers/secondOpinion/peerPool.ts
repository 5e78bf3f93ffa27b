import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Opinion } from '../../protocol/audit.ts';

/** Another checker asked about a pair. */
export interface SecondOpinion {
  /** Rejects with an AbortError when `signal` fires or the pool is closed, never because of the pair. */
  check(gold: string, answer: string, signal?: AbortSignal): Promise<Opinion>;
  dispose(): Promise<void>;
}

export interface PeerPoolOptions {
  /** Python of the environment that has the checker. */
  readonly python: string;
  readonly script?: string;
  readonly workers?: number;
  /** Wall time of one pair, milliseconds; then its process is killed and another one started. */
  readonly timeoutMs?: number;
  readonly memoryMb?: number;
  /** Wall time a process may take to start, milliseconds. */
  readonly startTimeoutMs?: number;
}

const ReplySchema = v.union([v.object({ ready: v.literal(true) }), v.object({ equal: v.nullable(v.boolean()), ms: v.number() })]);

interface Job {
  readonly line: string;
  readonly settle: (opinion: Opinion) => void;
  readonly fail: (error: Error) => void;
  readonly aborted: () => boolean;
  /** Given the way to end the process that works on the pair, for as long as it does. */
  readonly runs: (kill: (() => void) | null) => void;
}

/** `math_peer.py` beside the bundled server, or among the sources. */
function defaultScript(): string {
  const places = [new URL('./python/math_peer.py', import.meta.url), new URL('../../python/math_peer.py', import.meta.url)].map((url) => fileURLToPath(url));
  return places.find(existsSync) ?? places[0] ?? 'math_peer.py';
}

/** Python processes that each judge one pair at a time. A process that hangs or dies is replaced; only its pair fails. */
export function createPeerPool(options: PeerPoolOptions): SecondOpinion {
  const script = options.script ?? defaultScript();
  const queue: Job[] = [];
  const workers = new Set<ChildProcess>();
  const limit = options.workers ?? 2;
  let active = 0;
  /** Processes that have not taken a pair yet. */
  let starting = 0;
  let disposed = false;

  function pump(): void {
    while (active < limit && queue.length > starting && !disposed) {
      active++;
      starting++;
      void serve().finally(() => {
        active--;
        if (queue.length > 0) pump();
      });
    }
  }

  /** One process for as long as it lives and there is work. */
  async function serve(): Promise<void> {
    const child = spawn(options.python, ['-I', script], { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] ?? '', RLVR_MEMORY_MB: String(options.memoryMb ?? 2_048) } });
    workers.add(child);
    // A program that cannot be started, or died before it read, ends its output: that is where it is noticed.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    try {
      const ready = await reply(child, replies, options.startTimeoutMs ?? 60_000).finally(() => starting--);
      if (ready === null) {
        queue.shift()?.settle('failed');
        return;
      }
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        if (job.aborted()) continue;
        job.runs(() => child.kill('SIGKILL'));
        child.stdin.write(`${job.line}\n`);
        const answer = await reply(child, replies, options.timeoutMs ?? 20_000);
        job.runs(null);
        if (disposed) {
          job.fail(closed());
          return;
        }
        if (answer === null || !('equal' in answer)) {
          job.settle('failed');
          return;
        }
        job.settle(answer.equal === null ? 'failed' : answer.equal ? 'equal' : 'different');
      }
    } finally {
      workers.delete(child);
      child.kill('SIGKILL');
    }
  }

  /** The next line of a process, or null when it took too long, ended, or made no sense. */
  async function reply(child: ChildProcess, replies: AsyncIterator<string>, timeoutMs: number): Promise<v.InferOutput<typeof ReplySchema> | null> {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    try {
      const next = await replies.next();
      return next.done === true ? null : v.parse(ReplySchema, JSON.parse(next.value));
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    check(gold, answer, signal) {
      return new Promise((resolve, reject) => {
        if (disposed) return reject(closed());
        if (signal?.aborted === true) return reject(new DOMException('cancelled', 'AbortError'));
        let over = false;
        let kill: (() => void) | null = null;
        const onAbort = (): void => {
          over = true;
          // Nobody wants the answer: a pair that would hang does not keep its process.
          kill?.();
          reject(new DOMException('cancelled', 'AbortError'));
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push({
          line: JSON.stringify({ gold, pred: answer }),
          settle: (opinion) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(opinion);
          },
          fail: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
          aborted: () => over,
          runs: (way) => (kill = way),
        });
        pump();
      });
    },
    dispose() {
      disposed = true;
      for (const job of queue.splice(0)) job.fail(closed());
      for (const child of workers) child.kill('SIGKILL');
      return Promise.resolve();
    },
  };
}

function closed(): Error {
  return new DOMException('the second opinion was closed', 'AbortError');
}
