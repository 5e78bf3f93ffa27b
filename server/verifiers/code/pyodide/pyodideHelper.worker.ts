// The helper of a box whose programs run in Pyodide: what helper.py is on Linux. It speaks with the server on descriptor 3, keeps one
// process in which programs run (pyodideRunner.worker.ts), hands frames through, and says how a program ended. It never looks into
// programs, inputs or outputs. What comes from the runner is hostile.
import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import * as v from 'valibot';
import { encodeFrame, FrameReader, type Frame } from '../frames.ts';
import { FrameEndSchema, type Death, type FrameEnd, type Hello, type Trouble } from '../messages.ts';
import { readLimits } from './limitsFrame.ts';
import type { RunnerConfig } from './pyodideRunner.worker.ts';

export interface HelperConfig {
  /** Node with its flags and the runner's program. */
  readonly command: readonly string[];
  readonly runner: RunnerConfig;
  /** Version of the Python in Pyodide. */
  readonly python: string;
}

const MOST_FRAME_BYTES = 2 ** 31;
/** Largest frame of the runner; answers come in pieces of 256 KB. */
const MOST_REPLY_BYTES = 1024 * 1024;
/** The runner ends itself at its limits; so many seconds later the helper does. */
const LATE_SECONDS = 30;
const MOST_STDERR_CHARS = 4000;
/** Ends that a program in an isolate cannot bring about. Node's own failure, and an end from outside on Windows, are exit code 1. */
const FROM_OUTSIDE: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const EndSchema = v.object({ ...FrameEndSchema.entries, memoryKb: seconds });
const OverSchema = v.object({
  cpu: seconds, charged: seconds, wall: seconds, memoryKb: seconds,
  reason: v.nullable(v.picklist(['time', 'wall', 'memory', 'protocol'])),
  exit: v.nullable(v.pipe(v.number(), v.integer())),
  signal: v.nullable(v.picklist(['SIGABRT'])),
});
type Over = v.InferOutput<typeof OverSchema>;
const NOTHING_USED = { cpu: 0, charged: 0, wall: 0, memoryKb: 0 };
type End = Pick<Death, 'reason' | 'exit' | 'signal'> & Partial<Pick<Death, 'cpu' | 'charged' | 'wall'>>;

class Helper {
  readonly #config: HelperConfig;
  readonly #server = new Socket({ fd: 3, readable: true, writable: true });
  #runner: ChildProcess;
  #isReady = false;
  #stderr = '';
  /** Why the runner is being ended. */
  #over: Over | null = null;
  #job = 0;
  /** Has the runner been given anything of this job? */
  #begun = false;
  #phase: Death['phase'] = 'idle';
  /** Frames of the server that wait until the program has answered. */
  readonly #waiting: Frame[] = [];
  #wallSeconds = 0;
  #timer: NodeJS.Timeout | undefined;
  #cpuSeconds = 0;
  #memoryKb = 0;

  constructor(config: HelperConfig) {
    this.#config = config;
    const frames = new FrameReader(MOST_FRAME_BYTES);
    this.#server.on('data', (bytes) => {
      this.#waiting.push(...frames.push(bytes));
      this.#next();
    });
    this.#server.on('error', () => { this.#leave(0); });
    this.#server.on('close', () => { this.#leave(0); });
    this.#runner = this.#start();
  }

  // ---- the runner

  #start(): ChildProcess {
    const [file = '', ...args] = this.#config.command;
    const runner = spawn(file, [...args, JSON.stringify(this.#config.runner)], { env: {}, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const frames = new FrameReader(MOST_REPLY_BYTES);
    this.#isReady = false;
    this.#stderr = '';
    this.#over = null;
    runner.stdin.on('error', () => {}); // 'close' says why
    runner.stdout.on('data', (bytes: Buffer) => {
      try {
        for (const frame of frames.push(bytes)) if (this.#over === null) this.#hear(frame);
      } catch {
        this.#end({ ...NOTHING_USED, reason: 'protocol', exit: null, signal: null });
      }
    });
    runner.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (this.#stderr.length < MOST_STDERR_CHARS) this.#stderr += text;
    });
    runner.on('error', (error) => { this.#fail(error.message); });
    runner.on('close', (code, signal) => { this.#ended(code, signal); });
    return runner;
  }

  #hear({ type, payload }: Frame): void {
    switch (type) {
      case 'H':
        this.#isReady = true;
        if (this.#job > 0) return;
        this.#tell('H', { python: this.#config.python, landlock: false, seccomp: false, uid: process.getuid?.() ?? 0 } satisfies Hello);
        this.#nextJob();
        return;
      case 'C':
        if (this.#isBusy()) this.#send('C', payload);
        return;
      case 'E': {
        if (!this.#isBusy()) throw new Error('an answer to nothing');
        const { memoryKb, ...end } = v.parse(EndSchema, JSON.parse(payload.toString('utf8')));
        clearTimeout(this.#timer);
        this.#phase = 'wait';
        this.#cpuSeconds += end.cpu;
        this.#memoryKb = Math.max(this.#memoryKb, memoryKb);
        this.#tell('E', end);
        if ('fxb'.includes(end.type)) this.#stop(); // a failure ends the run, whatever the server has sent ahead
        this.#next();
        return;
      }
      case 'X':
        this.#end(v.parse(OverSchema, JSON.parse(payload.toString('utf8'))));
        return;
      default:
        throw new Error(`a frame of type ${JSON.stringify(type)}`);
    }
  }

  /** Ends the runner. What became of the program is told when it is gone. */
  #end(over: Over): void {
    this.#over ??= over;
    this.#runner.kill('SIGKILL');
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const over = this.#over;
    if (!this.#isReady) return this.#fail(`its process ended with ${signal ?? `exit code ${String(code)}`} before it was ready`);
    this.#runner = this.#start();
    if (this.#begun && over === null) {
      const outside = FROM_OUTSIDE.includes(signal) || code === 1;
      this.#tellEnd({ reason: null, exit: outside ? null : code, signal: outside ? constants.signals.SIGKILL : signal === null ? null : constants.signals[signal] });
    } else if (this.#begun && over !== null) this.#tellOver(over);
    this.#next();
  }

  #tellOver({ reason, exit, signal, memoryKb, ...measured }: Over): void {
    this.#memoryKb = Math.max(this.#memoryKb, memoryKb);
    if (reason !== 'memory') return this.#tellEnd({ ...measured, reason, exit, signal: signal === null ? null : constants.signals[signal] });
    this.#tell('C', { kind: 'memory', error: 'The program used more memory than is allowed.' } satisfies Trouble);
    this.#tell('E', { ...measured, type: this.#phase === 'load' ? 'f' : 'x' } satisfies FrameEnd);
    this.#tellEnd({ ...measured, reason: 'stop', exit, signal: null });
  }

  // ---- the server

  #isBusy(): boolean {
    return this.#phase === 'load' || this.#phase === 'test';
  }

  /** Hands on what waits, up to the next frame that the program has to answer. */
  #next(): void {
    while (!this.#isBusy() && this.#over === null) {
      const frame = this.#waiting.shift();
      if (frame === undefined) return;
      if (frame.job === this.#job) this.#take(frame); // else it was on its way when its job ended
    }
  }

  #take({ type, payload }: Frame): void {
    if (type === 'S') return this.#stop();
    this.#hand(type, payload);
    this.#begun = true;
    if (type === 'B') this.#wallSeconds = readLimits(payload).wallSeconds;
    if (type !== 'L' && type !== 'R') return;
    this.#phase = type === 'L' ? 'load' : 'test';
    this.#timer = setTimeout(() => {
      this.#end({ ...NOTHING_USED, wall: this.#wallSeconds, reason: 'wall', exit: null, signal: null });
    }, (this.#wallSeconds + LATE_SECONDS) * 1000);
  }

  #stop(): void {
    this.#hand('S', Buffer.alloc(0));
    this.#tellEnd({ reason: 'stop', exit: null, signal: null });
  }

  #hand(type: string, payload: Buffer): void {
    for (const part of encodeFrame(type, 0, payload)) this.#runner.stdin?.write(part);
  }

  /** The program is gone; the next job may come while the isolate for it is made. */
  #tellEnd({ cpu = 0, charged = 0, wall = 0, reason, exit, signal }: End): void {
    this.#tell('D', { cpu, charged, wall, reason, phase: this.#phase, exit, signal, totalCpu: this.#cpuSeconds + cpu, maxRssKb: this.#memoryKb } satisfies Death);
    this.#nextJob();
  }

  #nextJob(): void {
    clearTimeout(this.#timer);
    this.#job += 1;
    this.#begun = false;
    this.#phase = 'idle';
    this.#cpuSeconds = this.#memoryKb = 0;
    this.#send('N', Buffer.alloc(0));
  }

  #tell(type: string, value: object): void {
    this.#send(type, Buffer.from(JSON.stringify(value)));
  }

  #send(type: string, payload: Buffer): void {
    for (const part of encodeFrame(type, this.#job, payload)) this.#server.write(part);
  }

  // ---- the end

  #fail(reason: string): void {
    process.stderr.write(`${reason}${this.#stderr === '' ? '' : `: ${this.#stderr.trim()}`}\n`);
    this.#leave(1);
  }

  #leave(code: number): void {
    this.#runner.kill('SIGKILL');
    process.exit(code);
  }
}

new Helper(JSON.parse(process.argv[2] ?? '') as HelperConfig);
