import { bigBits, compare, floor, integer, multiply, ONE, rational, ZERO, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import type { FunctionName } from '../parse/ast.ts';
import { Undefined } from './form.ts';
import { TooLarge } from './term.ts';

/** The node is no algebraic value (a list, a relation, infinity, text). */
export class NotAlgebraic extends Error {
  constructor(what: string) {
    super(`not a value: ${what}`);
    this.name = 'NotAlgebraic';
  }
}

/** n! for 0 <= n with at most `limits.bits` bits. Throws TooLarge beyond. */
export function factorial(n: bigint): bigint {
  if (n > 6_000n || Number(n) * Math.log2(Number(n) / Math.E + 1) > limits.bits) throw new TooLarge('factorial');
  const product = (from: bigint, to: bigint): bigint => {
    if (to - from < 8n) {
      let result = from;
      for (let k = from + 1n; k <= to; k++) result *= k;
      return result;
    }
    const middle = (from + to) / 2n;
    return product(from, middle) * product(middle + 1n, to);
  };
  return n < 2n ? 1n : product(1n, n);
}

export function binomial(n: bigint, k: bigint): bigint {
  if (k < 0n || (n >= 0n && k > n)) return 0n;
  const lower = n >= 0n && k > n - k ? n - k : k;
  if (lower > 6_000n || Number(lower) * Math.min(bigBits(n), Math.log2(Number(n)) + 2) > 4 * limits.bits) throw new TooLarge('binomial');
  let result = 1n;
  for (let j = 0n; j < lower; j++) result = (result * (n - j)) / (j + 1n);
  return result;
}

/** Value of a function of rational numbers where it is rational, or null. */
export function exactFunction(name: FunctionName, values: readonly Rational[]): Rational | null {
  const [a, b] = values;
  if (a === undefined) return null;
  switch (name) {
    case 'floor': return integer(floor(a));
    case 'ceil': return integer(-floor({ n: -a.n, d: a.d }));
    case 'sign': return integer(a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
    case 're': case 'conjugate': return a;
    case 'im': return ZERO;
    case 'max': return values.reduce((x, y) => (compare(x, y) >= 0 ? x : y));
    case 'min': return values.reduce((x, y) => (compare(x, y) <= 0 ? x : y));
    case 'mod': {
      if (b === undefined || a.d !== 1n || b.d !== 1n || b.n <= 0n) return null;
      return integer(((a.n % b.n) + b.n) % b.n);
    }
    case 'gcd': case 'lcm': return wholeFold(name, values);
    case 'doubleFactorial': {
      if (a.d !== 1n || a.n < -1n) return null;
      if (a.n > 2_000n) throw new TooLarge('double factorial');
      let result = 1n;
      for (let k = a.n; k > 1n; k -= 2n) result *= k;
      return integer(result);
    }
    case 'sin': case 'tan': case 'asin': case 'atan': case 'sinh': case 'tanh': case 'asinh': case 'atanh': return a.n === 0n ? ZERO : null;
    case 'cos': case 'cosh': case 'sec': return a.n === 0n ? ONE : null;
    default: return null;
  }
}

const QUARTER_SINES = [0n, 1n, 0n, -1n];

/**
 * Sine and its kin at a whole number of quarter turns, where rounding would leave a tiny number in place of 0; null for other
 * functions. Throws Undefined at a pole.
 */
export function atQuarterTurns(name: FunctionName, quarters: bigint): Rational | null {
  const at = (turns: bigint): bigint => QUARTER_SINES[Number(((turns % 4n) + 4n) % 4n)] ?? 0n;
  const [sine, cosine] = [at(quarters), at(quarters + 1n)];
  const quotient = (a: bigint, b: bigint): Rational => {
    if (b === 0n) throw new Undefined(`${name} at a pole`);
    return integer(a * b);
  };
  switch (name) {
    case 'sin': return integer(sine);
    case 'cos': return integer(cosine);
    case 'tan': return quotient(sine, cosine);
    case 'cot': return quotient(cosine, sine);
    case 'sec': return quotient(1n, cosine);
    case 'csc': return quotient(1n, sine);
    default: return null;
  }
}

function wholeFold(name: 'gcd' | 'lcm', values: readonly Rational[]): Rational | null {
  if (!values.every((value) => value.d === 1n && bigBits(value.n) < 2_000)) return null;
  const gcd2 = (a: bigint, b: bigint): bigint => {
    while (b !== 0n) [a, b] = [b, a % b];
    return a < 0n ? -a : a;
  };
  return values.reduce((a, b) => {
    const g = gcd2(a.n, b.n);
    return integer(name === 'gcd' ? g : g === 0n ? 0n : (a.n / g) * b.n);
  });
}

/** Value of digits in a base: whole part and fraction. Throws NotAlgebraic for a digit that the base lacks. */
export function basedValue(digits: string, base: number): Rational {
  if (base < 2 || base > 36) throw new NotAlgebraic('base');
  const point = digits.indexOf('.');
  const all = digits.replace('.', '').replace('-', '');
  let value = 0n;
  for (const digit of all) {
    const weight = Number.parseInt(digit, 36);
    if (Number.isNaN(weight) || weight >= base) throw new NotAlgebraic('digit');
    value = value * BigInt(base) + BigInt(weight);
  }
  const scaled = point === -1 ? integer(value) : rational(value, BigInt(base) ** BigInt(all.length - point));
  return digits.startsWith('-') ? multiply(scaled, integer(-1)) : scaled;
}
