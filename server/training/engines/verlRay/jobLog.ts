import { setTimeout as delay } from 'node:timers/promises';
import type { Execution } from '../engine.ts';
import { parseConsoleMetrics } from './console.ts';
import type { JobsClient } from './jobsClient.ts';
import { LogCursor, streamLog } from './logTail.ts';
import type { JobResults } from './results.ts';

/** Log text kept as events per attempt; a chattier job's later output stays on the cluster. */
const LOG_BUDGET = 16 * 1024 * 1024;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
/** Lines are gathered for this long before they become an event. */
const GATHER_MS = 200;

/** Follows a job's log until `signal` fires, connecting again whenever the stream ends. Every line becomes part of one log event, once. */
export class JobLog {
  readonly #execution: Execution;
  readonly #results: JobResults;
  #pending: string[] = [];
  #cursor: LogCursor;
  #writing: Promise<void> = Promise.resolve();
  #failure: Error | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(execution: Execution, results: JobResults) {
    this.#execution = execution;
    this.#results = results;
    this.#cursor = new LogCursor(execution.state().logBytes);
  }

  async follow(client: JobsClient, submissionId: string, signal: AbortSignal): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !signal.aborted && !this.#full();) {
      const { received } = await this.once(client, submissionId, signal);
      wait = received ? FIRST_RETRY_MS : Math.min(LAST_RETRY_MS, wait * 2);
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One connection, from the first byte not yet told to the end of the stream. */
  async once(client: JobsClient, submissionId: string, signal: AbortSignal): Promise<{ received: boolean }> {
    await this.#flush();
    this.#cursor = new LogCursor(this.#execution.state().logBytes);
    let received = false;
    await streamLog(client.logTail(submissionId), {
      signal,
      onText: (text) => {
        received = true;
        this.#take(this.#cursor.push(text));
      },
    });
    await this.#flush();
    return { received };
  }

  /** The log is over: what is left of it, without a newline, is told too. */
  async end(): Promise<void> {
    this.#take(this.#cursor.flush());
    await this.#flush();
  }

  #full(): boolean {
    return this.#execution.state().logBytes >= LOG_BUDGET;
  }

  #take(pieces: readonly string[]): void {
    if (pieces.length === 0) return;
    this.#pending.push(...pieces);
    this.#timer ??= setTimeout(() => { this.#timer = undefined; void this.#flush().catch(() => undefined); }, GATHER_MS); // the failure is kept for the next flush that is waited for
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pieces = this.#pending;
    this.#pending = [];
    this.#writing = this.#writing.then(async () => {
      if (this.#failure !== null) throw this.#failure;
      try {
        await this.#tell(pieces);
      } catch (error) {
        this.#failure = error instanceof Error ? error : new Error(String(error));
        throw this.#failure;
      }
    });
    this.#writing.catch(() => undefined);
    return this.#writing;
  }

  async #tell(pieces: readonly string[]): Promise<void> {
    for (const text of joined(pieces)) {
      if (this.#full()) return;
      await this.#execution.emit({ type: 'log', stream: 'stdout', text });
      if (this.#full()) await this.#execution.emit({ type: 'log', stream: 'server', text: 'The log is very long; the rest of it stays on the cluster.\n' });
    }
    for (const line of pieces.join('').split('\n')) {
      const found = parseConsoleMetrics(line);
      if (found !== null) await this.#results.fromConsole(found.step, found.metrics);
    }
  }
}

/** Small pieces become one event, large ones stay apart. */
function joined(pieces: readonly string[]): string[] {
  const found: string[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last !== undefined && last.length + piece.length <= 16 * 1024) found[found.length - 1] = last + piece;
    else found.push(piece);
  }
  return found;
}
