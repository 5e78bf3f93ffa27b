import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { answerLines } from './answerLines.ts';
import { Gate } from './gate.ts';
import { LineReader } from './lineReader.ts';
import { Metrics } from './metrics.ts';
import { Rewarder, type RewarderOptions } from './rewarder.ts';
import type { RewardReply } from './rewardTask.ts';

export interface ServiceLimits {
  /** Rollouts verified or waiting for a worker at the same time, all connections together. */
  readonly inFlight: number;
  /** Bytes of their requests. */
  readonly inFlightBytes: number;
  /** One request: a line, or a body. */
  readonly requestBytes: number;
  /** Requests of one stream whose replies are still to be written. */
  readonly window: number;
}

export const DEFAULT_LIMITS: ServiceLimits = { inFlight: 1_024, inFlightBytes: 256 * 1024 * 1024, requestBytes: 64 * 1024 * 1024, window: 512 };

export interface StreamOptions {
  /**
   * Who is at the other end. `socket`: it may close its half and still read. `http`: it may read nothing before it has sent
   * everything, so replies are not held back until then; needs `maxLines`, which bounds them. `pipe`: a parent process.
   */
  readonly peer: 'socket' | 'http' | 'pipe';
  /** Most lines, where the stream is a batch. */
  readonly maxLines?: number;
}

/** How often a peer that sends nothing is asked whether it is still there, milliseconds. */
const HEARTBEAT_MS = 250;

/**
 * The verifiers as a service: whatever the transport, requests pass one gate and one rewarder. It owns no verifier and
 * listens nowhere itself.
 */
export class VerifierService {
  readonly limits: ServiceLimits;
  readonly metrics: Metrics;
  readonly gate: Gate;
  readonly rewarder: Rewarder;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #work = new Set<Promise<unknown>>();
  readonly #connections = { lines: 0, http: 0 };

  constructor(options: Omit<RewarderOptions, 'metrics'>, limits: Partial<ServiceLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.metrics = new Metrics();
    this.gate = new Gate({ requests: this.limits.inFlight, bytes: this.limits.inFlightBytes });
    this.rewarder = new Rewarder({ ...options, metrics: this.metrics });
  }

  get isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Counts a connection until the returned function is called. */
  connected(speaking: 'lines' | 'http'): () => void {
    this.#connections[speaking] += 1;
    return () => void (this.#connections[speaking] -= 1);
  }

  metricsText(): string {
    return this.metrics.text({ inFlight: this.gate.inFlight, bytesInFlight: this.gate.bytesInFlight, queue: this.gate.waiting, connections: this.#connections });
  }

  /** Does work that `stop` waits for. Its signal fires when `cancel` does, and when time is over at the end. */
  async during<T>(cancel: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = work(AbortSignal.any([cancel, this.#kill.signal]));
    this.#work.add(running);
    try {
      return await running;
    } finally {
      this.#work.delete(running);
    }
  }

  /**
   * Answers the lines of `input` on `output` until the input ends, the output is closed or the service stops. A peer that
   * sends nothing, or may not, gets a blank line now and then: writing is what shows that it has gone, and what it asked
   * for is then cancelled.
   * @returns how many lines were no requests. Rejects when the peer has gone
   */
  async stream(input: Readable, output: Writable, { peer, maxLines }: StreamOptions): Promise<number> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    output.once('close', leave);
    output.once('error', leave);
    input.once('error', leave);
    const reader = new LineReader(input, this.limits.requestBytes);
    const beat = (): void => {
      // Node's HTTP server notices by itself that a peer has gone once its request has been read.
      if (peer === 'http' && input.readableEnded) return;
      if (reader.isIdle && output.writable && output.writableLength === 0) output.write('\n');
    };
    const heartbeat = peer === 'pipe' ? undefined : setInterval(beat, HEARTBEAT_MS);
    if (peer === 'socket') input.once('end', beat);
    try {
      return await this.during(gone.signal, (cancel) => answerLines(reader, {
        rewarder: this.rewarder, gate: this.gate, metrics: this.metrics, window: this.limits.window, cancel, stop: this.#stop.signal,
        ...(maxLines === undefined ? {} : { maxLines }),
        write: async (reply: RewardReply) => {
          if (output.write(`${JSON.stringify(reply)}\n`) || (peer === 'http' && !input.readableEnded)) return;
          await once(output, 'drain', { signal: cancel });
        },
      }));
    } finally {
      clearInterval(heartbeat);
      input.off('end', beat);
      output.off('close', leave);
      output.off('error', leave);
      input.off('error', leave);
    }
  }

  /** Takes no more work, waits for what runs at most `graceMs`, and cancels the rest. @returns false if something was cancelled */
  async stop(graceMs: number): Promise<boolean> {
    this.#stop.abort();
    const done = Promise.allSettled([...this.#work]);
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), graceMs);
    const result = await Promise.race([done, late]);
    clearTimeout(timer);
    if (result !== 'late') return true;
    this.#kill.abort();
    await done;
    return false;
  }
}
