import type { Problem } from '../../../protocol/problem.ts';
import { normalStatement } from '../../../problems/statementIndex.ts';
import type { RecordedRollout } from '../../ports.ts';

/** The texts by which a rollout's question may be recognised: the bare statement and the prompt as the file has it. */
function questionsOf(problem: Problem): string[] {
  const asked = problem.prompt.filter(({ role }) => role === 'user').at(-1)?.content;
  return asked === undefined ? [normalStatement(problem.statement)] : [normalStatement(problem.statement), normalStatement(asked)];
}

/**
 * Recorded rollouts by problem id, in the order recorded; problems without any are absent. A rollout belongs to the problem
 * whose id it names, else to the one whose statement or prompt is its question.
 */
export function matchRollouts<R extends Pick<RecordedRollout, 'problemId' | 'question'>>(problems: readonly Problem[], rollouts: readonly R[]): Map<string, R[]> {
  const ids = new Set(problems.map(({ id }) => id));
  const byQuestion = new Map(problems.flatMap((problem) => questionsOf(problem).map((question) => [question, problem.id] as const)));
  const found = new Map<string, R[]>();
  for (const rollout of rollouts) {
    const named = rollout.problemId !== null && ids.has(rollout.problemId) ? rollout.problemId : undefined;
    const id = named ?? (rollout.question === null ? undefined : byQuestion.get(normalStatement(rollout.question)));
    if (id === undefined) continue;
    const list = found.get(id);
    if (list === undefined) found.set(id, [rollout]);
    else list.push(rollout);
  }
  return found;
}
