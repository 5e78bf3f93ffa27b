import { bigReals, type BigFloat } from '../arithmetic/bigFloat.ts';
import { OutsideDomain, type Complex } from '../arithmetic/complex.ts';
import { rational, type Rational } from '../arithmetic/rational.ts';
import { doubles, type RealField } from '../arithmetic/realField.ts';
import { NotAlgebraic } from '../canonical/exactFunctions.ts';
import { Evaluator, OutOfFuel } from '../canonical/evaluate.ts';
import { constantValue, Undefined, type Form } from '../canonical/form.ts';
import { TooLarge } from '../canonical/term.ts';
import { contains, symbols, type Node } from '../parse/ast.ts';
import { decide, type Context } from './context.ts';

const NOWHERE: ReadonlyMap<string, Rational> = new Map();

/** The exact form of a node, or null where there is none within the limits. Throws Undefined for a value that does not exist. */
export function formOf(node: Node, context: Context): Form | null {
  try {
    return context.builder.build(node);
  } catch (error) {
    if (error instanceof TooLarge || error instanceof NotAlgebraic) return null;
    throw error;
  }
}

/** The node's rational value, or null. */
export function rationalValue(node: Node, context: Context): Rational | null {
  const form = formOf(node, context);
  return form === null ? null : constantValue(form);
}

/** A high-precision real value of a node without symbols, or null. */
export function realValue(node: Node, context: Context): BigFloat | null {
  const value = evaluate(new Evaluator(bigReals, false, context.fuel), node, NOWHERE);
  return value === null || value.im !== null && bigReals.magnitude(value.im) > bigReals.magnitude(value.re) - 180 ? null : value.re;
}

/** A rough value for ordering; null when there is none. */
export function approximate(node: Node, context: Context): number | null {
  const value = evaluate(new Evaluator(doubles, false, context.fuel), node, NOWHERE);
  return value === null || value.im !== null ? null : value.re;
}

function evaluate<R>(evaluator: Evaluator<R>, node: Node, point: ReadonlyMap<string, Rational>): Complex<R> | null {
  try {
    return evaluator.at(node, point);
  } catch (error) {
    if (error instanceof OutsideDomain || error instanceof RangeError || error instanceof NotAlgebraic) return null;
    throw error;
  }
}

/**
 * Whether two algebraic values are the same number or the same function on their common domain.
 *
 * Exact arithmetic decides where it can prove either answer: numbers, radicals, complex numbers, polynomials and rational
 * functions. Otherwise numbers are compared to 50 digits, and expressions at random points of the common domain: first
 * quickly in doubles to find a difference, then at two points to 50 digits. Two different polynomials of total degree d
 * agree at a random point of our grid with probability at most d / 10^4, so at the six to eight points used with less than 10^-12
 * for every degree that an answer has (Schwartz 1980, Zippel 1979); other expressions have no such bound, only the digits.
 */
export function sameValue(a: Node, b: Node, context: Context): boolean {
  const formA = formOf(a, context);
  const formB = formA === null ? null : formOf(b, context);
  if (formA !== null && formB !== null) {
    const exact = compareForms(formA, formB, context);
    if (exact !== null) return exact;
  }
  const names = symbols(b, symbols(a));
  if (names.size === 0) return sameNumber(a, b, context);
  return sameFunction(a, b, [...names], context);
}

/** True or false where exact arithmetic proves it, null where it does not know. */
function compareForms(a: Form, b: Form, context: Context): boolean | null {
  const [x, y] = [constantValue(a), constantValue(b)];
  if (x !== null && y !== null) return decide(context, 'rational', x.n === y.n && x.d === y.d);
  const { forms } = context.builder;
  try {
    const difference = forms.difference(a, b);
    if (difference.size === 0) return decide(context, 'algebraic', true);
    if (forms.isExact(difference)) return decide(context, 'algebraic', false);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
  }
  return null;
}

function sameNumber(a: Node, b: Node, context: Context): boolean {
  const same = agree(new Evaluator(bigReals, false, context.fuel), a, b, NOWHERE);
  return same === null ? decide(context, 'numeric.undefined', false) : decide(context, 'numeric', same);
}

/**
 * Whether two nodes have the same value at a point; null where one has none. Values whose digits were cut on the way
 * (a long integer under a root, 9^(9^9) + 1) are never called the same.
 */
function agree<R>(evaluator: Evaluator<R>, a: Node, b: Node, point: ReadonlyMap<string, Rational>): boolean | null {
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

/** Small deterministic generator (xorshift32): the same pair always meets the same points. */
class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 1;
  }
  next(below: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % below;
  }
}

type Sampler = (random: Random, index: number) => Rational;
const fraction = (low: number, span: number): Sampler => (random) => rational(BigInt(low * 10_007 + 1 + random.next(span * 10_007)), 10_007n);
const POSITIVE = fraction(1, 2);
const NEGATIVE = fraction(-3, 3);
/** Kinds of points, tried in turn: from 1 to 3, of mixed signs, from 0 to 1, negative, larger. */
const REALS: readonly Sampler[] = [POSITIVE, (random, index) => (index % 2 === 0 ? NEGATIVE : POSITIVE)(random, index), fraction(0, 1), NEGATIVE, fraction(2, 9)];
const WHOLE: Sampler = (random) => rational(BigInt(1 + random.next(12)), 1n);
const MIXED: readonly Sampler[] = [...REALS, WHOLE];

/** Nodes that make sense for whole numbers only. */
function needsWhole(node: Node): boolean {
  return contains(node, (part) => (part.t === 'fn' && ['factorial', 'doubleFactorial', 'binomial', 'mod', 'gcd', 'lcm', 'floor', 'ceil'].includes(part.name) && symbols(part).size > 0)
    || part.t === 'big' || part.t === 'ellipsis' || (part.t === 'pow' && part.a.t !== 'sym' && isNegative(part.a) && symbols(part.b).size > 0));
}

function isNegative(node: Node): boolean {
  return node.t === 'neg' || (node.t === 'num' && node.value.n < 0n) || (node.t === 'mul' && node.items[0] !== undefined && isNegative(node.items[0]));
}

const WANTED = 6;
const TRIES = 36;

function sameFunction(a: Node, b: Node, names: readonly string[], context: Context): boolean {
  const complex = contains(a, isImaginary) || contains(b, isImaginary);
  const whole = needsWhole(a) || needsWhole(b);
  const quick = new Evaluator(doubles, !complex, context.fuel);
  const precise = new Evaluator(bigReals, !complex, context.fuel);
  const random = new Random(0x2545f491);
  const confirm: ReadonlyMap<string, Rational>[] = [];
  let usable = 0;
  for (let attempt = 0; attempt < TRIES && usable < WANTED; attempt++) {
    const samplers = whole ? [WHOLE] : attempt < TRIES / 2 ? REALS : MIXED;
    const sampler = samplers[attempt % samplers.length] ?? WHOLE;
    const point = new Map(names.map((name, index): [string, Rational] => [name, sampler(random, index)]));
    const same = agree(quick, a, b, point);
    if (same === null) continue;
    usable++;
    // Doubles may have lost their digits to cancellation: only the precise value proves a difference.
    if (!same && agree(precise, a, b, point) !== true) return decide(context, 'sampled', false);
    if (same) confirm.push(point);
  }
  if (usable < 3) return decide(context, 'sampled.no-common-domain', false);
  for (const point of confirm.slice(-2)) {
    if (agree(precise, a, b, point) !== true) return decide(context, 'sampled', false);
  }
  return decide(context, 'sampled', true);
}

function isImaginary(node: Node): boolean {
  return node.t === 'const' && node.name === 'i';
}

/** inf - inf, 0 * inf, inf / inf. */
function isIndeterminate(node: Node): boolean {
  const infinite = (part: Node): boolean => (part.t === 'neg' ? infinite(part.a) : part.t === 'const' && part.name === 'inf');
  if (node.t === 'add') return node.items.filter(infinite).length > 1;
  if (node.t === 'mul') return node.items.some(infinite) && node.items.some((item) => item.t === 'num' && item.value.n === 0n);
  return node.t === 'div' && infinite(node.a) && infinite(node.b);
}

/** Whether a value exists at all: not a division by zero or 0^0, wherever exact arithmetic can tell. */
export function isUndefined(node: Node, context: Context): boolean {
  // A ratio divides nothing: 1:0 is one to nothing.
  if (node.t === 'ratio') return false;
  try {
    formOf(node, context);
    return contains(node, isIndeterminate);
  } catch (error) {
    if (error instanceof Undefined) return true;
    if (error instanceof OutOfFuel) throw error;
    throw error;
  }
}

/**
 * Whether the ratio of two expressions is one constant other than zero at random points: then their zero sets agree.
 */
export function proportional(a: Node, b: Node, context: Context): boolean {
  const names = [...symbols(b, symbols(a))];
  const complex = contains(a, isImaginary) || contains(b, isImaginary);
  const precise = new Evaluator(bigReals, !complex, context.fuel);
  const random = new Random(0x1234567);
  let ratio: Complex<BigFloat> | null = null;
  let usable = 0;
  for (let attempt = 0; attempt < 16 && usable < 4; attempt++) {
    const sampler = REALS[attempt % REALS.length] ?? WHOLE;
    const point = new Map(names.map((name): [string, Rational] => [name, sampler(random, names.indexOf(name))]));
    const [x, y] = [evaluate(precise, a, point), evaluate(precise, b, point)];
    if (x === null || y === null || precise.field.isZero(y) || precise.field.isZero(x)) continue;
    const here = precise.field.divide(x, y);
    if (ratio !== null && !close(bigReals, ratio, here, -Infinity)) return false;
    ratio = here;
    usable++;
  }
  return usable >= 3;
}

