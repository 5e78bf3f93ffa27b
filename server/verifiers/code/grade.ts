import { constants } from 'node:os';
import type { FailureKind, TestResult } from '../../protocol/verdict.ts';
import * as v from 'valibot';
import { BoxLost, type Box, type CandidateEvent } from './box.ts';
import { PyJsonError } from './comparison/pythonJson.ts';
import { readReturned, returnedEquals } from './comparison/returnedValue.ts';
import { compareOutput } from './comparison/stdinOutput.ts';
import { wallSeconds, type Limits } from './limits.ts';
import { TroubleSchema, type Death } from './messages.ts';
import type { ReadySuite } from './suite.ts';
import { cut, decodeText, encodeText } from './texts.ts';

/** The outcome of one program against one suite. */
export interface Grade {
  readonly passed: boolean;
  readonly testsPassed: number;
  readonly nTests: number;
  readonly tests: readonly TestResult[];
  readonly failed: TestResult | null;
  readonly cpuSeconds: number;
  readonly memoryPeakMb: number | null;
  readonly nearLimit: boolean;
  /** The verdict rests on a test that ran before its turn; which test of the list fails first is not known. */
  readonly order?: 'early';
}

interface Failure {
  readonly kind: FailureKind;
  readonly error?: string;
  readonly actual?: string;
}

/**
 * `exact`: LiveCodeBench's checker, its rewriting of scripts included. `fair`: a stdin program runs as a script with real
 * pipes, in a process of its own for each test; call-based programs run as in `exact`. Never mix their verdicts.
 */
export type ExecutionMode = 'exact' | 'fair';

export interface GradeOptions {
  readonly mode?: ExecutionMode;
  /** Tests to run first, in a process of their own: the first that fails is the verdict. When all pass, the whole list runs in order. */
  readonly early?: readonly number[];
}

/** Characters of an input, an expected and an actual output that a report keeps. */
const REPORT_CHARS = 64 * 1024;
/** The fewest digits of integers to which a program can restrict Python: no load fails on shorter ones. */
const LEAST_INT_DIGITS = 640;
/** How Python words what the system call filter and Landlock refuse. */
const REFUSED = /PermissionError: \[Errno (?:1|13)\][^\n]*\s*$/;
const WALLS = 'the sandbox permits no network, no other processes, and only files of its own folder';
const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * Runs `code` against a suite in `box`: loaded once, tests in order, ended at the first that fails. Expected outputs stay
 * here; what comes out of the box is compared here.
 * @throws BoxLost when the machine is to blame: the box died, or the candidate was ended from outside
 */
export async function grade(box: Box, code: string, ready: ReadySuite, limits: Limits, { mode = 'exact', early = [] }: GradeOptions = {}): Promise<Grade> {
  const run = new Run(box, ready, limits);
  if (mode === 'fair' && ready.suite.funcName === null) await run.eachAlone(code);
  else if (early.length === 0 || !await run.failsEarly(code, early)) await run.inOneProcess(code);
  return run.grade();
}

class Run {
  readonly #box: Box;
  readonly #ready: ReadySuite;
  readonly #limits: Limits;
  readonly #outputChars: number;
  readonly #tests: TestResult[] = [];
  #early = false;
  #failed: TestResult | null = null;
  #death: Death | null = null;
  #nearLimit = false;
  #cpuSeconds = 0;
  #memoryPeakKb = 0;

  constructor(box: Box, ready: ReadySuite, limits: Limits) {
    this.#box = box;
    this.#ready = ready;
    this.#limits = limits;
    // Room for many times the expected output; in powers of two, so that the limit tells nothing of its length.
    this.#outputChars = Math.max(limits.outputChars, 2 ** Math.ceil(Math.log2(Math.max(1, 4 * ready.longestOutput))));
  }

  /** One process for all tests, as the checker does. */
  async inOneProcess(code: string): Promise<void> {
    await this.#inProcess(code, this.#ready.suite.cases.keys().toArray());
  }

  /** Runs some tests of a stdin problem in a process of their own; true when one fails. Nothing is kept of tests that passed. */
  async failsEarly(code: string, indices: readonly number[]): Promise<boolean> {
    const passed = await this.#inProcess(code, indices, { early: true });
    if (passed) this.#tests.length = 0;
    return !passed;
  }

  /** One process for each test. */
  async eachAlone(code: string): Promise<void> {
    for (const index of this.#ready.suite.cases.keys()) {
      if (!await this.#inProcess(code, [index], { script: true })) return;
    }
  }

  grade(): Grade {
    return {
      passed: this.#failed === null,
      testsPassed: this.#tests.filter((test) => test.passed).length,
      nTests: this.#ready.suite.cases.length,
      tests: this.#tests,
      failed: this.#failed,
      cpuSeconds: this.#cpuSeconds,
      memoryPeakMb: Math.round(this.#memoryPeakKb / 1024),
      nearLimit: this.#nearLimit,
      ...(this.#early ? { order: 'early' as const } : {}),
    };
  }

  /** Loads the program in a new process and runs these tests until one fails; true when all pass. */
  async #inProcess(code: string, indices: readonly number[], { script = false, early = false } = {}): Promise<boolean> {
    await this.#box.begin(this.#limits, 4 * this.#outputChars + 1024 * 1024);
    this.#sendProgram(code, script);
    // What is known to come next is sent ahead: neither side waits, and a candidate costs fewer wake-ups.
    const ahead = this.#ready.integerDigits <= LEAST_INT_DIGITS;
    if (ahead) this.#sendTest(indices, 0);
    let passed = this.#loads(await this.#receive(), indices[0] ?? 0);
    for (let i = 0; passed && i < indices.length; i++) {
      if (i > 0 || !ahead) this.#sendTest(indices, i);
      passed = this.#passes(await this.#receive(), indices[i] ?? 0);
      this.#early = early && !passed;
    }
    await this.#end();
    return passed;
  }

  #sendProgram(code: string, script: boolean): void {
    const { funcName, cases } = this.#ready.suite;
    if (funcName !== null) {
      for (const test of cases) this.#box.send('I', ...encodeText(test.input));
    }
    const name = Buffer.concat(encodeText(funcName ?? ''));
    this.#box.send('L', loadHeader(script ? 'script' : funcName === null ? 'stdin' : 'calls', this.#limits.seconds, this.#outputChars, name.length), name, ...encodeText(code));
  }

  /** Sends a test, and behind the last one that nothing follows. */
  #sendTest(indices: readonly number[], i: number): void {
    const { funcName, cases } = this.#ready.suite;
    this.#box.send('R', ...(funcName === null ? encodeText(cases[indices[i] ?? 0]?.input ?? '') : []));
    if (i === indices.length - 1) this.#box.finish();
  }

  /** False when the program did not load, which fails test `index`. */
  #loads(event: CandidateEvent, index: number): boolean {
    const failure = this.#loadFailure(event);
    if (failure !== null) this.#fail(index, failure, cpuOf(event));
    return failure === null;
  }

  #loadFailure(event: CandidateEvent): Failure | null {
    if (event.type === 'death' || event.end.type !== 'l') return this.#failureOf(event, 'load');
    // The checker reads the expected values when the program is loaded, which may have changed how many digits Python reads (0: any number).
    const most = Number(event.payload.toString('utf8'));
    const { integerDigits } = this.#ready;
    return most > 0 && integerDigits > most ? { kind: 'load', error: `An expected integer has ${integerDigits} digits, and Python reads ${most} (sys.set_int_max_str_digits).` } : null;
  }

  #passes(event: CandidateEvent, index: number): boolean {
    const failure = this.#judge(index, event);
    if (failure === null) this.#tests.push({ index, passed: true, kind: null, cpuSeconds: cpuOf(event) });
    else this.#fail(index, failure, cpuOf(event));
    return failure === null;
  }

  async #end(): Promise<void> {
    const death = this.#death ?? await this.#box.stop();
    this.#death = null;
    this.#cpuSeconds += death.totalCpu;
    this.#memoryPeakKb = Math.max(this.#memoryPeakKb, death.maxRssKb);
  }

  async #receive(): Promise<CandidateEvent> {
    const event = await this.#box.receive((wallSeconds(this.#limits) + 90) * 1000);
    if (event.type === 'death') {
      this.#death = event.death;
      blameMachine(event.death);
    }
    const charged = event.type === 'death' ? event.death.charged : event.end.charged;
    if (charged >= this.#limits.seconds / 2) this.#nearLimit = true;
    return event;
  }

  #judge(index: number, event: CandidateEvent): Failure | null {
    if (event.type === 'death' || !'ov'.includes(event.end.type)) return this.#failureOf(event, 'exception');
    if (event.end.charged >= this.#limits.seconds) return this.#timeFailure('the test');
    const text = decodeText(event.payload);
    const { expected, suite } = this.#ready;
    if (expected === null) {
      const difference = event.end.type === 'o' ? compareOutput(text, suite.cases[index]?.output ?? '') : { kind: 'line-count' };
      return difference === null ? null : { kind: 'wrong', actual: text };
    }
    try {
      const equal = event.end.type === 'v' && returnedEquals(readReturned(text), expected[index] ?? null);
      return equal ? null : { kind: 'wrong', actual: text };
    } catch (error) {
      if (error instanceof PyJsonError) return { kind: 'none', error: 'The program wrote into the channel of the checker.', actual: text };
      throw error;
    }
  }

  /** `otherwise`: the kind of an ordinary exception in this phase. */
  #failureOf(event: CandidateEvent, otherwise: 'load' | 'exception'): Failure {
    if (event.type === 'death') return this.#failureOfDeath(event.death);
    const trouble = v.safeParse(TroubleSchema, parsed(event.payload));
    if (!trouble.success) return { kind: 'none', error: 'The program wrote into the channel of the checker.' };
    const { kind, error } = trouble.output;
    return { kind: kind === 'exception' ? otherwise : kind, error: REFUSED.test(error) ? `${error.trimEnd()} (${WALLS})` : error };
  }

  #failureOfDeath(death: Death): Failure {
    switch (death.reason) {
      case 'time': return this.#timeFailure(death.phase === 'load' ? 'loading' : 'the test');
      case 'threads': return { kind: 'memory', error: 'The program started more threads than are allowed.' };
      case 'output': return { kind: 'output', error: 'The program wrote more than is allowed.' };
      case 'protocol': case 'closed': return { kind: 'none', error: 'The program closed the channel of the checker or wrote into it.' };
      default: return { kind: 'none', error: `The process ended before the test did: ${endOf(death)}.` };
    }
  }

  #timeFailure(what: string): Failure {
    return { kind: 'time', error: `Time limit: ${what} used more than ${this.#limits.seconds} s.` };
  }

  #fail(index: number, failure: Failure, cpuSeconds: number): void {
    const test = this.#ready.suite.cases[index] ?? { input: '', output: '' };
    const texts = { input: cut(test.input, REPORT_CHARS), expected: cut(test.output, REPORT_CHARS), actual: cut(failure.actual ?? '', REPORT_CHARS) };
    const wasCut = Object.values(texts).some((text) => text.wasCut);
    this.#failed = {
      index,
      passed: false,
      kind: failure.kind,
      cpuSeconds,
      input: texts.input.text,
      expected: texts.expected.text,
      ...(failure.actual === undefined ? {} : { actual: texts.actual.text }),
      ...(failure.error === undefined ? {} : { error: failure.error }),
      ...(wasCut ? { cut: true } : {}),
    };
    this.#tests.push(this.#failed);
  }
}

/**
 * A candidate cannot send itself SIGKILL (seccomp.ts denies it): one that went that way was ended by the system (out of
 * memory) or by a person. And one that got no processor for twenty times its limit was starved.
 */
function blameMachine(death: Death): void {
  if (death.reason === null && death.signal === constants.signals.SIGKILL) {
    throw new BoxLost('A program was killed from outside, for example because the machine ran out of memory.');
  }
  if (death.reason === 'wall') throw new BoxLost('A program did not get enough processor time: the machine is overloaded.');
}

/** What a program's frame begins with (`LOAD` in candidate.py). */
function loadHeader(how: 'stdin' | 'calls' | 'script', seconds: number, resultChars: number, nameBytes: number): Buffer {
  const header = Buffer.alloc(21);
  header.writeUInt8(['stdin', 'calls', 'script'].indexOf(how), 0);
  header.writeDoubleLE(seconds, 1);
  header.writeDoubleLE(resultChars, 9);
  header.writeUInt32LE(nameBytes, 17);
  return header;
}

const cpuOf = (event: CandidateEvent): number => (event.type === 'death' ? event.death.cpu : event.end.cpu);

function endOf(death: Death): string {
  if (death.signal !== null) return SIGNAL_NAMES.get(death.signal) ?? `signal ${death.signal}`;
  return `exit code ${death.exit ?? 'unknown'}`;
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return null;
  }
}
