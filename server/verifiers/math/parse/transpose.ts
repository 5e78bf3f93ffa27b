import type { Node } from './ast.ts';

/** A matrix or a row in brackets to the power T: `[3, -2, 6]^T` is a column. Null for any other power. */
export function transposed(base: Node, exponent: Node): Node | null {
  if (exponent.t !== 'sym' || !/^(?:T|\\top)$/.test(exponent.name)) return null;
  const rows = base.t === 'matrix' ? base.rows : base.t === 'seq' && (base.open === '[' || base.open === '(') ? rowsOf(base.items) : [];
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width)) return null;
  return { t: 'matrix', rows: Array.from({ length: width }, (_, column) => rows.flatMap((row) => row[column] ?? [])) };
}

/** The rows of `[[1, 2], [3, 4]]`; a list of values is a row itself. */
function rowsOf(items: readonly Node[]): readonly (readonly Node[])[] {
  const rows = items.map((item) => (item.t === 'seq' && item.open === '[' ? item.items : null));
  return rows.every((row) => row !== null) ? rows : rows.every((row) => row === null) ? [items] : [];
}
