import { normalize, sep } from 'node:path';
import type { Rollout } from '../protocol/rollout.ts';
import type { VerdictWarning } from '../protocol/verdict.ts';
import type { ProblemEntry } from '../problems/entry.ts';
import type { ProblemSet } from '../problems/problemSet.ts';
import { answerOf } from '../problems/states.ts';
import { normalStatement } from '../problems/statementIndex.ts';

export interface Found {
  readonly set: ProblemSet;
  readonly entry: ProblemEntry;
  /** Where another set's copy of the problem would be judged by another answer. */
  readonly warnings: readonly VerdictWarning[];
}

/** A problem of a set. */
type Holder = Pick<Found, 'set' | 'entry'>;

/** Code of the warning. */
export const CONTESTED_ID = 'problem.contested-id';

/** The problem of a rollout: by its id, else by the statement that its prompt asks. `question` and `prompt` are normalised. */
export function findProblem(rollout: Rollout, sets: readonly ProblemSet[], question: string, prompt: string): Found | null {
  // A gold answer may be the problem's id: our veRL rows of code problems carry it in place of the tests.
  const ids = [rollout.problemId, rollout.gold].filter((id): id is string => id !== null && id !== '');
  for (const id of ids) {
    const isGold = id !== rollout.problemId;
    const holders = sets.flatMap((set): Holder[] => {
      const entry = set.entry(id);
      return entry === null || (isGold && entry.domain !== 'code') ? [] : [{ set, entry }];
    });
    const asked = question === '' ? [] : holders.filter(({ entry }) => prompt.includes(normalStatement(entry.statement)));
    // Row numbers are ids in many sets: the statement must agree where the prompt is known.
    const found = asked.length > 0 ? asked : /^\d+$/.test(id) && question !== '' ? [] : holders;
    if (found.length > 0) return preferred(rollout, found);
  }
  return question === '' ? null : statementMatch(rollout, sets, question, prompt);
}

/**
 * Of several sets with the same problem, an exported copy beside the original say, the one whose answer the user edited, else the
 * one whose answer the rollout was made for. One that has no answer is the last choice.
 */
function preferred(rollout: Rollout, found: readonly Holder[]): Found | null {
  const judging = found.filter((holder) => holder.entry.domain === 'code' || effective(holder) !== null);
  const holders = judging.length > 0 ? judging : found;
  const chosen = holders.find(({ set, entry }) => set.decisionOf(entry.id)?.action === 'edit') ?? holders.find(({ entry }) => entry.answer === rollout.gold) ?? holders[0];
  if (chosen === undefined) return null;
  const answer = effective(chosen);
  const other = holders.find((holder) => effective(holder) !== answer);
  if (other === undefined) return { ...chosen, warnings: [] };
  const [used, unused] = namesApart(chosen.set.path, other.set.path);
  return { ...chosen, warnings: [{ code: CONTESTED_ID, message: `Problem "${chosen.entry.id}" has the answer ${answer ?? 'none'} in ${used}, which was used, and ${effective(other) ?? 'none'} in ${unused}.` }] };
}

/** As much of the ends of two paths as tells them apart. */
function namesApart(one: string, other: string): [string, string] {
  const [a, b] = [normalize(one).split(sep), normalize(other).split(sep)];
  for (let parts = 1; ; parts += 1) {
    const names: [string, string] = [a.slice(-parts).join('/'), b.slice(-parts).join('/')];
    if (names[0] !== names[1] || parts >= Math.max(a.length, b.length)) return names;
  }
}

/** The answer that a holder's problem is judged by. */
function effective({ set, entry }: Holder): string | null {
  return answerOf(entry.answer, set.decisionOf(entry.id));
}

function statementMatch(rollout: Rollout, sets: readonly ProblemSet[], question: string, prompt: string): Found | null {
  for (const [at, set] of sets.entries()) {
    const entries = set.statements.find(question, prompt);
    const [first] = entries;
    if (first === undefined) continue;
    const statement = normalStatement(first.statement);
    const copies = sets.slice(at + 1).map((later): [ProblemSet, readonly ProblemEntry[]] => [later, later.statements.copies(statement)]);
    // Copies with different answers occur within a set, too.
    const holders = [[set, entries] as const, ...copies].flatMap(([holder, found]): Holder[] => {
      const entry = found.find(({ answer }) => answer === rollout.gold) ?? found[0];
      return entry === undefined ? [] : [{ set: holder, entry }];
    });
    return preferred(rollout, holders);
  }
  return null;
}
