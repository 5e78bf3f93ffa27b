import type { Rational } from './rational.ts';
import { integerRoot } from './primes.ts';
import type { RealField } from './realField.ts';

/** Bits of a mantissa: about 72 decimal digits, of which comparisons use 50. */
const BITS = 240;
/** Fixed-point bits while a function is computed. */
const WORK = BITS + 48;
/** Arguments of sine and cosine, and exponents, beyond 2^this are refused: reducing them would cost too much. */
const MAX_EXPONENT = 40;

/** The number m * 2^e. */
export interface BigFloat {
  readonly m: bigint;
  readonly e: number;
}

const ZERO: BigFloat = { m: 0n, e: 0 };

function bitLength(m: bigint): number {
  const magnitude = m < 0n ? -m : m;
  const hex = magnitude.toString(16);
  return hex === '0' ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

/** Rounds the mantissa to BITS by cutting; the error is below one unit of the last bit. */
function normal(m: bigint, e: number): BigFloat {
  if (m === 0n) return ZERO;
  const excess = bitLength(m) - BITS;
  return excess > 0 ? { m: m >> BigInt(excess), e: e + excess } : { m, e };
}

function exponentOf(a: BigFloat): number {
  return bitLength(a.m) + a.e;
}

function add(a: BigFloat, b: BigFloat): BigFloat {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const gap = exponentOf(a) - exponentOf(b);
  if (gap > BITS + 4) return a;
  if (gap < -BITS - 4) return b;
  return a.e >= b.e ? normal((a.m << BigInt(a.e - b.e)) + b.m, b.e) : normal(a.m + (b.m << BigInt(b.e - a.e)), a.e);
}

function multiply(a: BigFloat, b: BigFloat): BigFloat {
  return normal(a.m * b.m, a.e + b.e);
}

function divide(a: BigFloat, b: BigFloat): BigFloat {
  const shift = Math.max(0, BITS + 8 - bitLength(a.m) + bitLength(b.m));
  return normal((a.m << BigInt(shift)) / b.m, a.e - b.e - shift);
}

const negate = (a: BigFloat): BigFloat => ({ m: -a.m, e: a.e });

function sqrt(a: BigFloat): BigFloat {
  if (a.m === 0n) return ZERO;
  let shift = Math.max(0, 2 * BITS + 16 - bitLength(a.m));
  if ((a.e - shift) % 2 !== 0) shift++;
  return normal(integerRoot(a.m << BigInt(shift), 2), (a.e - shift) / 2);
}

/** m * 2^e as a fixed-point number with WORK fractional bits. */
function toFixed(a: BigFloat): bigint {
  const shift = a.e + WORK;
  return shift >= 0 ? a.m << BigInt(shift) : a.m >> BigInt(-shift);
}
const fromFixed = (x: bigint): BigFloat => normal(x, -WORK);
const W = BigInt(WORK);
const FIXED_ONE = 1n << W;
const mulFixed = (a: bigint, b: bigint): bigint => (a * b) >> W;

/** atan(1/k) in fixed point by its Taylor series. */
function atanInverse(k: bigint): bigint {
  let term = FIXED_ONE / k;
  let sum = term;
  const square = k * k;
  for (let n = 3n, sign = -1n; term !== 0n; n += 2n, sign = -sign) {
    term /= square;
    sum += sign * (term / n);
  }
  return sum;
}

/** Machin's formula: pi = 16 atan(1/5) - 4 atan(1/239). */
const PI = 16n * atanInverse(5n) - 4n * atanInverse(239n);
/** ln 2 = 2 atanh(1/3). */
const LN2 = (() => {
  let term = FIXED_ONE / 3n;
  let sum = term;
  for (let n = 3n; term !== 0n; n += 2n) {
    term /= 9n;
    sum += term / n;
  }
  return 2n * sum;
})();

function exp(a: BigFloat): BigFloat {
  if (exponentOf(a) > 20) throw new RangeError('exponent too large');
  const x = toFixed(a);
  const k = x / LN2;
  // Halve the rest 16 times: then few terms of the series are needed.
  const r = (x - k * LN2) >> 16n;
  let term = FIXED_ONE;
  let sum = FIXED_ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = mulFixed(term, r) / n;
    sum += term;
  }
  for (let i = 0; i < 16; i++) sum = mulFixed(sum, sum);
  const result = fromFixed(sum);
  return { m: result.m, e: result.e + Number(k) };
}

/** Natural logarithm of a positive number: Newton's iteration from the double value, doubling the digits each time. */
function log(a: BigFloat): BigFloat {
  if (a.m <= 0n) throw new RangeError('logarithm of a number that is not positive');
  const exponent = exponentOf(a) - 1;
  const mantissa = { m: a.m, e: a.e - exponent };
  let y = fromDouble(Math.log(toDouble(mantissa)));
  for (let i = 0; i < 3; i++) y = add(add(y, multiply(mantissa, exp(negate(y)))), { m: -1n, e: 0 });
  return add(y, fromFixed(BigInt(exponent) * LN2));
}

/** Sine and cosine of a fixed-point argument already reduced to [-pi/4, pi/4]. */
function sinCosReduced(x: bigint): [bigint, bigint] {
  const square = mulFixed(x, x);
  let sinTerm = x;
  let cosTerm = FIXED_ONE;
  let sin = x;
  let cos = FIXED_ONE;
  for (let n = 1n; sinTerm !== 0n || cosTerm !== 0n; n += 2n) {
    cosTerm = -mulFixed(cosTerm, square) / (n * (n + 1n));
    sinTerm = -mulFixed(sinTerm, square) / ((n + 1n) * (n + 2n));
    cos += cosTerm;
    sin += sinTerm;
  }
  return [sin, cos];
}

function sinCos(a: BigFloat): [BigFloat, BigFloat] {
  if (exponentOf(a) > MAX_EXPONENT) throw new RangeError('angle too large');
  const x = toFixed(a);
  const half = PI / 2n;
  const quotient = (x + (x >= 0n ? half / 2n : -half / 2n)) / half;
  const [sin, cos] = sinCosReduced(x - quotient * half);
  const quadrant = Number(((quotient % 4n) + 4n) % 4n);
  const s = [sin, cos, -sin, -cos][quadrant] ?? sin;
  const c = [cos, -sin, -cos, sin][quadrant] ?? cos;
  return [fromFixed(s), fromFixed(c)];
}

function atan(a: BigFloat): BigFloat {
  if (a.m < 0n) return negate(atan(negate(a)));
  if (exponentOf(a) > 1) return add(fromFixed(PI / 2n), negate(atan(divide(ONE, a))));
  // Halve the angle until the series converges quickly: atan x = 2 atan(x / (1 + sqrt(1 + x^2))).
  let x = a;
  let halvings = 0;
  while (exponentOf(x) > -8 && halvings < 12) {
    x = divide(x, add(ONE, sqrt(add(ONE, multiply(x, x)))));
    halvings++;
  }
  const fixed = toFixed(x);
  const square = mulFixed(fixed, fixed);
  let term = fixed;
  let sum = fixed;
  for (let n = 3n, sign = -1n; term !== 0n && term !== -1n; n += 2n, sign = -sign) {
    term = mulFixed(term, square);
    sum += sign * (term / n);
  }
  const result = fromFixed(sum);
  return { m: result.m, e: result.e + halvings };
}

const ONE: BigFloat = { m: 1n, e: 0 };

function fromDouble(x: number): BigFloat {
  if (x === 0) return ZERO;
  if (!Number.isFinite(x)) throw new RangeError('not a finite number');
  const exponent = Math.floor(Math.log2(Math.abs(x))) - 52;
  if (exponent < -1000) return ZERO;
  return normal(BigInt(Math.round(x / 2 ** exponent)), exponent);
}

function toDouble(a: BigFloat): number {
  const excess = bitLength(a.m) - 60;
  return excess > 0 ? Number(a.m >> BigInt(excess)) * 2 ** (a.e + excess) : Number(a.m) * 2 ** a.e;
}

/** Real numbers with about 72 digits. Functions throw RangeError outside their domain. */
export const bigReals: RealField<BigFloat> = {
  zero: ZERO,
  one: ONE,
  pi: fromFixed(PI),
  epsilon: 2 ** -168,
  noise: -215,
  cost: 5,
  fromRational: (r: Rational) => divide(normal(r.n, 0), normal(r.d, 0)),
  fromDouble,
  toDouble,
  add,
  multiply,
  divide,
  negate,
  sqrt,
  exp,
  log,
  sin: (a) => sinCos(a)[0],
  cos: (a) => sinCos(a)[1],
  atan,
  sign: (a) => (a.m === 0n ? 0 : a.m < 0n ? -1 : 1),
  magnitude: (a) => (a.m === 0n ? -Infinity : exponentOf(a)),
  floor: (a) => (a.e >= 0 ? a : normal(a.m >> BigInt(-a.e), 0)),
};
