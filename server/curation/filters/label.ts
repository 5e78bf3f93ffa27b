/** A label of a rule filter with the text that made it match: rule filters never delete, they point. */
export interface FilterLabel<Name extends string = string> {
  readonly name: Name;
  /** The matched text; the answer's for rules about the answer. At most 200 UTF-16 units. */
  readonly text: string;
  /** UTF-16 range in the statement; null for rules about the answer or the statement as a whole. */
  readonly span: { readonly start: number; readonly end: number } | null;
}

const LONGEST_TEXT = 200;

export function spanLabel<Name extends string>(name: Name, statement: string, start: number, end: number): FilterLabel<Name> {
  return { name, text: statement.slice(start, Math.min(end, start + LONGEST_TEXT)), span: { start, end } };
}

export function wholeLabel<Name extends string>(name: Name, text: string): FilterLabel<Name> {
  return { name, text: text.slice(0, LONGEST_TEXT), span: null };
}
