import { bigReals, type BigFloat } from '../arithmetic/bigFloat.ts';
import type { Complex } from '../arithmetic/complex.ts';
import { rational, type Rational } from '../arithmetic/rational.ts';
import { doubles } from '../arithmetic/realField.ts';
import { Evaluator } from '../canonical/evaluate.ts';
import { children, contains, symbols, type Node } from '../parse/ast.ts';
import { decide, type Context } from './context.ts';
import { agree, close, evaluate, type Point } from './numbers.ts';
import { sameSteps, stepsOf } from './steps.ts';

/** Small deterministic generator (xorshift32): the same pair always meets the same points. */
export class Random {
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
const whole = (low: number, span: number): Sampler => (random) => rational(BigInt(low + random.next(span)), 1n);
const MIXED: readonly Sampler[] = [...REALS, whole(1, 12)];
const WHOLES: readonly Sampler[] = [whole(1, 6), whole(1, 12), whole(1, 12), whole(5, 16)];

/** How many points must agree; more where only whole numbers can be tried, for these are few. */
const WANTED = { real: 6, whole: 16 };
const TRIES = 36;

/** Points for the given symbols; those of `wholes` get whole numbers, a single one the first whole numbers in turn. */
export function pointsFor(names: readonly string[], wholes: ReadonlySet<string>, random: Random): (attempt: number) => Point {
  return (attempt) => {
    const reals = attempt < TRIES / 2 ? REALS : MIXED;
    return new Map(names.map((name, index): [string, Rational] => {
      if (!wholes.has(name)) return [name, (reals[attempt % reals.length] ?? POSITIVE)(random, index)];
      if (names.length === 1 && attempt % 4 !== 3) return [name, rational(BigInt(1 + attempt - Math.floor(attempt / 4)), 1n)];
      return [name, (WHOLES[attempt % WHOLES.length] ?? POSITIVE)(random, index)];
    }));
  };
}

/** Functions of whole numbers; their symbols are tried at such alone. */
const OF_WHOLES: ReadonlySet<string> = new Set(['factorial', 'doubleFactorial', 'binomial', 'mod', 'gcd', 'lcm']);
/** Letters that stand for whole numbers beside a floor or ceiling. */
export const COUNTING = /^[nmkijlNMK](?:_.*)?$/;

/** Symbols that make sense as whole numbers only. */
export function wholeSymbols(node: Node, found = new Set<string>()): Set<string> {
  const all = (part: Node): void => symbols(part).forEach((name) => found.add(name));
  if (node.t === 'fn' && OF_WHOLES.has(node.name)) all(node);
  if (node.t === 'fn' && (node.name === 'floor' || node.name === 'ceil')) symbols(node).forEach((name) => COUNTING.test(name) && found.add(name));
  if (node.t === 'big') [node.from, node.to].forEach((bound) => bound !== null && all(bound));
  if (node.t === 'pow' && node.a.t !== 'sym' && isNegative(node.a)) all(node.b);
  for (const part of children(node)) wholeSymbols(part, found);
  if (node.t === 'big') found.delete(node.variable);
  return found;
}

function isNegative(node: Node): boolean {
  return node.t === 'neg' || (node.t === 'num' && node.value.n < 0n) || (node.t === 'mul' && node.items[0] !== undefined && isNegative(node.items[0]));
}

export function isImaginary(node: Node): boolean {
  return node.t === 'const' && node.name === 'i';
}

/** Whether two expressions agree at random points of their common domain, and at every kind of jump of their floors and ceilings. */
export function sameFunction(a: Node, b: Node, names: readonly string[], context: Context): boolean {
  const complex = contains(a, isImaginary) || contains(b, isImaginary);
  const wholes = wholeSymbols(b, wholeSymbols(a));
  const quick = new Evaluator(doubles, !complex, context.fuel);
  const precise = new Evaluator(bigReals, !complex, context.fuel);
  const at = pointsFor(names, wholes, new Random(0x2545f491));
  const wanted = wholes.size > 0 ? WANTED.whole : WANTED.real;
  const confirm: Point[] = [];
  let usable = 0;
  for (let attempt = 0; attempt < TRIES && usable < wanted; attempt++) {
    const point = at(attempt);
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
  const steps = [...stepsOf(a), ...stepsOf(b)];
  if (steps.length > 0) return decide(context, 'sampled.steps', sameSteps(a, b, steps, names, wholes, at, context));
  return decide(context, 'sampled', true);
}

/**
 * Whether the ratio of two expressions is one constant other than zero at random points: then their zero sets agree.
 */
export function proportional(a: Node, b: Node, context: Context): boolean {
  const names = [...symbols(b, symbols(a))];
  const complex = contains(a, isImaginary) || contains(b, isImaginary);
  const precise = new Evaluator(bigReals, !complex, context.fuel);
  const at = pointsFor(names, wholeSymbols(b, wholeSymbols(a)), new Random(0x1234567));
  let ratio: Complex<BigFloat> | null = null;
  let usable = 0;
  for (let attempt = 0; attempt < 16 && usable < 4; attempt++) {
    const point = at(attempt);
    const [x, y] = [evaluate(precise, a, point), evaluate(precise, b, point)];
    if (x === null || y === null || precise.field.isZero(y) || precise.field.isZero(x)) continue;
    const here = precise.field.divide(x, y);
    if (ratio !== null && !close(bigReals, ratio, here, -Infinity)) return false;
    ratio = here;
    usable++;
  }
  return usable >= 3;
}
