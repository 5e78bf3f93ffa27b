import { limits } from '../limits.ts';

/** What a determinant is computed with. */
export interface Ring<T> {
  readonly zero: T;
  readonly one: T;
  add(a: T, b: T): T;
  negate(a: T): T;
  multiply(a: T, b: T): T;
}

/**
 * The determinant by expansion along rows, each minor of the lower rows once: n 2^n products and no division. Null for rows that
 * are no square, or more than `limits.determinant` of them.
 */
export function determinant<T>(rows: readonly (readonly T[])[], ring: Ring<T>): T | null {
  const n = rows.length;
  if (n === 0 || n > limits.determinant || rows.some((row) => row.length !== n)) return null;
  /** Minors of the rows below, by the set of their columns. */
  let minors = new Map<number, T>([[0, ring.one]]);
  for (let row = n - 1; row >= 0; row--) {
    const larger = new Map<number, T>();
    for (const [columns, minor] of minors) {
      for (let column = 0; column < n; column++) {
        const cell = rows[row]?.[column];
        if (columns & (1 << column) || cell === undefined) continue;
        // The sign counts the chosen columns to the left of this one.
        const before = countBits(columns & ((1 << column) - 1));
        const product = ring.multiply(cell, minor);
        const key = columns | (1 << column);
        larger.set(key, ring.add(larger.get(key) ?? ring.zero, before % 2 === 0 ? product : ring.negate(product)));
      }
    }
    minors = larger;
  }
  return minors.get(2 ** n - 1) ?? null;
}

function countBits(x: number): number {
  let count = 0;
  for (let rest = x; rest !== 0; rest &= rest - 1) count++;
  return count;
}
