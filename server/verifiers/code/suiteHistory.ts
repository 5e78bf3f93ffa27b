import type { TestSuite } from '../../protocol/problem.ts';
import type { Grade } from './grade.ts';

/** Problems that are remembered; beyond them the one used longest ago is forgotten. */
const MAX_SUITES = 5000;
/** Tests of one problem whose past is remembered: the first ones. */
const MAX_TESTS_EACH = 2000;
/** Tests that may run before their turn. */
const MAX_EARLY = 3;
/** Seconds of a process that starts and loads a program, where nothing was measured yet. */
const START_SECONDS = 0.004;
/** Guess for a test of which only the size is known: seconds for each, and for each character of input and output. */
const SECONDS_A_TEST = 0.005;
const SECONDS_A_CHARACTER = 1e-7;

/** What programs have done on one problem so far. Decides only in which order work is done, never a verdict. */
export class SuitePast {
  readonly #guess: number;
  readonly #tests: { failures: number; runs: number; seconds: number }[];
  #programs = 0;
  #seconds = 0;
  #startSeconds = 0;

  constructor(suite: TestSuite) {
    const chars = suite.cases.reduce((sum, test) => sum + test.input.length + test.output.length, 0);
    this.#guess = START_SECONDS + suite.cases.length * SECONDS_A_TEST + chars * SECONDS_A_CHARACTER;
    this.#tests = suite.cases.slice(0, MAX_TESTS_EACH).map(() => ({ failures: 0, runs: 0, seconds: 0 }));
  }

  /** CPU seconds that the next program will likely use: what earlier ones used, else a guess from number and size of the tests. */
  expectedSeconds(): number {
    return this.#programs === 0 ? this.#guess : this.#seconds / this.#programs;
  }

  record(grade: Grade): void {
    this.#programs += 1;
    this.#seconds += grade.cpuSeconds;
    this.#startSeconds += Math.max(0, grade.cpuSeconds - grade.tests.reduce((sum, test) => sum + (test.cpuSeconds ?? 0), 0));
    for (const { index, passed, cpuSeconds } of grade.tests) {
      const test = this.#tests[index];
      if (test === undefined) continue;
      test.runs += 1;
      test.seconds += cpuSeconds ?? 0;
      if (!passed) test.failures += 1;
    }
  }

  /**
   * Tests worth running before the others, in this order: those that failed often for little time, as long as what they
   * save on programs that fail there is more than what they cost on all others (one more process, these tests twice).
   * Empty when nothing is to be gained.
   */
  earlyTests(): number[] {
    if (this.#programs === 0) return [];
    const cost = (index: number): number => {
      const test = this.#tests[index];
      return test === undefined || test.runs === 0 ? SECONDS_A_TEST : test.seconds / test.runs;
    };
    const chance = (index: number): number => (this.#tests[index]?.failures ?? 0) / (this.#programs + 1);
    const start = this.#startSeconds / this.#programs;
    const listSeconds: number[] = []; // of a run in list order up to and with each test
    this.#tests.forEach((_, index) => { listSeconds.push((listSeconds[index - 1] ?? 0) + cost(index)); });
    const likely = [...this.#tests.keys()].filter((index) => index > 0 && chance(index) > 0)
      .sort((a, b) => chance(b) / (cost(b) + 1e-6) - chance(a) / (cost(a) + 1e-6)).slice(0, MAX_EARLY);
    let best = 0;
    let worth: number[] = [];
    let [seconds, saved, caught] = [0, 0, 0];
    likely.forEach((index, i) => {
      seconds += cost(index);
      saved += chance(index) * ((listSeconds[index] ?? 0) - seconds);
      caught += chance(index);
      const gain = saved - (1 - caught) * (start + seconds);
      if (gain > best) [best, worth] = [gain, likely.slice(0, i + 1)];
    });
    return worth;
  }
}

/** The past of many problems, by what identifies their tests. */
export class SuiteHistory {
  readonly #pasts = new Map<string, SuitePast>();

  of(hash: string, suite: TestSuite): SuitePast {
    const past = this.#pasts.get(hash) ?? new SuitePast(suite);
    this.#pasts.delete(hash); // to the young end
    this.#pasts.set(hash, past);
    for (const oldest of this.#pasts.keys()) {
      if (this.#pasts.size <= MAX_SUITES) break;
      this.#pasts.delete(oldest);
    }
    return past;
  }
}
