// How lines move when a document is edited. Pure.

interface Place {
  readonly line: number;
  readonly character: number;
}

/** A change of a document, as far as it moves lines. */
export interface LineChange {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly text: string;
}

/** What was attached to lines, on the lines where they are now. A line that was touched is no longer the one that was meant: `null`. */
export function movedLines<T>(marks: ReadonlyMap<number, T>, changes: readonly LineChange[]): { readonly moved: Map<number, T>; readonly touched: readonly T[] } {
  const touched: T[] = [];
  let moved = new Map(marks);
  for (const { range, text } of changes) {
    const { start, end } = { start: range.start.line, end: range.end.line };
    // Whole lines put in or taken out before it leave the last line as it is.
    const whole = range.end.character === 0 && (text === '' ? range.start.character === 0 : text.endsWith('\n'));
    const by = text.split('\n').length - 1 - (end - start);
    const next = new Map<number, T>();
    for (const [line, mark] of moved) {
      if (line < start) next.set(line, mark);
      else if (line > end || (line === end && whole)) next.set(line + by, mark);
      else touched.push(mark);
    }
    moved = next;
  }
  return { moved, touched };
}
