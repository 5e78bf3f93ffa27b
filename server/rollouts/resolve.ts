import { basename } from 'node:path';
import type { FileIssue, TestSuite } from '../protocol/problem.ts';
import type { Rollout } from '../protocol/rollout.ts';
import type { VerdictWarning } from '../protocol/verdict.ts';
import { fileIssue } from '../records/issues.ts';
import { testsFrom } from '../problems/importers/tests.ts';
import type { ProblemSet } from '../problems/problemSet.ts';
import { normalStatement } from '../problems/statementIndex.ts';
import { titleOf } from '../problems/title.ts';
import { questionOfPrompt } from '../problems/wrappers.ts';
import type { VerificationTask } from '../verifiers/verifier.ts';
import { findProblem } from './problemLookup.ts';

/** What a verifier needs for one rollout, and what a list shows of it. */
export interface Resolved {
  readonly ok: true;
  readonly task: VerificationTask;
  readonly problemId: string | null;
  readonly title: string;
  readonly gold: string | null;
  /** What makes the choice of the problem doubtful. */
  readonly warnings: readonly VerdictWarning[];
}
export type Resolution = Resolved | { readonly ok: false; readonly issue: FileIssue };

/**
 * Finds the problem of a rollout: by its id, else by the statement its prompt asks. The set's answer (with the user's edit)
 * counts before one that the rollout carries; without a problem the rollout's own answer or tests are used.
 */
export async function resolveRollout(rollout: Rollout, sets: readonly ProblemSet[]): Promise<Resolution> {
  const asked = (rollout.prompt.findLast((turn) => turn.role === 'user') ?? rollout.prompt.at(-1))?.content ?? '';
  const question = questionOfPrompt(asked);
  const found = findProblem(rollout, sets, normalStatement(question), normalStatement(asked));
  if (found !== null) {
    const { problem } = await found.set.readEntry(found.entry);
    return {
      ok: true,
      task: { domain: problem.domain, problemId: problem.id, statement: problem.statement, gold: problem.answer, tests: problem.tests, response: rollout.response, thinkingOpened: rollout.thinking.opened },
      problemId: problem.id,
      title: titleOf(problem.statement),
      gold: problem.answer,
      warnings: found.warnings,
    };
  }
  const carried = carriedBy(rollout);
  if (carried !== null) {
    return {
      ok: true,
      task: { ...carried, problemId: rollout.problemId, statement: question === '' ? null : question, response: rollout.response, thinkingOpened: rollout.thinking.opened },
      problemId: rollout.problemId,
      title: titleOf(question === '' ? rollout.problemId ?? rollout.id : question),
      gold: carried.gold,
      warnings: [],
    };
  }
  return { ok: false, issue: { ...fileIssue('error', missing(rollout, sets), { record: rollout.index, line: rollout.line, field: rollout.problemId === null ? null : 'problem_id' }), code: 'no-problem' } };
}

function carriedBy(rollout: Rollout): { domain: 'math' | 'code'; gold: string | null; tests: TestSuite | null } | null {
  if (rollout.gold === null || rollout.gold.trim() === '') return null;
  if (rollout.domain !== 'code') return { domain: 'math', gold: rollout.gold, tests: null };
  const { tests } = testsFrom(rollout.gold);
  return tests === null ? null : { domain: 'code', gold: null, tests };
}

/** So many sets are named in a message. */
const SETS_NAMED = 3;

function missing(rollout: Rollout, sets: readonly ProblemSet[]): string {
  const place = rollout.line === null ? `rollout record ${String(rollout.index + 1)}` : `rollout line ${String(rollout.line + 1)}`;
  const asked = rollout.problemId === null ? 'its prompt' : `its problem \`${rollout.problemId}\``;
  const names = sets.slice(0, SETS_NAMED).map((set) => basename(set.path)).join(', ') + (sets.length > SETS_NAMED ? ` and ${String(sets.length - SETS_NAMED)} more` : '');
  return `${place} carries no answer, and ${sets.length === 0 ? `there is no problem set to look up ${asked} in` : `${asked} is found in none of: ${names}`}`;
}
