import type { Node } from './ast.ts';

const MAX_SIZE = 4;

/** The determinant of a square matrix as a sum of products, by its first row. Null for any other matrix and beyond four rows. */
export function determinant(rows: readonly (readonly Node[])[]): Node | null {
  const size = rows.length;
  if (size === 0 || size > MAX_SIZE || rows.some((row) => row.length !== size)) return null;
  const [first = [], ...rest] = rows;
  const [only] = first;
  if (size === 1) return only ?? null;
  const items: Node[] = [];
  for (const [column, entry] of first.entries()) {
    const minor = determinant(rest.map((row) => row.filter((_, index) => index !== column)));
    if (minor === null) return null;
    const product: Node = { t: 'mul', items: [entry, minor] };
    items.push(column % 2 === 0 ? product : { t: 'neg', a: product });
  }
  return { t: 'add', items };
}
