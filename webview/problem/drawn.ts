// What each part of the page is drawn from: news that change nothing leave it alone, since somebody may be typing in it. Pure.
import type { Problem, ProblemRow } from '../../server/protocol/problem.ts';

export interface Drawn {
  readonly state: string;
  readonly body: string;
  readonly facts: string;
}

export const NOTHING_DRAWN: Drawn = { state: '', body: '', facts: '' };

/** Parts with equal texts look the same. The check for contamination changes the state and nothing else. */
export function drawnFrom(problem: Problem, row: ProblemRow, fileAnswer: string | null): Drawn {
  const shown = JSON.stringify(problem);
  return {
    state: JSON.stringify([row.state, row.labels, row.decision]),
    body: JSON.stringify([fileAnswer, row.decision?.action === 'edit' ? row.decision : null]) + shown,
    facts: JSON.stringify([row.passRate, row.difficulty]) + shown,
  };
}
