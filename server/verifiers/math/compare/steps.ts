import { doubles } from '../arithmetic/realField.ts';
import { bigReals } from '../arithmetic/bigFloat.ts';
import { rational, type Rational } from '../arithmetic/rational.ts';
import { Evaluator, OutOfFuel } from '../canonical/evaluate.ts';
import { replaceSymbol } from '../canonical/substitute.ts';
import { children, contains, symbols, type Node } from '../parse/ast.ts';
import type { Context } from './context.ts';
import { agree, evaluate, type Point } from './numbers.ts';

/** Points tried of one period of a step function at most. */
const PERIOD = 500;
/** Beyond it values are compared precisely. */
const LARGE = 100_000n;
/** Of bisection; a jump of a real argument is then known to 2^-14. */
const HALVINGS = 20;

/** The arguments whose whole values are the jumps of a node: of floors, ceilings and remainders. */
export function stepsOf(node: Node, found: Node[] = []): Node[] {
  const [x, m] = node.t === 'fn' ? node.args : [];
  if (node.t === 'fn' && (node.name === 'floor' || node.name === 'ceil') && x !== undefined && symbols(x).size > 0) found.push(x);
  if (node.t === 'fn' && node.name === 'mod' && x !== undefined && m !== undefined && symbols(node).size > 0) found.push({ t: 'div', a: x, b: m });
  if (node.t === 'fn' && (node.name === 'gcd' || node.name === 'lcm') && symbols(node).size > 0) found.push(...node.args.filter((arg) => symbols(arg).size > 0));
  for (const part of children(node)) {
    const inner = stepsOf(part, []);
    // Within a sum the last term is where a step shows first.
    const last = node.t === 'big' && part === node.body ? node.to : null;
    found.push(...(node.t === 'big' && last !== null ? inner.map((step) => replaceSymbol(step, node.variable, last)) : inner));
  }
  return found;
}

/**
 * Whether two step functions agree where they could differ: for each symbol, the others held, at points just before, at and
 * behind jumps of every step from several starts, and for whole numbers at consecutive ones. If all steps are of polynomials
 * with rational coefficients, both sides are quasi-polynomials, and agreement over degree + 1 periods is a proof of equality.
 * Throws OutOfFuel where that takes more than `PERIOD` points: steps of a long period may differ where nobody looks. For
 * other steps (of roots, with irrational slopes, in several symbols, of real arguments) the jumps are the evidence.
 */
export function sameSteps(a: Node, b: Node, steps: readonly Node[], names: readonly string[], wholes: ReadonlySet<string>, at: (attempt: number) => Point, context: Context): boolean {
  const quick = new Evaluator(doubles, true, context.fuel);
  const precise = new Evaluator(bigReals, true, context.fuel);
  const rounds = names.length === 1 ? 1 : 2;
  let usable = 0;
  for (let round = 0; round < rounds; round++) {
    const base = at(round);
    for (const name of names) {
      for (const value of candidates(a, b, steps, name, wholes.has(name), base, quick)) {
        const point = new Map(base).set(name, value);
        // Beside a large value doubles do not show a difference of one.
        const same = value.n > LARGE * value.d ? null : agree(quick, a, b, point);
        const decided = same === true ? same : agree(precise, a, b, point);
        if (decided === false || (same === false && decided === null)) return false;
        if (decided !== null) usable++;
      }
    }
  }
  return usable >= 12;
}

function candidates(a: Node, b: Node, steps: readonly Node[], name: string, isWhole: boolean, base: Point, quick: Evaluator<number>): Rational[] {
  // A sum of many terms costs as many steps.
  const starts = [a, b].some((side) => contains(side, (part) => part.t === 'big')) ? [1, 17] : [1, 2, 17, 230, 4_001, 70_003, 600_000_007];
  const jumps = steps.filter((step) => symbols(step).has(name)).flatMap((step) => {
    const level = (x: number): number | null => {
      const value = evaluate(quick, step, new Map(base).set(name, dyadic(x)));
      return value === null || value.im !== null ? null : Math.floor(value.re + 2 ** -30);
    };
    return isWhole ? starts.flatMap((start) => wholeJumps(level, start)) : [-2.625, -0.375, 0.3125, 1.4375, 7.1875, 40.5625].flatMap((start) => realJump(level, start));
  });
  return isWhole ? [...consecutive(a, b, name), ...jumps] : jumps;
}

function consecutive(a: Node, b: Node, name: string): Rational[] {
  const [p, q] = [quasiPolynomial(a, name), quasiPolynomial(b, name)];
  const needed = p === null || q === null ? Infinity : leastCommonMultiple(p.period, q.period) * (Math.max(p.degree, q.degree) + 1);
  if (Number.isFinite(needed) && needed > PERIOD) throw new OutOfFuel();
  return Array.from({ length: Number.isFinite(needed) ? Math.max(24, needed) : 24 }, (_, k) => rational(BigInt(k + 1), 1n));
}

/** The whole numbers around the first two jumps behind a start. */
function wholeJumps(level: (x: number) => number | null, start: number): Rational[] {
  const first = wholeJump(level, start);
  const behind = first[1];
  return (behind === undefined ? first : [...first, ...wholeJump(level, Number(behind.n))]);
}

function wholeJump(level: (x: number) => number | null, start: number): Rational[] {
  const from = level(start);
  let [low, high] = [start, start + 1];
  for (let reach = 1; level(high) === from; reach *= 2) {
    if (reach > 2 ** 20) return [];
    low = high;
    high = start + 2 * reach;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (level(middle) === from) low = middle;
    else high = middle;
  }
  return [low, high, high + 1].map((x) => rational(BigInt(x), 1n));
}

/** Points just before, at and behind the first jump after a start; at it where it is a simple fraction. */
function realJump(level: (x: number) => number | null, start: number): Rational[] {
  const from = level(start);
  if (from === null) return [];
  let [low, high] = [start, start + 2 ** -4];
  for (let reach = 2 ** -4; level(high) === from; reach *= 2) {
    if (reach > 64) return [];
    low = high;
    high = start + 2 * reach;
  }
  for (let k = 0; k < HALVINGS && high - low > 2 ** -14; k++) {
    const middle = (low + high) / 2;
    if (level(middle) === from) low = middle;
    else high = middle;
  }
  return [dyadic(low), simplestBetween(low, high), dyadic(high)];
}

/** A double with few bits behind the point, exactly. */
function dyadic(x: number): Rational {
  return rational(BigInt(Math.round(x * 2 ** 24)), 1n << 24n);
}

/** The fraction of smallest denominator in [low, high] (Stern and Brocot). */
function simplestBetween(low: number, high: number): Rational {
  const floor = Math.floor(low);
  if (floor === low || floor + 1 <= high) return rational(BigInt(floor === low ? floor : floor + 1), 1n);
  const inner = simplestBetween(1 / (high - floor), 1 / (low - floor));
  return rational(BigInt(floor) * inner.n + inner.d, inner.n);
}

interface Quasi {
  readonly period: number;
  readonly degree: number;
}

const CONSTANT: Quasi = { period: 1, degree: 0 };

/**
 * Period and degree of a node as a quasi-polynomial in a whole number: a polynomial whose coefficients repeat. Null for any
 * other function. The floor of one with denominator d repeats after d of its periods.
 */
function quasiPolynomial(node: Node, name: string): Quasi | null {
  if (!symbols(node).has(name)) return CONSTANT;
  const parts = children(node).map((part) => quasiPolynomial(part, name));
  if (!parts.every((part) => part !== null)) return null;
  const period = parts.reduce((product, part) => leastCommonMultiple(product, part.period), 1);
  const [first = CONSTANT, second = CONSTANT] = parts;
  switch (node.t) {
    case 'sym': return { period: 1, degree: 1 };
    case 'neg': case 'add': return { period, degree: Math.max(...parts.map((part) => part.degree)) };
    case 'mul': return { period, degree: parts.reduce((sum, part) => sum + part.degree, 0) };
    case 'div': return symbols(node.b).has(name) ? null : first;
    case 'pow': {
      if (!symbols(node.b).has(name)) return node.b.t === 'num' && node.b.value.d === 1n && node.b.value.n >= 0n ? { period, degree: first.degree * Number(node.b.value.n) } : null;
      const minusOne = node.a.t === 'neg' && node.a.a.t === 'num' && node.a.a.value.n === 1n && node.a.a.value.d === 1n;
      return minusOne ? { period: 2 * denominator(node.b, name) * second.period, degree: 0 } : null;
    }
    case 'fn': return stepPeriod(node, name, first, second);
    default: return null;
  }
}

function stepPeriod(node: Node & { t: 'fn' }, name: string, first: Quasi, second: Quasi): Quasi | null {
  const [x, m] = node.args;
  if (x === undefined) return null;
  if (node.name === 'floor' || node.name === 'ceil') return { period: denominator(x, name) * first.period, degree: first.degree };
  const modulus = m?.t === 'num' && m.value.d === 1n && m.value.n > 0n && m.value.n < 10_000n ? Number(m.value.n) : null;
  if ((node.name === 'mod' || node.name === 'gcd') && modulus !== null && second === CONSTANT) return { period: modulus * denominator(x, name) * first.period, degree: 0 };
  return null;
}

/** A common denominator of the coefficients outside further steps; Infinity where one is no rational number. */
function denominator(node: Node, name: string): number {
  switch (node.t) {
    case 'num': return Number(node.value.d);
    case 'sym': return node.name === name ? 1 : Infinity;
    case 'fn': return node.name === 'floor' || node.name === 'ceil' || node.name === 'mod' || node.name === 'gcd' ? 1 : Infinity;
    case 'add': case 'neg': return children(node).reduce((product, part) => leastCommonMultiple(product, denominator(part, name)), 1);
    case 'mul': return node.items.reduce((product, part) => product * denominator(part, name), 1);
    case 'div': return node.b.t === 'num' && node.b.value.d === 1n ? denominator(node.a, name) * Math.abs(Number(node.b.value.n)) : Infinity;
    case 'pow': return node.b.t === 'num' && node.b.value.d === 1n && node.b.value.n >= 0n ? denominator(node.a, name) ** Number(node.b.value.n) : Infinity;
    default: return Infinity;
  }
}

function leastCommonMultiple(a: number, b: number): number {
  if (!(a * b < 1e9)) return Infinity;
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y));
  return (a / gcd(a, b)) * b;
}
