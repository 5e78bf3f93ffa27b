import { plainMath } from './plainMath.ts';

/** Longest title in the Problems view, characters. */
export const TITLE_LENGTH = 160;

/** First words of a statement on one line, for lists that show no mathematics. What is not understood stays as it is. */
export function titleOf(statement: string): string {
  const line = plainMath(statement.slice(0, 3 * TITLE_LENGTH)).replace(/\s+/g, ' ').trim();
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1)}…`;
}
