import type { Rational } from './rational.ts';
import { toNumber } from './rational.ts';

/** What numeric evaluation needs of a type of real numbers. Functions throw RangeError outside their domain. */
export interface RealField<R> {
  readonly zero: R;
  readonly one: R;
  readonly pi: R;
  /** Relative difference below which two results count as equal. */
  readonly epsilon: number;
  /** Relative rounding error of a whole evaluation, as a power of two. */
  readonly noise: number;
  /** Cost of one operation beside one of doubles. */
  readonly cost: number;
  fromRational(value: Rational): R;
  fromDouble(value: number): R;
  toDouble(value: R): number;
  add(a: R, b: R): R;
  multiply(a: R, b: R): R;
  divide(a: R, b: R): R;
  negate(a: R): R;
  sqrt(a: R): R;
  exp(a: R): R;
  log(a: R): R;
  sin(a: R): R;
  cos(a: R): R;
  atan(a: R): R;
  sign(a: R): number;
  /** Exponent k with 2^(k-1) <= |a| < 2^k; -Infinity for 0. */
  magnitude(a: R): number;
  floor(a: R): R;
}

function finite(x: number): number {
  if (!Number.isFinite(x)) throw new RangeError('not a finite number');
  return x;
}

/** Doubles: quick, for telling different expressions apart. */
export const doubles: RealField<number> = {
  zero: 0,
  one: 1,
  pi: Math.PI,
  epsilon: 1e-7,
  noise: -38,
  cost: 1,
  fromRational: (value) => finite(toNumber(value)),
  fromDouble: (value) => value,
  toDouble: (value) => value,
  add: (a, b) => a + b,
  multiply: (a, b) => finite(a * b),
  divide: (a, b) => finite(a / b),
  negate: (a) => -a,
  sqrt: Math.sqrt,
  exp: (a) => finite(Math.exp(a)),
  log: (a) => {
    if (a <= 0) throw new RangeError('logarithm of a number that is not positive');
    return Math.log(a);
  },
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  sign: Math.sign,
  magnitude: (a) => (a === 0 ? -Infinity : Math.floor(Math.log2(Math.abs(a))) + 1),
  floor: Math.floor,
};
