// The process in which the programs of one box run, each in an isolate of its own. Started by pyodideHelper.worker.ts with Node's permission
// model: it may read its own parts, and start no process. A thread with a large stack runs the isolates; this thread watches it, because
// nothing in a process can be sure to stop what runs in an isolate. When a limit is broken, the process ends.
//
// Frames as between server and helper (frames.ts), on standard input and output:
//   in   B limits (box.ts) · I, L, R for the program (candidate.py) · S the program is over, make ready for another
//   out  H ready for the first program (JSON) · C part of an answer · E its end, with measurements (JSON) · X the program is over, and this process (JSON)
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { encodeFrame, FrameReader, type Frame } from '../frames.ts';
import { Engine, type EngineParts, type NoAnswer, type Python } from './engine.ts';
import { readLimits, type JobLimits } from './limitsFrame.ts';

export interface RunnerConfig {
  readonly parts: EngineParts;
  /** The interpreter's memory to start from; null: make it, write it to standard output and end. */
  readonly snapshot: string | null;
  /** Memory of the first program. */
  readonly memoryBytes: number;
}

/** What the thread says: it begins with a frame, it has the answer, it is ready for a program. */
type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'answer'; readonly answer: Uint8Array | NoAnswer; readonly cpu: number; readonly wall: number; readonly pages: number };

/** What recursion that is not Python's own may take. V8 believes what it is told about the stack. */
const STACK_MB = 256;
const STACK_RESERVE_MB = 16;
const SAMPLE_MS = 20;
/** Memory of V8 and of Pyodide's JavaScript beside that of Python, beyond what there was at the start. */
const OTHER_BYTES = 512 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const MOST_FRAME_BYTES = 2 ** 31;

const cpuSeconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

// ---- the thread

function runThread(config: RunnerConfig, port: NonNullable<typeof parentPort>): void {
  const engine = new Engine(config.parts, readFileSync(config.snapshot ?? ''));
  let { memoryBytes } = config;
  let mostBytes = 0;
  let python: Python = engine.start(memoryBytes);
  const say = (said: Said): void => port.postMessage(said);
  say({ kind: 'ready' });
  port.on('message', ({ type, payload }: { type: string; payload: Uint8Array }) => {
    if (type === 'B') {
      const limits = readLimits(payload);
      mostBytes = limits.resultBytes;
      if (limits.memoryBytes === memoryBytes) return;
      memoryBytes = limits.memoryBytes;
      python.dispose();
      python = engine.start(memoryBytes);
    } else if (type === 'S') {
      python.dispose();
      python = engine.start(memoryBytes);
    } else {
      say({ kind: 'begin' });
      const cpu = process.threadCpuUsage();
      const wall = performance.now();
      const answer = python.answer(type, payload, mostBytes);
      say({ kind: 'answer', answer, cpu: cpuSeconds(process.threadCpuUsage(cpu)), wall: (performance.now() - wall) / 1000, pages: python.pages() });
    }
  });
}

// ---- the watch

class Watch {
  readonly #thread: Worker;
  #limits: JobLimits = { memoryBytes: Infinity, seconds: Infinity, wallSeconds: Infinity, resultBytes: 0 };
  #running = false;
  #usedBefore = 0;
  #begun = 0;
  #ownBytes = 0;
  #over = false;

  constructor(config: RunnerConfig) {
    setFlagsFromString(`--stack-size=${(STACK_MB - STACK_RESERVE_MB) * 1024}`);
    this.#thread = new Worker(new URL(import.meta.url), { workerData: config, resourceLimits: { stackSizeMb: STACK_MB }, env: {} });
    this.#thread.on('message', (said: Said) => { this.#hear(said); });
    this.#thread.on('error', (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
      process.exit(1);
    });
    const frames = new FrameReader(MOST_FRAME_BYTES);
    process.stdin.on('data', (bytes: Buffer) => {
      for (const frame of frames.push(bytes)) this.#take(frame);
    });
    process.stdin.on('close', endNow);
    setInterval(() => { this.#look(); }, SAMPLE_MS);
  }

  #take({ type, payload }: Frame): void {
    if (type === 'B') this.#limits = readLimits(payload);
    const copy = new Uint8Array(payload); // of the frame alone
    this.#thread.postMessage({ type, payload: copy }, [copy.buffer]);
  }

  #hear(said: Said): void {
    if (this.#over) return;
    if (said.kind === 'ready') {
      this.#ownBytes = process.memoryUsage.rss();
      write('H', Buffer.from('{}'));
    } else if (said.kind === 'begin') {
      this.#running = true;
      this.#usedBefore = usedByOthers();
      this.#begun = performance.now();
    } else {
      this.#running = false;
      this.#answer(said);
    }
  }

  #answer({ answer, cpu, wall, pages }: Extract<Said, { kind: 'answer' }>): void {
    const measured = { cpu, charged: cpu, wall, memoryKb: 64 * pages };
    if (!('kind' in answer)) {
      if (answer.length === 0) return; // to an input
      this.#reply(String.fromCharCode(answer[0] ?? 0), Buffer.from(answer.buffer, answer.byteOffset + 1, answer.byteLength - 1), measured);
    } else this.#end({
      ...measured,
      reason: answer.kind === 'memory' ? 'memory' : answer.kind === 'too-long' ? 'protocol' : null,
      exit: answer.kind === 'exit' ? answer.code : null,
      signal: answer.kind === 'crashed' ? 'SIGABRT' : null,
    });
  }

  #reply(type: string, payload: Buffer, measured: object): void {
    for (let at = 0; at < payload.length; at += PIECE_BYTES) write('C', payload.subarray(at, at + PIECE_BYTES));
    write('E', Buffer.from(JSON.stringify({ type, ...measured })));
  }

  #end(death: object): void {
    this.#over = true;
    write('X', Buffer.from(JSON.stringify(death)));
    // The helper ends this process when it has read that.
  }

  #look(): void {
    if (!this.#running || this.#over) return;
    const cpu = usedByOthers() - this.#usedBefore;
    const wall = (performance.now() - this.#begun) / 1000;
    const bytes = process.memoryUsage.rss() - this.#ownBytes;
    const measured = { cpu, charged: cpu, wall, memoryKb: Math.max(0, Math.round(bytes / 1024)) };
    if (bytes > this.#limits.memoryBytes + OTHER_BYTES) this.#end({ ...measured, reason: 'memory', exit: null, signal: null });
    else if (cpu > this.#limits.seconds) this.#end({ ...measured, reason: 'time', exit: null, signal: null });
    else if (wall > this.#limits.wallSeconds) this.#end({ ...measured, reason: 'wall', exit: null, signal: null });
  }
}

/** CPU seconds of all threads but this one. */
const usedByOthers = (): number => cpuSeconds(process.cpuUsage()) - cpuSeconds(process.threadCpuUsage());

function write(type: string, payload: Buffer): void {
  for (const part of encodeFrame(type, 0, payload)) process.stdout.write(part);
}

function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}

// ---- start

if (!isMainThread && parentPort !== null) runThread(workerData as RunnerConfig, parentPort);
else {
  const config = JSON.parse(process.argv[2] ?? '') as RunnerConfig;
  if (config.snapshot === null) process.stdout.write(new Engine(config.parts, null).makeSnapshot(), () => process.exit(0));
  else new Watch(config);
}
