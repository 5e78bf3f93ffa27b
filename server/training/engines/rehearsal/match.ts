import type { Problem } from '../../../protocol/problem.ts';
import { normalStatement } from '../../../problems/statementIndex.ts';
import type { RecordedRollout } from '../../ports.ts';

/** The texts by which a rollout's question may be recognised: the bare statement and the prompt as the file has it. */
function questionsOf(problem: Problem): string[] {
  const asked = problem.prompt.filter(({ role }) => role === 'user').at(-1)?.content;
  return asked === undefined ? [normalStatement(problem.statement)] : [normalStatement(problem.statement), normalStatement(asked)];
}

/** Whether a question, which may be shortened, is one of the texts or a longer prompt around it. */
function asks(question: string, texts: readonly string[]): boolean {
  return texts.some((text) => question.includes(text) || text.startsWith(question));
}

/**
 * Recorded rollouts by problem id, in the order recorded; problems without any are absent. A rollout belongs to the problem
 * whose id it names, unless its question is another's: ids, row numbers above all, are the same in many sets.
 */
export function matchRollouts<R extends Pick<RecordedRollout, 'problemId' | 'question'>>(problems: readonly Problem[], rollouts: readonly R[]): Map<string, R[]> {
  const byId = new Map(problems.map((problem) => [problem.id, questionsOf(problem)]));
  const byQuestion = new Map([...byId].flatMap(([id, questions]) => questions.map((question) => [question, id] as const)));
  const idOf = ({ problemId, question }: R): string | undefined => {
    const questions = problemId === null ? undefined : byId.get(problemId);
    const named = problemId !== null && questions !== undefined ? problemId : undefined;
    if (question === null || question === '') return named;
    const asked = normalStatement(question);
    if (questions !== undefined && asks(asked, questions)) return named;
    return byQuestion.get(asked) ?? (named !== undefined && /^\d+$/.test(named) ? undefined : named);
  };
  const found = new Map<string, R[]>();
  for (const rollout of rollouts) {
    const id = idOf(rollout);
    if (id === undefined) continue;
    const list = found.get(id);
    if (list === undefined) found.set(id, [rollout]);
    else list.push(rollout);
  }
  return found;
}
