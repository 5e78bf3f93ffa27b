import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestSuite } from '../../protocol/problem.ts';
import type { CodeDetail, Extracted, SandboxLevel, Verdict, VerdictWarning } from '../../protocol/verdict.ts';
import type { VerificationTask, Verifier } from '../verifier.ts';
import { extractProgram, type ProgramRule } from '../extract/fences.ts';
import { BoxLost, type Box } from './box.ts';
import { BoxPool, defaultSlots, type BoxFlavour } from './boxPool.ts';
import { grade, type ExecutionMode, type Grade } from './grade.ts';
import { testsAreIndependent } from './independentTests.ts';
import { describeInterpreter, findInterpreter, InterpreterProblem, type PythonFacts } from './interpreter.ts';
import { DEFAULT_LIMITS, MAX_PROGRAM_CHARS, type Limits } from './limits.ts';
import { chooseSandbox, type SandboxChoice } from './sandbox/choose.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { isSuiteProblem, readySuite } from './suite.ts';
import { SuiteHistory, type SuitePast } from './suiteHistory.ts';
import { gradeKey, suiteHash, VerdictCache } from './verdictCache.ts';

export interface CodeVerifierOptions {
  /** Candidates that run at the same time; default: one for each processor. */
  readonly slots?: number;
  /** Path or name of the interpreter; default `python3` on the PATH. */
  readonly python?: string | null;
  /** Which sandbox; `auto` takes the strongest that holds. */
  readonly sandbox?: SandboxChoice;
  /** The user's explicit word that programs may run without any sandbox where none holds. */
  readonly allowUnsafe?: boolean;
  /** The checker's way of running programs (default), or the fair one. */
  readonly mode?: ExecutionMode;
  /** How programs are found in responses. */
  readonly extraction?: ProgramRule;
  readonly limits?: Partial<Limits>;
  /** Judge a program that comes again from memory (default), or run it again. */
  readonly remember?: boolean;
  /**
   * `list` (default): tests run in list order, and the report names the first that fails. `early`: where order cannot matter, tests
   * that failed most programs of the problem run first; when one fails the reward is 0 and the report names that one.
   */
  readonly order?: 'list' | 'early';
  /** Of the programs that wait, those that will likely take longest go first (default); else first come, first served. */
  readonly longestFirst?: boolean;
  /** Folder of the Python files that run in the sandbox; default: beside this program. */
  readonly runner?: string;
}

/** How code can be verified on this machine, or why not. */
export interface CodeVerifierStatus {
  readonly sandbox: { readonly level: SandboxLevel; readonly detail: string };
  readonly python: { readonly path: string; readonly version: string } | null;
  /** What to do where no program can be run; null where all is well. */
  readonly problem: string | null;
  readonly slots: number;
}

/** Outcome for one program: a grade, or why there is none. */
export type ProgramOutcome =
  | { readonly kind: 'graded'; readonly grade: Grade; readonly warning: VerdictWarning | null }
  | { readonly kind: 'unverifiable'; readonly rule: string; readonly reason: string }
  | { readonly kind: 'error'; readonly reason: string };

export interface CodeVerifier extends Verifier {
  /** Runs a bare program, not a response. Rejects only with an AbortError. */
  verifyProgram(tests: TestSuite | null, code: string, signal?: AbortSignal): Promise<ProgramOutcome>;
  /** Starts what is needed to know. */
  status(): Promise<CodeVerifierStatus>;
  /** Process ids of the boxes, for tests and for a look from outside. */
  boxPids(): number[];
}

interface Ready {
  readonly sandbox: Sandbox;
  readonly pool: BoxPool;
}

interface NotReady {
  readonly problem: string;
  readonly python: PythonFacts | null;
  readonly detail: string;
}

/** Programs that mention one of these run in boxes that have loaded numpy before: it is what most of them import. */
const NUMPY_USERS = /\b(?:numpy|scipy|pandas|networkx|sklearn|sympy|numba|torch|matplotlib|cv2|shapely)\b/;

/** The code verifier. Nothing is started before the first verification or question for its status. */
export function createCodeVerifier(options: CodeVerifierOptions = {}): CodeVerifier {
  const slots = options.slots ?? defaultSlots();
  let ready: Promise<Ready | NotReady> | null = null;
  let running: Ready | null = null;
  let disposed = false;
  const cache = new VerdictCache();
  const history = new SuiteHistory();

  const start = async (): Promise<Ready | NotReady> => {
    let chosen: Awaited<ReturnType<typeof chooseSandbox>>;
    try {
      const python = (): ReturnType<typeof findInterpreter> => findInterpreter(options.python ?? null);
      chosen = await chooseSandbox(options.sandbox ?? 'auto', options.allowUnsafe === true, { python, runner: options.runner ?? defaultRunner() });
    } catch (error) {
      if (!(error instanceof InterpreterProblem)) throw error;
      return { problem: error.message, python: null, detail: 'Not tried: there is no Python to run.' };
    }
    if (!('sandbox' in chosen)) return { ...chosen, detail: chosen.problem };
    const { sandbox } = chosen;
    const memoryMb = options.limits?.memoryMb ?? DEFAULT_LIMITS.memoryMb;
    const pool = new BoxPool({ slots, command: (flavour) => sandbox.command(flavour === 'numpy', memoryMb) });
    running = { sandbox, pool };
    return running;
  };
  const started = (): NonNullable<typeof ready> => {
    ready ??= start();
    return ready;
  };

  const verifyProgram = async (tests: TestSuite | null, code: string, signal?: AbortSignal): Promise<ProgramOutcome> => {
    signal?.throwIfAborted();
    const suite = readySuite(tests);
    if (isSuiteProblem(suite)) {
      return suite.everyProgramFails
        ? { kind: 'graded', grade: failedBeforeRun(tests, suite.message), warning: { code: suite.rule, message: suite.message } }
        : { kind: 'unverifiable', rule: suite.rule, reason: suite.message };
    }
    if (code.length > MAX_PROGRAM_CHARS) {
      return { kind: 'graded', grade: failedBeforeRun(tests, `The program has ${code.length} characters; at most ${MAX_PROGRAM_CHARS} are run.`), warning: null };
    }
    const base = await started();
    if (disposed) throw new DOMException('The verifier was closed.', 'AbortError');
    if ('problem' in base) return { kind: 'error', reason: base.problem };
    const limits = limitsOf(options.limits, suite.suite);
    const mode = options.mode ?? 'exact';
    const order = options.order ?? 'list';
    const past = history.of(suiteHash(suite.suite), suite.suite);
    const mayReorder = order === 'early' && mode === 'exact' && suite.suite.funcName === null && testsAreIndependent(code);
    const make = async (jobSignal?: AbortSignal): Promise<Grade> => {
      // Asked when the box is there: by then more is known of the problem.
      const use = (box: Box): Promise<Grade> => grade(box, code, suite, limits, { mode, early: mayReorder ? past.earlyTests() : [] });
      const result = await runTwice(base, past, options.longestFirst !== false, use, NUMPY_USERS.test(code), jobSignal);
      past.record(result);
      return result;
    };
    try {
      const result = await (options.remember === false
        ? make(signal)
        : cache.get(gradeKey(suite.suite, code, limits, `${mode}, ${order}, ${describeInterpreter(base.sandbox.python)}`), make, signal));
      return { kind: 'graded', grade: result, warning: null };
    } catch (error) {
      if (error instanceof BoxLost) return { kind: 'error', reason: `${error.message} It was tried twice.` };
      throw error;
    }
  };

  return {
    id: 'code',
    verifyProgram,
    async verify(task, signal) {
      const begun = performance.now();
      const extraction = extractProgram(task.response, options.extraction, task.thinkingOpened);
      const suite = readySuite(task.tests);
      const done = (verdict: Omit<Verdict, 'verifier' | 'durationMs'>): Verdict => ({ ...verdict, verifier: 'code', durationMs: performance.now() - begun });
      if (isSuiteProblem(suite) && !suite.everyProgramFails) {
        return done({ verdict: 'unverifiable', reward: null, extracted: null, reason: `${nameOf(task)}${suite.message}`, rule: suite.rule, warnings: [] });
      }
      if (!extraction.found) {
        return done({ verdict: 'incorrect', reward: 0, extracted: null, reason: extraction.reason, rule: extraction.rule, warnings: [] });
      }
      const extracted: Extracted = { text: extraction.text, start: extraction.start, end: extraction.end };
      const warnings: VerdictWarning[] = extraction.note === null ? [] : [{ code: 'extract.unclosed-fence', message: extraction.note }];
      if (options.mode === 'fair') warnings.push({ code: 'mode.fair', message: 'Judged in fair mode (a script with real pipes): not comparable with LiveCodeBench.' });
      const outcome = await verifyProgram(task.tests, extraction.text, signal);
      if (outcome.kind === 'error') return done({ verdict: 'error', reward: null, extracted, reason: outcome.reason, rule: 'machine.failed', warnings });
      if (outcome.kind === 'unverifiable') return done({ verdict: 'unverifiable', reward: null, extracted, reason: outcome.reason, rule: outcome.rule, warnings });
      const base = await started();
      const { passed, ...graded } = outcome.grade;
      const code: CodeDetail = {
        ...graded,
        tests: [...graded.tests],
        sandbox: 'sandbox' in base ? base.sandbox.level : 'none',
        interpreter: 'sandbox' in base ? describeInterpreter(base.sandbox.python) : 'none',
      };
      if (outcome.warning !== null) warnings.push({ ...outcome.warning, message: `${nameOf(task)}${outcome.warning.message}` });
      return done({ verdict: passed ? 'correct' : 'incorrect', reward: passed ? 1 : 0, extracted, ...explain(outcome.grade), warnings, code });
    },
    async status() {
      const base = await started();
      if ('problem' in base) {
        return {
          sandbox: { level: 'none', detail: base.detail },
          python: base.python === null ? null : { path: base.python.executable, version: base.python.version },
          problem: base.problem,
          slots,
        };
      }
      return {
        sandbox: { level: base.sandbox.level, detail: base.sandbox.detail },
        python: { path: base.sandbox.python.executable, version: base.sandbox.python.version },
        problem: null,
        slots,
      };
    },
    boxPids: () => running?.pool.boxes.flatMap((box) => box.pid ?? []) ?? [],
    async dispose() {
      disposed = true;
      const base = await ready?.catch(() => null);
      if (base !== undefined && base !== null && 'pool' in base) await base.pool.dispose();
    },
  };
}

/** Runs the program; where the machine failed, once more in a fresh box. @throws BoxLost when it fails again, AbortError */
async function runTwice(base: Ready, past: SuitePast, longestFirst: boolean, use: (box: Box) => Promise<Grade>, numpy: boolean, signal?: AbortSignal): Promise<Grade> {
  const flavour: BoxFlavour = base.sandbox.python.numpy !== null && numpy ? 'numpy' : 'plain';
  const priority = (): number => (longestFirst ? past.expectedSeconds() : 0);
  const run = (fresh: boolean): Promise<Grade> => base.pool.withBox(flavour, fresh, priority, use, signal);
  try {
    return await run(false);
  } catch (error) {
    if (!(error instanceof BoxLost)) throw error;
    return await run(true);
  }
}

function limitsOf(wanted: Partial<Limits> | undefined, suite: TestSuite): Limits {
  const limits = { ...DEFAULT_LIMITS, ...wanted };
  return { ...limits, seconds: suite.timeLimitSeconds ?? limits.seconds, memoryMb: suite.memoryMb ?? limits.memoryMb };
}

function failedBeforeRun(tests: TestSuite | null, error: string): Grade {
  return {
    passed: false, testsPassed: 0, nTests: tests?.cases.length ?? 0, tests: [],
    failed: { index: 0, passed: false, kind: 'load', cpuSeconds: null, error },
    cpuSeconds: 0, memoryPeakMb: null, nearLimit: false,
  };
}

function explain(result: Grade): { reason: string; rule: string } {
  const { failed, nTests } = result;
  if (failed === null) return { reason: nTests === 1 ? 'The one test passed.' : `All ${nTests} tests passed.`, rule: 'tests.all-passed' };
  const where = failed.kind === 'load' ? 'The program does not load' : `Test ${failed.index + 1} of ${nTests} failed`;
  const last = failed.error?.trim().split('\n').at(-1);
  const why = failed.kind === 'wrong' ? 'wrong answer' : last ?? 'no result';
  return { reason: `${where}${result.order === 'early' ? ' (run before its turn)' : ''}: ${why}`, rule: `tests.${failed.kind ?? 'none'}` };
}

const nameOf = (task: VerificationTask): string => (task.problemId === null ? '' : `Problem ${task.problemId}: `);

/** The Python files lie beside the sources, and beside the bundled program. */
function defaultRunner(): string {
  const places = [
    join(import.meta.dirname, '../../python/code_runner'),
    join(import.meta.dirname, 'python/code_runner'),
    join(import.meta.dirname, '../python/code_runner'),
  ];
  return places.find((place) => existsSync(join(place, 'helper.py'))) ?? places[0] ?? '';
}
