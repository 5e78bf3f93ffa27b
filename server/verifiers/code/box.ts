import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { encodeFrame, FrameReader, type Frame } from './frames.ts';
import { wallSeconds, type Limits } from './limits.ts';
import { DeathSchema, FrameEndSchema, HelloSchema, type Death, type FrameEnd, type Hello } from './messages.ts';

/** The box ended, or did something a box never does. Never the candidate's fault: the job is run again elsewhere. */
export class BoxLost extends Error {
  override readonly name = 'BoxLost';
}

/** How a box is started; built by sandbox/. */
export interface BoxCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Removes what the box left on this machine. */
  readonly cleanUp: () => Promise<void>;
}

/** What a candidate says: a whole frame with its measurements, or its end. */
export type CandidateEvent =
  | { readonly type: 'frame'; readonly end: FrameEnd; readonly payload: Buffer }
  | { readonly type: 'death'; readonly death: Death };

type BoxEvent = CandidateEvent | { readonly type: 'next'; readonly job: number };

/** A box that does not answer within this time to what it should answer at once is lost. */
const ANSWER_MS = 30_000;
const MAX_STDERR_CHARS = 4000;
/** Of one candidate. */
const MAX_THREADS = 128;
const MAX_FILES = 16;
/** Largest frame of a box; candidates' frames arrive in pieces of 256 KB. */
const MAX_FRAME_BYTES = 1024 * 1024;

/**
 * One sandboxed process with a warm interpreter, which runs one candidate after the other. Not concurrent: one job at a time.
 * Every method rejects with BoxLost when the box is gone.
 */
export class Box {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #cleanUp: () => Promise<void>;
  readonly #frames = new FrameReader(MAX_FRAME_BYTES);
  readonly #ended: Promise<void>;
  #events: BoxEvent[] = [];
  #wake: (() => void) | null = null;
  #lost: BoxLost | null = null;
  #stderr = '';
  #hello: Hello | null = null;
  #job = 0;
  #ready = false;
  #finishing = false;
  #pieces: Buffer[] = [];
  #piecesBytes = 0;
  #maxReplyBytes = 0;

  private constructor(command: BoxCommand) {
    this.#cleanUp = command.cleanUp;
    // A process group of its own: an interrupt typed at a terminal ends the server, which then ends its boxes.
    this.#child = spawn(command.file, command.args, { env: command.env, cwd: '/', detached: true, windowsHide: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    const channel = this.#child.stdio[3];
    if (!isDuplex(channel)) throw new BoxLost('no channel to the box');
    this.#channel = channel;
    this.#channel.on('data', (bytes: Buffer) => { this.#receive(bytes); });
    this.#channel.on('error', (error) => { this.#lose(error.message); });
    this.#channel.on('close', () => { this.#lose('it closed its channel'); });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#stderr.length < MAX_STDERR_CHARS) this.#stderr += text;
    });
    this.#child.on('error', (error) => { this.#lose(error.message); });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#lose(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
        resolve();
      });
      this.#child.once('error', () => { if (this.#child.pid === undefined) resolve(); });
    });
  }

  /** Starts a box and waits until it is ready for its first job. @throws BoxLost */
  static async start(command: BoxCommand): Promise<Box> {
    const box = new Box(command);
    try {
      await box.#nextJob();
      return box;
    } catch (error) {
      await box.dispose();
      throw error;
    }
  }

  /** Process id of the box as the host sees it. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hello(): Hello | null {
    return this.#hello;
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** Announces a job with its limits, when the one before is over. Nothing of it is in the box before. */
  async begin(limits: Limits, maxReplyBytes: number): Promise<void> {
    if (!this.#ready) await this.#nextJob();
    this.#ready = false;
    this.#finishing = false;
    this.#maxReplyBytes = maxReplyBytes;
    const sent = new Float64Array([limits.memoryMb * 1024 * 1024, limits.seconds, wallSeconds(limits), MAX_THREADS, MAX_FILES, maxReplyBytes]); // `LIMITS` in job.py
    this.#send('B', Buffer.from(sent.buffer));
  }

  /** Sends one frame to the candidate. */
  send(type: 'I' | 'L' | 'R', ...payload: readonly Buffer[]): void {
    this.#send(type, ...payload);
  }

  /** The candidate's next frame, or its end. */
  async receive(timeoutMs: number): Promise<CandidateEvent> {
    const event = await this.#next(timeoutMs);
    if (event.type === 'next') throw this.#lose('a job ended without its end');
    return event;
  }

  /** Ends the current candidate when it has answered all that was sent. */
  finish(): void {
    if (!this.#finishing) this.#send('S');
    this.#finishing = true;
  }

  /** The same, and waits for its end. */
  async stop(): Promise<Death> {
    this.finish();
    for (;;) {
      const event = await this.receive(ANSWER_MS);
      if (event.type === 'death') return event.death;
    }
  }

  /** Ends the box and everything in it. */
  async dispose(): Promise<void> {
    this.#lose('it was closed');
    this.#channel.destroy();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 500);
    await this.#ended;
    clearTimeout(timer);
    await this.#cleanUp();
  }

  /** Ends the box at once. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.dispose();
  }

  async #nextJob(): Promise<void> {
    const event = await this.#next(ANSWER_MS);
    if (event.type !== 'next') throw this.#lose('unexpected message');
    this.#job = event.job;
    this.#ready = true;
  }

  #send(type: string, ...payload: readonly Buffer[]): void {
    if (this.#lost !== null) return; // noticed by the next receive
    // One system call, and one wake-up of the helper, for all that is sent in this turn.
    if (this.#channel.writableCorked === 0) {
      this.#channel.cork();
      process.nextTick(() => { this.#channel.uncork(); });
    }
    for (const part of encodeFrame(type, this.#job, ...payload)) this.#channel.write(part);
  }

  async #next(timeoutMs: number): Promise<BoxEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#lost !== null) throw this.#lost;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => { this.#lose(`no answer within ${Math.round(timeoutMs / 1000)} s`); }, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
  }

  #lose(reason: string): BoxLost {
    this.#lost ??= new BoxLost(`The sandbox of the code verifier failed: ${reason}${this.#stderr === '' ? '' : `: ${this.#stderr.trim()}`}`);
    this.#wake?.();
    return this.#lost;
  }

  #receive(bytes: Buffer): void {
    if (this.#lost !== null) return;
    try {
      for (const frame of this.#frames.push(bytes)) this.#take(frame);
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error));
      this.#channel.destroy();
    }
    this.#wake?.();
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case 'H':
        this.#hello = v.parse(HelloSchema, json(frame.payload));
        return;
      case 'N':
        this.#pieces = [];
        this.#piecesBytes = 0;
        this.#events.push({ type: 'next', job: frame.job });
        return;
      case 'C':
        this.#piecesBytes += frame.payload.length;
        if (this.#piecesBytes > this.#maxReplyBytes) throw new BoxLost('more output than was allowed');
        this.#pieces.push(Buffer.from(frame.payload)); // a copy: the frame is a view of a larger buffer
        return;
      case 'E':
        this.#events.push({ type: 'frame', end: v.parse(FrameEndSchema, json(frame.payload)), payload: Buffer.concat(this.#pieces) });
        this.#pieces = [];
        this.#piecesBytes = 0;
        return;
      case 'D':
        this.#events.push({ type: 'death', death: v.parse(DeathSchema, json(frame.payload)) });
        return;
      default:
        throw new BoxLost(`a frame of type ${JSON.stringify(frame.type)}`);
    }
  }
}

const json = (payload: Buffer): unknown => JSON.parse(payload.toString('utf8'));

function isDuplex(stream: unknown): stream is Duplex {
  return typeof stream === 'object' && stream !== null && 'write' in stream && 'read' in stream;
}
