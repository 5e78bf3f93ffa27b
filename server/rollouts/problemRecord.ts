import type { RolloutGroup } from '../protocol/rollout.ts';
import type { ProblemEntry } from '../problems/entry.ts';
import { normalStatement } from '../problems/statementIndex.ts';
import { describeGroup } from './groups.ts';
import type { RolloutIndex } from './rolloutIndex.ts';

/** Recorded groups of a problem: those that name its id (and do not ask another question), else those that ask its statement. */
export function groupsOfProblem(index: RolloutIndex, problem: ProblemEntry): RolloutGroup[] {
  const statement = normalStatement(problem.statement);
  return index.groups
    .filter((group) => {
      const asks = group.question !== '' && (group.question === statement || (statement.length > 40 && group.question.includes(statement)));
      // A row number is no proof of being the same problem.
      return asks || (group.problemId === problem.id && (group.question === '' || !/^\d+$/.test(problem.id)));
    })
    .map((entry) => describeGroup(index, { entry, refs: entry.refs }));
}
