import { OutsideDomain, type Complex } from '../arithmetic/complex.ts';
import type { Rational } from '../arithmetic/rational.ts';
import type { RealField } from '../arithmetic/realField.ts';
import type { Evaluator } from '../canonical/evaluate.ts';
import { NotAlgebraic } from '../canonical/exactFunctions.ts';
import type { Node } from '../parse/ast.ts';

/** Values of symbols. */
export type Point = ReadonlyMap<string, Rational>;

export const NOWHERE: Point = new Map();

/** The value of a node at a point; null where it has none. */
export function evaluate<R>(evaluator: Evaluator<R>, node: Node, point: Point): Complex<R> | null {
  try {
    return evaluator.at(node, point);
  } catch (error) {
    if (error instanceof OutsideDomain || error instanceof RangeError || error instanceof NotAlgebraic) return null;
    throw error;
  }
}

/**
 * Whether two nodes have the same value at a point; null where one has none. Values whose digits were cut on the way
 * (a long integer under a root, 9^(9^9) + 1) are never called the same.
 */
export function agree<R>(evaluator: Evaluator<R>, a: Node, b: Node, point: Point): boolean | null {
  const x = evaluate(evaluator, a, point);
  const { peak, lost } = evaluator.field;
  const y = x === null ? null : evaluate(evaluator, b, point);
  if (x === null || y === null) return null;
  return close(evaluator.field.real, x, y, Math.max(peak, evaluator.field.peak)) && !lost && !evaluator.field.lost;
}

/**
 * Whether two values agree to the field's precision, relative to the larger, or differ by no more than the rounding of
 * their largest addend (`peak`, an exponent of two).
 */
export function close<R>(real: RealField<R>, a: Complex<R>, b: Complex<R>, peak: number): boolean {
  const size = Math.max(real.magnitude(a.re), real.magnitude(b.re), a.im === null ? -Infinity : real.magnitude(a.im), b.im === null ? -Infinity : real.magnitude(b.im));
  if (size === -Infinity) return true;
  const limit = Math.max(size + Math.log2(real.epsilon), peak + real.noise);
  const small = (x: R | null, y: R | null): boolean => real.magnitude(real.add(x ?? real.zero, real.negate(y ?? real.zero))) <= limit;
  return small(a.re, b.re) && small(a.im, b.im);
}
