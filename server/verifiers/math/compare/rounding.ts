import { bigReals, type BigFloat } from '../arithmetic/bigFloat.ts';
import { absolute, compare, divide, integer, multiply, negate, rational, subtract, type Rational } from '../arithmetic/rational.ts';
import { contains, type Node } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';
import { rationalValue, realValue } from './values.ts';

/** A decimal as written: its value, and the weight of its last digit. */
export interface Written {
  readonly value: Rational;
  readonly unit: Rational;
  /** Significant digits. */
  readonly digits: number;
}

/** A decimal literal, perhaps signed, times a power of ten, as a percentage or with a unit; null for anything else. */
export function writtenDecimal(node: Node): Written | null {
  switch (node.t) {
    case 'num': {
      if (node.decimals === null) return null;
      const unit = rational(1n, 10n ** BigInt(node.decimals));
      const digits = String(absolute(divide(node.value, unit)).n).length;
      return { value: node.value, unit, digits };
    }
    case 'neg': {
      const inner = writtenDecimal(node.a);
      return inner === null ? null : { ...inner, value: negate(inner.value) };
    }
    case 'percent': return scaled(writtenDecimal(node.a), rational(1n, 100n));
    case 'unit': return writtenDecimal(node.a);
    case 'mul': {
      const [first, second] = node.items;
      if (node.items.length !== 2 || first === undefined || second === undefined) return null;
      const factor = powerOfTen(second);
      return factor === null ? null : scaled(writtenDecimal(first), factor);
    }
    default: return null;
  }
}

function scaled(written: Written | null, by: Rational): Written | null {
  return written === null ? null : { value: multiply(written.value, by), unit: multiply(written.unit, by), digits: written.digits };
}

function powerOfTen(node: Node): Rational | null {
  if (node.t !== 'pow' || node.a.t !== 'num' || node.a.value.n !== 10n || node.a.value.d !== 1n) return null;
  const negative = node.b.t === 'neg';
  const exponent = node.b.t === 'neg' ? node.b.a : node.b;
  if (exponent.t !== 'num' || exponent.value.d !== 1n || exponent.value.n > 4_000n || exponent.value.n < -4_000n) return null;
  const k = Number(exponent.value.n) * (negative ? -1 : 1);
  return k >= 0 ? integer(10n ** BigInt(k)) : rational(1n, 10n ** BigInt(-k));
}

/** Significant digits that a number of floating-point arithmetic has at least. */
const NOISE_DIGITS = 10;

/**
 * The rounding policy for two numbers that are not equal. A gold decimal accepts a longer or exact value that rounds to
 * it (half up or half to even; never a coarser one). An exact gold accepts only float noise: a decimal of at least 10
 * significant digits within 10^-9 of it.
 */
export function equalByRounding(gold: Node, answer: Node, context: Context): boolean {
  const { tolerance } = context.options;
  if (tolerance !== null && withinTolerance(gold, answer, tolerance, context)) {
    warn(context, 'option.tolerance', `The numbers differ by at most ${tolerance} of the gold.`);
    return decide(context, 'tolerance', true);
  }
  const goldDecimal = writtenDecimal(gold);
  const answerDecimal = writtenDecimal(answer);
  if (goldDecimal !== null) {
    if (goldDecimal.value.n === 0n) return false;
    if (answerDecimal !== null && compare(answerDecimal.unit, goldDecimal.unit) > 0) return false;
    if (!roundsTo(answer, goldDecimal, context)) return false;
    warn(context, 'rounding', 'The gold answer is a decimal; the answer rounds to it.');
    return decide(context, 'rounding', true);
  }
  const noisy = answerDecimal === null ? isNoisyArithmetic(answer) && isNear(gold, answer, context) : answerDecimal.digits >= NOISE_DIGITS && withinNoise(gold, answerDecimal.value, context);
  if (!noisy) return false;
  warn(context, 'float-noise', 'The answer is the gold value with the noise of floating-point arithmetic.');
  return decide(context, 'float-noise', true);
}

/** A number as written: a decimal, or an integer whose last digits that are not 0 count as its precision. Null for anything else. */
export function literal(node: Node): Written | null {
  if (node.t !== 'num' || node.decimals !== null) return node.t === 'neg' || node.t === 'percent' || node.t === 'unit' ? inner(node, literal(node.a)) : writtenDecimal(node);
  if (node.value.d !== 1n) return null;
  const digits = String(absolute(node.value).n);
  const zeros = node.value.n === 0n ? 0 : digits.length - digits.replace(/0+$/, '').length;
  return { value: node.value, unit: integer(10n ** BigInt(zeros)), digits: digits.length };
}

function inner(node: Node, written: Written | null): Written | null {
  if (written === null) return null;
  return node.t === 'neg' ? { ...written, value: negate(written.value) } : node.t === 'percent' ? scaled(written, rational(1n, 100n)) : written;
}

/** Whether a decimal is a value rounded or cut at its last digit. */
export function isRoundedOrCut(node: Node, written: Written, context: Context): boolean {
  if (roundsTo(node, written, context)) return true;
  const value = realValue(node, context);
  if (value === null) return false;
  const rest = bigReals.add(value, bigReals.fromRational(negate(written.value)));
  const outward = bigReals.sign(value) < 0 ? bigReals.negate(rest) : rest;
  return bigReals.sign(outward) >= 0 && bigReals.sign(bigReals.add(outward, bigReals.fromRational(negate(written.unit)))) < 0;
}

/** Whether a value rounds to a decimal, half up or half to even. */
export function roundsTo(answer: Node, gold: Written, context: Context): boolean {
  const half = divide(gold.unit, integer(2));
  const exact = rationalValue(answer, context);
  if (exact !== null) {
    const distance = compare(absolute(subtract(exact, gold.value)), half);
    if (distance !== 0) return distance < 0;
    // A tie: away from zero lands on the gold from below, and half to even lands on it when its last digit is even.
    const below = compare(absolute(exact), absolute(gold.value)) < 0;
    return below || divide(gold.value, gold.unit).n % 2n === 0n;
  }
  const value = realValue(answer, context);
  if (value === null) return false;
  const gap = bigReals.add(value, bigReals.fromRational(negate(gold.value)));
  const distance = bigReals.sign(gap) < 0 ? bigReals.negate(gap) : gap;
  return bigReals.sign(bigReals.add(distance, bigReals.fromRational(negate(half)))) <= 0;
}

function withinNoise(gold: Node, answer: Rational, context: Context): boolean {
  const tolerance = rational(1n, 1_000_000_000n);
  const exact = rationalValue(gold, context);
  if (exact !== null) {
    if (exact.n === 0n) return compare(absolute(answer), tolerance) < 0;
    return compare(absolute(subtract(answer, exact)), multiply(absolute(exact), tolerance)) <= 0;
  }
  const value = realValue(gold, context);
  return value !== null && isClose(value, bigReals.fromRational(answer));
}

/** Arithmetic with numbers that a program has worked out, `628.318530717959/pi`: every decimal in it is as long as one alone must be. */
function isNoisyArithmetic(node: Node): boolean {
  let found = false;
  const coarse = contains(node, (part) => {
    const written = part.t === 'num' ? writtenDecimal(part) : null;
    found ||= written !== null;
    return written !== null && written.digits < NOISE_DIGITS;
  });
  return found && !coarse;
}

function isNear(gold: Node, answer: Node, context: Context): boolean {
  const [g, a] = [realValue(gold, context), realValue(answer, context)];
  return g !== null && a !== null && isClose(g, a);
}

/** Within 2^-30 of the value, about 10^-9. */
function isClose(value: BigFloat, other: BigFloat): boolean {
  return bigReals.magnitude(bigReals.add(other, bigReals.negate(value))) <= bigReals.magnitude(value) - 30;
}

function withinTolerance(gold: Node, answer: Node, tolerance: number, context: Context): boolean {
  const [g, a] = [realValue(gold, context), realValue(answer, context)];
  if (g === null || a === null) return false;
  const [x, y] = [bigReals.toDouble(g), bigReals.toDouble(a)];
  return Math.abs(x - y) <= tolerance * Math.abs(x);
}
