import type { Decision, ProblemRow, ProblemState } from '../protocol/problem.ts';
import type { ProblemEntry } from './entry.ts';
import { answerProblem } from './finish.ts';
import type { ContaminationMark } from './labels.ts';

export interface StateWithLabels {
  readonly state: ProblemState;
  readonly labels: string[];
}

/**
 * State of a problem: invalid, else dropped by a decision, else contaminated, else filtered, else ok. `marks` are null while the
 * problem has not been checked: then it is unchecked where it would be ok. `keep` overrides contamination and filters; `ignore` of any decision overrides the labels it names; an edited answer is judged in place of the file's.
 */
export function stateOf(entry: ProblemEntry, decision: Decision | null, marks: readonly ContaminationMark[] | null): StateWithLabels {
  const edited = decision?.action === 'edit' && entry.domain === 'math' && entry.statement !== '' ? decision.answer : undefined;
  const invalid = edited === undefined || edited.trim() === '' ? entry.invalid : answerProblem(edited);
  if (invalid !== null) return { state: 'invalid', labels: [invalid] };
  if (decision?.action === 'drop') return { state: 'dropped', labels: [decision.reason ?? 'dropped'] };
  if (decision?.action === 'keep' && decision.ignore === undefined) return { state: 'ok', labels: [] };
  const ignored = new Set(decision?.ignore ?? []);
  const hits = (marks ?? []).filter((mark) => !ignored.has(mark.benchmark) && !ignored.has(`${mark.benchmark} ${mark.item}`));
  if (hits.length > 0) return { state: 'contaminated', labels: hits.map((mark) => `${mark.benchmark} ${mark.item}`) };
  const filters = entry.filters.filter((label) => !ignored.has(label));
  if (filters.length > 0) return { state: 'filtered', labels: filters };
  return { state: marks === null ? 'unchecked' : 'ok', labels: [] };
}

/** Longest answer sent in a list row, characters. */
const ANSWER_LENGTH = 500;

export function rowOf(entry: ProblemEntry, decision: Decision | null, marks: readonly ContaminationMark[] | null): ProblemRow {
  const answer = answerOf(entry.answer, decision);
  return {
    id: entry.id,
    row: entry.row,
    line: entry.line,
    title: entry.title,
    domain: entry.domain,
    answer: answer !== null && answer.length > ANSWER_LENGTH ? `${answer.slice(0, ANSWER_LENGTH)}…` : answer,
    tests: entry.tests,
    difficulty: entry.difficulty,
    passRate: entry.passRate,
    ...stateOf(entry, decision, marks),
    decision,
  };
}

/** The answer that counts: an edited one replaces the file's. */
export function answerOf(answer: string | null, decision: Decision | null): string | null {
  return decision?.action === 'edit' && decision.answer !== undefined ? decision.answer : answer;
}
