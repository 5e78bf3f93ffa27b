import { bigReals, type BigFloat } from '../arithmetic/bigFloat.ts';
import type { Rational } from '../arithmetic/rational.ts';
import { doubles } from '../arithmetic/realField.ts';
import { NotAlgebraic } from '../canonical/exactFunctions.ts';
import { Evaluator } from '../canonical/evaluate.ts';
import { constantValue, Undefined, type Form } from '../canonical/form.ts';
import { ONE_POLYNOMIAL } from '../canonical/polynomial.ts';
import { TooLarge, UNIT } from '../canonical/term.ts';
import { contains, symbols, type Node } from '../parse/ast.ts';
import { decide, type Context } from './context.ts';
import { agree, evaluate, NOWHERE } from './numbers.ts';
import { sameFunction } from './sampling.ts';

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

/** The total degree of an equation between polynomials; null for any other. */
export function degreeOf({ items }: Node & { t: 'rel' }, context: Context): number | null {
  const [left, right] = items;
  const form = items.length !== 2 || left === undefined || right === undefined ? null : formOf({ t: 'add', items: [left, { t: 'neg', a: right }] }, context);
  if (form === null || form.den !== ONE_POLYNOMIAL) return null;
  return Math.max(0, ...[...form.num.values()].map(({ powers }) => powers.reduce((sum, power, index) => (index % 2 === 0 ? sum : sum + power / UNIT), 0)));
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
    throw error;
  }
}
