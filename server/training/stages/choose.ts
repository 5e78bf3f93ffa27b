import type { Problem, ProblemState } from '../../protocol/problem.ts';
import type { StageSettings } from '../../protocol/training.ts';
import { UNREADABLE_GOLD } from '../../problems/finish.ts';
import { normalStatement } from '../../problems/statementIndex.ts';
import type { ProblemEntry } from '../ports.ts';

/** The problems a stage trains on, and why the others are not among them. */
export interface ProblemChoice {
  readonly kept: readonly Problem[];
  readonly total: number;
  readonly removed: Readonly<Record<string, number>>;
  /** Kept although the stage filters by difficulty, because nothing is known about them. */
  readonly unknownPassRate: number;
}

/** The state, with the filter's name or what makes the problem invalid; benchmarks and reasons of a drop are as many as problems. */
function stateReason(state: ProblemState, [label]: readonly string[]): string {
  return (state === 'filtered' || state === 'invalid') && label !== undefined ? `${state}: ${label.split(':', 1)[0] ?? label}` : state;
}

/** Whether the problem has what a verifier compares with. */
function checkable(problem: Problem): boolean {
  return problem.domain === 'math' ? (problem.answer ?? '').trim() !== '' : (problem.tests?.cases.length ?? 0) > 0;
}

/** Failures in 8 attempts: as recorded on that scale, else from the pass rate; null where neither is known. */
export function difficultyOf8(problem: Problem): number | null {
  const { difficulty, passRate } = problem;
  if (difficulty !== null && /(^|\D)0\s*(-|–|to)\s*8(\D|$)|of 8|\/8/.test(difficulty.scale)) return difficulty.value;
  if (passRate !== null && passRate.attempts > 0) return 8 * (passRate.attempts - passRate.correct) / passRate.attempts;
  return null;
}

/**
 * Why a problem is too easy or too hard for the stage, `unknown` when that cannot be said, or null when it belongs.
 * Numbers of attempts may differ: pass rates are compared as shares (§4.3.2 counts 16 attempts, §3.3.1 counts 8).
 */
function hardness(problem: Problem, settings: StageSettings): { readonly reason: string } | 'unknown' | null {
  const { maxSolved, passRateAttempts, maxDifficulty } = settings;
  let unknown = false;
  if (maxSolved !== null) {
    const rate = problem.passRate;
    if (rate === null || rate.attempts <= 0) unknown = true;
    else if (rate.correct * passRateAttempts > maxSolved * rate.attempts) return { reason: `solved more than ${maxSolved} of ${passRateAttempts} times` };
  }
  if (maxDifficulty !== null) {
    const difficulty = difficultyOf8(problem);
    if (difficulty === null) unknown = true;
    else if (difficulty > maxDifficulty) return { reason: `difficulty above ${maxDifficulty} of 8` };
  }
  return unknown ? 'unknown' : null;
}

/** Reasons of removals that are looked up elsewhere. */
export const REMOVED_AS_TEST_SET = 'in one of your test sets';
export const REMOVED_AS_VALIDATION = 'in the validation set';

/** Reason of the removal of problems that two of the sets have. */
export const REMOVED_AS_COPY = 'in an earlier set as well';

/** Reason of the removal of problems whose gold answer the verifier cannot read. */
export const REMOVED_AS_UNREADABLE = `invalid: ${UNREADABLE_GOLD}`;

/** The id, or the first with a number behind it that nobody has: `7#2`. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? id : `${id}#${String(count)}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** A problem of a set, which may be a test set of the user. */
export interface CandidateProblem extends ProblemEntry {
  readonly testSet?: boolean;
}

/**
 * Applies the stage's choice to the problems of all its sets; every removal is counted under its reason.
 * @param validation what is validated on stays out, told by its statement: ids may be row numbers
 */
export function chooseProblems(entries: Iterable<CandidateProblem>, settings: StageSettings, validation: readonly Problem[] = []): ProblemChoice {
  const validated = new Set(validation.map(({ statement }) => normalStatement(statement)));
  const kept: Problem[] = [];
  const removed: Record<string, number> = {};
  const ids = new Set<string>();
  const copies = new Set<string>();
  let total = 0;
  let unknownPassRate = 0;
  const remove = (reason: string): void => { removed[reason] = (removed[reason] ?? 0) + 1; };
  for (const { problem, state, labels, testSet } of entries) {
    total += 1;
    if (problem.domain !== settings.domain) { remove(`other domain (${problem.domain})`); continue; }
    if (testSet === true) { remove(REMOVED_AS_TEST_SET); continue; }
    if (state !== 'ok') { remove(stateReason(state, labels)); continue; }
    if (!checkable(problem)) { remove(problem.domain === 'math' ? 'no answer' : 'no tests'); continue; }
    const statement = normalStatement(problem.statement);
    if (validated.has(statement)) { remove(REMOVED_AS_VALIDATION); continue; }
    const copy = `${problem.id}\0${statement}`;
    if (copies.has(copy)) { remove(REMOVED_AS_COPY); continue; }
    const verdict = hardness(problem, settings);
    if (verdict !== null && verdict !== 'unknown') { remove(verdict.reason); continue; }
    if (verdict === 'unknown') unknownPassRate += 1;
    // Row numbers are ids in many sets: another problem with the same one is no copy, and gets an id of its own.
    const id = freeId(problem.id, ids);
    ids.add(id);
    copies.add(copy);
    kept.push(id === problem.id ? problem : { ...problem, id });
  }
  return { kept, total, removed, unknownPassRate };
}
