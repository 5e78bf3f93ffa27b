import { OutsideDomain } from '../arithmetic/complex.ts';
import { rational } from '../arithmetic/rational.ts';
import type { RealField } from '../arithmetic/realField.ts';

/** Terms looked at to see how a series behaves, and terms summed at most. */
const FIRST = 24;
const MOST = 480;
/** A series that is not summed term by term counts as known to this many bits, if two estimates agree so far. */
const EXTRAPOLATED_BITS = 96;

interface Sum<R> {
  readonly value: R;
  /** Bits that are known, beside the value's size; null: all of them. */
  readonly bits: number | null;
}

/**
 * The sum of a convergent series from its terms, by how they behave:
 * - shrinking like a geometric series: summed until what is left is below the precision;
 * - of alternating sign: the weights of Cohen, Rodriguez Villegas and Zagier (2000);
 * - shrinking like powers of 1/n: partial sums extrapolated to infinity (Salzer 1955).
 * The last two are believed only where two numbers of terms give the same. Throws OutsideDomain for any other series, a
 * divergent one among them.
 */
export function infiniteSum<R>(term: (k: number) => R, from: number, real: RealField<R>): Sum<R> {
  const terms: R[] = [];
  const at = (index: number): R => {
    while (terms.length <= index) terms.push(term(from + terms.length));
    return terms[index] ?? real.zero;
  };
  const sizes = Array.from({ length: FIRST }, (_, k) => real.magnitude(at(k)));
  const signs = Array.from({ length: FIRST }, (_, k) => real.sign(at(k)));
  // Over the last dozen terms shrinks by more than a fifth a term.
  const [early = 0, late = 0] = [sizes[FIRST - 13], sizes[FIRST - 1]];
  const value = late === -Infinity || early - late >= 4 ? geometric(at, real) : null;
  if (value !== null) return { value, bits: null };
  if (signs.every((sign, k) => k === 0 || sign === -(signs[k - 1] ?? 0))) return agreeing([70, 82].map((n) => alternating(at, n, real)), real);
  if (late < early && signs.every((sign) => sign === signs[0])) return agreeing([[30, 60], [32, 66]].map(([order = 0, start = 0]) => extrapolated(at, order, start, real)), real);
  throw new OutsideDomain('a series that is not summed');
}

function agreeing<R>(estimates: readonly R[], real: RealField<R>): Sum<R> {
  const [first, second] = estimates;
  if (first === undefined || second === undefined) throw new OutsideDomain('a series');
  const gap = real.magnitude(real.add(first, real.negate(second)));
  if (gap > real.magnitude(second) - EXTRAPOLATED_BITS) throw new OutsideDomain('a series that does not settle');
  return { value: second, bits: EXTRAPOLATED_BITS };
}

/** Sums until the rest, bounded by a geometric series of the largest of the last ratios, is below the precision; null where it shrinks more slowly. */
function geometric<R>(at: (index: number) => R, real: RealField<R>): R | null {
  let sum = real.zero;
  let ratio = 1;
  let zeros = 0;
  for (let k = 0; k < MOST; k++) {
    const term = at(k);
    sum = real.add(sum, term);
    const [size, before] = [real.magnitude(term), k < 8 ? Infinity : real.magnitude(at(k - 8))];
    zeros = size === -Infinity ? zeros + 1 : 0;
    // Terms that vanish for long may come back.
    if (zeros >= FIRST) throw new OutsideDomain('a series of zeros');
    if (size === -Infinity || before === -Infinity || k < FIRST) continue;
    // Eight terms shrink by this; the exponents are exact within one.
    ratio = 2 ** ((size - before + 1) / 8);
    if (ratio < 0.9 && size - Math.log2(1 - ratio) < real.magnitude(sum) + Math.log2(real.epsilon) - 6) return sum;
  }
  return null;
}

function whole<R>(value: bigint, real: RealField<R>): R {
  return real.fromRational(rational(value, 1n));
}

function alternating<R>(at: (index: number) => R, n: number, real: RealField<R>): R {
  // d = ((3 + sqrt 8)^n + (3 - sqrt 8)^n) / 2 by its recurrence d(n) = 6 d(n - 1) - d(n - 2).
  let [previous, d] = [1n, 3n];
  for (let k = 1; k < n; k++) [previous, d] = [d, 6n * d - previous];
  let b = -1n;
  let c = -d;
  let sum = real.zero;
  for (let k = 0; k < n; k++) {
    c = b - c;
    const size = k % 2 === 0 ? at(k) : real.negate(at(k));
    sum = real.add(sum, real.multiply(whole(c, real), size));
    b = (b * 2n * BigInt(k + n) * BigInt(k - n)) / (BigInt(2 * k + 1) * BigInt(k + 1));
  }
  return real.divide(sum, whole(d, real));
}

/** The limit of partial sums that are polynomials in 1/n of the given order, from consecutive ones. */
function extrapolated<R>(at: (index: number) => R, order: number, start: number, real: RealField<R>): R {
  let partial = real.zero;
  for (let k = 0; k < start; k++) partial = real.add(partial, at(k));
  let binomial = 1n;
  let factorial = 1n;
  for (let k = 2; k <= order; k++) factorial *= BigInt(k);
  let sum = real.zero;
  for (let j = 0; j <= order; j++) {
    // `partial` holds start + j terms.
    const weight = binomial * BigInt(start + j) ** BigInt(order);
    sum = real.add(sum, real.multiply(whole((order - j) % 2 === 0 ? weight : -weight, real), partial));
    partial = real.add(partial, at(start + j));
    binomial = (binomial * BigInt(order - j)) / BigInt(j + 1);
  }
  return real.divide(sum, whole(factorial, real));
}
