/** An exact fraction in lowest terms; `d` is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };
export const MINUS_ONE: Rational = { n: -1n, d: 1n };

export function integer(value: number | bigint): Rational {
  return { n: BigInt(value), d: 1n };
}

/** The fraction n/d in lowest terms. Throws RangeError for d = 0. */
export function rational(n: bigint, d: bigint): Rational {
  if (d === 1n) return { n, d };
  if (d === 0n) throw new RangeError('division by zero');
  if (d < 0n) return rational(-n, -d);
  const g = gcd(n, d);
  return g === 1n ? { n, d } : { n: n / g, d: d / g };
}

/** Greatest common divisor, never negative. */
export function gcd(a: bigint, b: bigint): bigint {
  a = a < 0n ? -a : a;
  b = b < 0n ? -b : b;
  // Numbers are small nearly always, and then machine arithmetic is several times faster.
  if (a <= 0x1fffffffffffffn && b <= 0x1fffffffffffffn) {
    let x = Number(a);
    let y = Number(b);
    while (y !== 0) [x, y] = [y, x % y];
    return BigInt(x);
  }
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export function add(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n + b.n, d: 1n };
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n * b.n, d: 1n };
  return rational(a.n * b.n, a.d * b.d);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function absolute(a: Rational): Rational {
  return a.n < 0n ? negate(a) : a;
}

export function equals(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

/** Negative, zero or positive as a < b, a = b, a > b. */
export function compare(a: Rational, b: Rational): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a to an integer power; the caller has bounded the size of the result. Throws RangeError for 0 to a negative power. */
export function power(a: Rational, exponent: number): Rational {
  if (exponent >= 0) return { n: a.n ** BigInt(exponent), d: a.d ** BigInt(exponent) };
  const e = BigInt(-exponent);
  return a.n < 0n ? rational((-a.d) ** e, (-a.n) ** e) : rational(a.d ** e, a.n ** e);
}

export function floor(a: Rational): bigint {
  const q = a.n / a.d;
  return a.n < 0n && q * a.d !== a.n ? q - 1n : q;
}

/** Number of bits of the larger of numerator and denominator, exact within 4. */
export function bitSize(a: Rational): number {
  return Math.max(bigBits(a.n), bigBits(a.d));
}

/** Number of bits of |n|, exact within 4. */
export function bigBits(n: bigint): number {
  if (n >= -0x1fffffffffffffn && n <= 0x1fffffffffffffn) return Math.ceil(Math.log2(Math.abs(Number(n)) + 1));
  return n.toString(16).length * 4;
}

/** Nearest double; infinite only where the value is beyond the doubles. */
export function toNumber(a: Rational): number {
  const n = Number(a.n);
  const d = Number(a.d);
  if (Number.isFinite(n) && Number.isFinite(d)) return n / d;
  const shift = BigInt(Math.max(0, bigBits(a.d) - 1000));
  if (shift > 0n) return Number(a.n >> shift) / Number(a.d >> shift);
  return n / d;
}

/** Value of a decimal literal such as `12.50` or `.5`. The caller has checked that it is one. */
export function parseDecimal(text: string): Rational {
  const dot = text.indexOf('.');
  if (dot === -1) return { n: BigInt(text), d: 1n };
  const digits = text.slice(0, dot) + text.slice(dot + 1);
  return rational(BigInt(digits === '' ? '0' : digits), 10n ** BigInt(text.length - dot - 1));
}

export function format(a: Rational): string {
  return a.d === 1n ? String(a.n) : `${a.n}/${a.d}`;
}
