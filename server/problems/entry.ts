import type { Difficulty, Domain, PassRate, Problem } from '../protocol/problem.ts';
import { contextOf } from './context.ts';
import { invalidReason } from './finish.ts';
import type { LabelProvider } from './labels.ts';
import { titleOf } from './title.ts';
import type { RecordPlace } from '../records/record.ts';

/** What is kept in memory of a problem: enough for lists, filters, search and decontamination. The rest is read again by its place. */
export interface ProblemEntry extends RecordPlace {
  readonly id: string;
  readonly row: number;
  readonly line: number | null;
  readonly domain: Domain;
  readonly statement: string;
  /** The whole prompt where it has more than the statement in it. */
  readonly context: string | null;
  readonly title: string;
  readonly answer: string | null;
  readonly tests: number;
  readonly difficulty: Difficulty | null;
  readonly passRate: PassRate | null;
  readonly invalid: string | null;
  readonly filters: readonly string[];
}

const NONE: readonly string[] = [];

export function entryOf(problem: Problem, id: string, place: RecordPlace, labels: LabelProvider): ProblemEntry {
  const filters = labels.labelsOf(problem);
  return {
    id,
    row: problem.provenance.row,
    line: problem.provenance.line,
    start: place.start,
    end: place.end,
    domain: problem.domain,
    statement: problem.statement,
    context: contextOf(problem),
    title: titleOf(problem.statement),
    answer: problem.answer,
    tests: problem.tests?.cases.length ?? 0,
    difficulty: problem.difficulty,
    passRate: problem.passRate,
    invalid: invalidReason(problem),
    filters: filters.length === 0 ? NONE : filters,
  };
}
