// Runs programs through this verifier and measures what they and the verifier used.
import { readFileSync } from 'node:fs';
import type { TestSuite } from '../../server/protocol/problem.ts';
import { createCodeVerifier, type CodeVerifier, type CodeVerifierOptions } from '../../server/verifiers/code/codeVerifier.ts';

export const SECONDS = 6;
/** Programs judged before the clock starts: a server judges thousands, and its own code is compiled by then. */
const WARM_PROGRAMS = 200;

export interface Job {
  readonly suite: TestSuite;
  readonly code: string;
}
export interface Outcome {
  readonly passed: readonly boolean[];
  readonly wall: number;
  readonly cpu: number;
}

/** CPU seconds that this process, the boxes and their helpers have used themselves; candidates report their own. */
function ownCpu(boxes: readonly number[]): number {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1e6 + boxes.flatMap(tree).reduce((sum, pid) => sum + ticksOf(pid), 0) / 100;
}

/** A process and all below it. */
export function tree(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    return [pid, ...children.flatMap(tree)];
  } catch {
    return []; // ended meanwhile
  }
}

function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** Our verifier, warm. */
export async function ours(jobs: readonly Job[], slots: number, options: CodeVerifierOptions): Promise<Outcome & { programs: number }> {
  const verifier = createCodeVerifier({ remember: false, ...options, slots });
  try {
    await warm(verifier, WARM_PROGRAMS * slots);
    const before = ownCpu(verifier.boxPids());
    const begun = performance.now();
    const outcomes = await Promise.all(jobs.map((job) => verifier.verifyProgram({ ...job.suite, timeLimitSeconds: SECONDS }, job.code)));
    const wall = (performance.now() - begun) / 1000;
    const own = ownCpu(verifier.boxPids()) - before;
    const programs = outcomes.flatMap((outcome) => (outcome.kind === 'graded' ? outcome.grade.tests : [])).reduce((sum, test) => sum + (test.cpuSeconds ?? 0), 0);
    // A grade that several programs share was made once.
    const grades = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'graded' ? [outcome.grade] : [])));
    const candidates = [...grades].reduce((sum, grade) => sum + grade.cpuSeconds, 0);
    return { passed: outcomes.map((outcome) => outcome.kind === 'graded' && outcome.grade.passed), wall, cpu: own + candidates, programs };
  } finally {
    await verifier.dispose();
  }
}

export async function warm(verifier: CodeVerifier, programs: number): Promise<void> {
  const suite = { funcName: null, cases: [{ input: '', output: '1' }] };
  await Promise.all(Array.from({ length: programs }, (_, i) => verifier.verifyProgram(suite, `print(1)\n# ${i}`)));
}

/** Proportional set size of a process and all below it, megabytes: shared pages are counted once. */
export function memoryOfTree(pid: number): number {
  return tree(pid).reduce((sum, id) => {
    try {
      return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);
}
