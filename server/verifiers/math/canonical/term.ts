import { bitSize, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';

/** The exact form would grow beyond its limits; the caller falls back on numbers. */
export class TooLarge extends Error {
  constructor(what: string) {
    super(`too large: ${what}`);
    this.name = 'TooLarge';
  }
}

/**
 * One product: coefficient times generators to powers. `powers` holds pairs (generator, exponent) in order of generators;
 * exponents count in units of 1/UNIT.
 */
export interface Term {
  readonly coefficient: Rational;
  readonly powers: readonly number[];
}

/** Exponents are integers counting this fraction: every root up to the 13th, and tenths and hundredths, is exact. */
export const UNIT = 10_810_800;

/** Throws TooLarge for a coefficient beyond `limits.bits`. */
export function checked(value: Rational): Rational {
  if (bitSize(value) > limits.bits) throw new TooLarge('integers');
  return value;
}
