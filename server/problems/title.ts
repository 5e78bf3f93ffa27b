/** Longest title in the Problems view, characters. */
export const TITLE_LENGTH = 160;

/** First words of a statement on one line, for lists. */
export function titleOf(statement: string): string {
  const line = statement.slice(0, 2 * TITLE_LENGTH).replace(/\s+/g, ' ').trim();
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1)}…`;
}
