import { createHash } from 'node:crypto';
import type { TestSuite } from '../../protocol/problem.ts';
import type { Grade } from './grade.ts';
import type { Limits } from './limits.ts';

/** Raised by every change that can change a verdict. */
export const RULES_VERSION = 3;

/** Characters of report texts that remembered grades may hold together, and how many grades. */
const MAX_CHARS = 64 * 1024 * 1024;
const MAX_GRADES = 20_000;

const suiteHashes = new WeakMap<TestSuite, string>();

/** What a grade depends on, as one hash: tests, program, limits, rules, interpreter. */
export function gradeKey(suite: TestSuite, code: string, limits: Limits, interpreter: string): string {
  const hash = createHash('sha256');
  for (const part of [suiteHash(suite), JSON.stringify([limits.seconds, limits.memoryMb, limits.outputChars, RULES_VERSION, interpreter]), code]) {
    add(hash, part);
  }
  return hash.digest('base64');
}

/** What identifies a problem's tests. */
export function suiteHash(suite: TestSuite): string {
  const known = suiteHashes.get(suite);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  add(hash, JSON.stringify(suite.funcName));
  for (const test of suite.cases) {
    add(hash, test.input);
    add(hash, test.output);
  }
  const digest = hash.digest('base64');
  suiteHashes.set(suite, digest);
  return digest;
}

/** UTF-16, so that texts that differ in lone surrogates differ here; lengths, so that no two lists run together. */
function add(hash: ReturnType<typeof createHash>, text: string): void {
  hash.update(`${text.length}:`).update(text, 'utf16le');
}

interface Flight {
  readonly result: Promise<Grade>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Remembers grades, and joins askers of the same one while it is being made. A group of rollouts repeats programs.
 * Failures of the machine are not remembered: they reject.
 */
export class VerdictCache {
  readonly #grades = new Map<string, Grade>();
  readonly #flights = new Map<string, Flight>();
  #chars = 0;
  #hits = 0;

  /** How many times an answer was there, or on its way, already. */
  get hits(): number {
    return this.#hits;
  }

  /** The grade for `key`, made by `make` if need be. The work is cancelled when every asker has cancelled. */
  async get(key: string, make: (signal: AbortSignal) => Promise<Grade>, signal?: AbortSignal): Promise<Grade> {
    signal?.throwIfAborted();
    const known = this.#grades.get(key);
    if (known !== undefined) {
      this.#hits += 1;
      this.#grades.delete(key); // to the young end
      this.#grades.set(key, known);
      return known;
    }
    let flight = this.#flights.get(key);
    if (flight === undefined) flight = this.#start(key, make);
    else this.#hits += 1;
    return await join(flight, signal);
  }

  #start(key: string, make: (signal: AbortSignal) => Promise<Grade>): Flight {
    const controller = new AbortController();
    const result = make(controller.signal).then((grade) => {
      this.#remember(key, grade);
      return grade;
    }).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    const flight: Flight = { result, controller, waiting: 0 };
    controller.signal.addEventListener('abort', () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key); // nobody joins what is being cancelled
    });
    result.catch(() => {}); // askers see it; this keeps it from counting as unhandled when all of them have left
    this.#flights.set(key, flight);
    return flight;
  }

  #remember(key: string, grade: Grade): void {
    this.#grades.set(key, grade);
    this.#chars += sizeOf(grade);
    for (const [oldest, old] of this.#grades) {
      if (this.#chars <= MAX_CHARS && this.#grades.size <= MAX_GRADES) break;
      this.#grades.delete(oldest);
      this.#chars -= sizeOf(old);
    }
  }
}

async function join(flight: Flight, signal: AbortSignal | undefined): Promise<Grade> {
  flight.waiting += 1;
  let leave = (): void => {};
  try {
    if (signal === undefined) return await flight.result;
    const left = new Promise<never>((_, reject) => {
      leave = (): void => { reject(new DOMException('The verification was cancelled.', 'AbortError')); };
      signal.addEventListener('abort', leave, { once: true });
    });
    return await Promise.race([flight.result, left]);
  } finally {
    signal?.removeEventListener('abort', leave);
    flight.waiting -= 1;
    if (flight.waiting === 0) flight.controller.abort();
  }
}

function sizeOf(grade: Grade): number {
  const { failed } = grade;
  const texts = (failed?.input?.length ?? 0) + (failed?.expected?.length ?? 0) + (failed?.actual?.length ?? 0) + (failed?.error?.length ?? 0);
  return 200 + texts + 100 * grade.tests.length;
}
