// Child processes that never outlive us: every one is followed, and stopping takes its whole tree with it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Environment variable that every process started from here inherits: a list of ids, by which even orphans are found. */
const OWNER_VARIABLE = 'RLVR_STARTED_BY';

export interface StartOptions {
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** File that gets everything the program prints. */
  readonly logFile?: string;
  /** Called for each line the program prints, on either stream. */
  readonly onLine?: (line: string) => void;
}

export interface RunOptions extends StartOptions {
  readonly timeoutMs?: number;
  /** Print the program's output as it comes. */
  readonly show?: boolean;
}

export interface Finished {
  /** Exit code; -1 when the program was stopped by a signal. */
  readonly code: number;
  readonly timedOut: boolean;
  /** True when it ended because we stopped it. */
  readonly stopped: boolean;
  /** The last lines of both streams, in order of arrival. */
  readonly tail: string;
}

/** A running program and its whole tree. */
export interface Running {
  readonly pid: number;
  /** Resolves when the program itself has ended. */
  readonly finished: Promise<Finished>;
  /** Ends the program and everything it started, politely first, and resolves when they are gone. */
  stop(): Promise<void>;
}

const TAIL_LINES = 60;
const POLITE_MS = 5_000;
const running = new Set<Running>();

/** Starts a program in a process group of its own, without standard input. */
export function start(program: string, args: readonly string[], options: StartOptions & { show?: boolean } = {}): Running {
  const owner = randomUUID();
  const env = { ...process.env, ...options.env, [OWNER_VARIABLE]: `${process.env[OWNER_VARIABLE] ?? ''},${owner}` };
  const child = spawn(program, args, {
    cwd: options.cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and code are .cmd files on Windows.
    shell: process.platform === 'win32' && /\.cmd$/.test(program),
  });
  const tail: string[] = [];
  const addLine = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    options.onLine?.(line);
  };
  const log = options.logFile === undefined ? undefined : openLog(options.logFile);
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log?.write(chunk);
      if (options.show) process.stdout.write(chunk);
      const lines = (rest + chunk).split(/\r?\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) addLine(line);
    });
    stream.on('end', () => {
      if (rest !== '') addLine(rest);
    });
  }
  let stopped = false;
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', (error) => {
      running.delete(self);
      reject(new Error(`${program} could not be run: ${error.message}`));
    });
    child.on('close', (code) => {
      running.delete(self);
      log?.end();
      resolve({ code: code ?? -1, timedOut: false, stopped, tail: tail.join('\n') });
    });
  });
  // Who does not wait for it (a server) must not get an unhandled rejection.
  finished.catch(() => {});
  const self: Running = {
    pid: child.pid ?? -1,
    finished,
    stop: () => {
      stopped = true;
      return stopTree(child, owner, finished);
    },
  };
  if (child.pid !== undefined) running.add(self);
  return self;
}

/** Runs a program to its end; on a timeout its whole tree is stopped and `timedOut` is true. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const process_ = start(program, args, options);
  if (options.timeoutMs === undefined) return process_.finished;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void process_.stop();
  }, options.timeoutMs);
  try {
    return { ...(await process_.finished), timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/** Like `run`, but an exit code other than 0 is an error that shows the end of the output. */
export async function mustRun(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const result = await run(program, args, options);
  if (result.code === 0 && !result.timedOut) return result;
  const how = result.timedOut ? `did not end within ${(options.timeoutMs ?? 0) / 1000} s` : `ended with code ${result.code}`;
  throw new Error(`"${[program, ...args].join(' ')}" ${how}.\n${result.tail}`);
}

/** Stops every program that was started from here and still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()));
}

/** On Ctrl-C or a request to end: stops what was started, then ends with the signal's usual exit code. */
export function stopAllOnSignals(): void {
  let stopping = false;
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stopAll().finally(() => process.exit(code));
    });
  }
}

/** Absolute path of the first program of these names on PATH; undefined when there is none. */
export function findOnPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    .find((path) => existsSync(path));
}

function openLog(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file);
}

async function stopTree(child: ChildProcess, owner: string, finished: Promise<unknown>): Promise<void> {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    await finished.catch(() => {});
    return;
  }
  // Asked before the first signal: afterwards the tree has fallen apart.
  const family = new Set([...(child.exitCode === null ? [child.pid] : []), ...descendants(child.pid)]);
  const members = () => [...new Set([...family, ...owned(owner)])].filter(isAlive);
  for (const pid of members()) signal(pid, 'SIGTERM');
  const deadline = Date.now() + POLITE_MS;
  while (members().length > 0 && Date.now() < deadline) await tick();
  for (const pid of members()) signal(pid, 'SIGKILL');
  await finished.catch(() => {});
}

/** Every process below `ancestor` in the tree, by the process table. */
function descendants(ancestor: number): number[] {
  const table = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table.status === 0 ? table.stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number)) : procTable();
  const found = [ancestor];
  for (const parent of found) {
    for (const [pid, ppid] of pairs) if (ppid === parent && pid !== undefined && !found.includes(pid)) found.push(pid);
  }
  return found.slice(1);
}

/** [pid, parent] of every process, from /proc, where there is no `ps`. */
function procTable(): number[][] {
  return processIds().map((pid) => {
    try {
      return [pid, Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)];
    } catch {
      return [pid, 0];
    }
  });
}

/** Processes that inherited our mark, wherever they hang in the tree (Linux only). */
function owned(owner: string): number[] {
  return processIds().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(owner);
    } catch {
      return false;
    }
  });
}

function processIds(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').map(Number).filter((pid) => pid > 1);
}

/** False for a process that has ended, also for one that only waits for its parent to notice. */
function isAlive(pid: number): boolean {
  try {
    if (process.platform === 'linux') return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in the meantime.
  }
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
