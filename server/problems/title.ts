import { plainMath } from './plainMath.ts';

/** Marks that turn the direction of what follows: in a list they would reach beyond their own line. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Longest title in the Problems view, characters. */
export const TITLE_LENGTH = 160;

/** First words of a statement on one line, for lists that show no mathematics. What is not understood stays as it is. */
export function titleOf(statement: string): string {
  const line = plainMath(statement.slice(0, 3 * TITLE_LENGTH)).replace(TURNS, '').replace(/\s+/g, ' ').trim();
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1)}…`;
}
