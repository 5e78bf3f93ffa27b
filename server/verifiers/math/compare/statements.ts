import { compare } from '../arithmetic/rational.ts';
import { contains, symbols, type Node, type RelationOp } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';
import { statedValue } from './labels.ts';
import { isSolvedForm } from './relations.ts';
import { isRoundedOrCut, literal, roundsTo, writtenDecimal } from './rounding.ts';
import { approximate, sameValue } from './values.ts';

type Relation = Node & { t: 'rel' };

/** A gold that states a value (`x = 5`, `\sqrt2 \approx 1.41`) or has a solved form, against an answer that is no relation. */
export function statedByGold(gold: Relation, answer: Node, context: Context): boolean {
  const stated = statedValue(gold);
  if (stated === null) return isSolvedForm(gold, answer, context) || decide(context, 'kinds.equation', false);
  const { value, rounded } = stated;
  return noted(context.equal(value, answer) || (rounded !== null && isStatedRounding(value, rounded, answer, context)), context);
}

/**
 * An answer that states a value against a gold that is no relation. An answer that contradicts itself (`3 = 10`,
 * `6 \approx 5`) states nothing; of `exact \approx rounded` the exact part counts.
 */
export function statedByAnswer(gold: Node, answer: Relation, context: Context): boolean {
  const stated = statedValue(answer);
  if (stated === null) return isSolvedForm(answer, gold, context) || decide(context, 'kinds.equation', false);
  if (!isConsistent(answer, context)) return decide(context, 'contradiction', false);
  const { value, rounded } = stated;
  const given = rounded !== null && literal(value) !== null && literal(rounded) === null ? rounded : value;
  return noted(context.equal(gold, given), context);
}

/** Whether an answer in a chain agrees with itself, `k = 3 \cdot 4 = 12`, as far as the gold's own chain does. */
export function statesOneValue(gold: Relation, answer: Relation, context: Context): boolean {
  return answer.items.length < 3 || isConsistent(answer, context) || !isConsistent(gold, context);
}

function noted(equal: boolean, context: Context): boolean {
  if (equal) warn(context, 'equation-value', 'An equation and its value count as equal.');
  return equal;
}

/**
 * Whether a decimal is the rounded value that the gold states beside its exact one, or a longer rounding of the exact one.
 * Another exact value that happens to round to it is another value.
 */
function isStatedRounding(exact: Node, rounded: Node, answer: Node, context: Context): boolean {
  const [stated, given] = [literal(rounded), literal(answer)];
  if (stated === null || given === null || !context.equal(rounded, answer)) return false;
  return compare(given.unit, stated.unit) >= 0 || roundsTo(exact, given, context);
}

/**
 * Whether neighbours that are both numbers agree: the same value, or one the other's rounding. The first member of a longer
 * chain may be in a notation of the problem's own (`5 \star 1 = 45 + 2 = 47`), so it is not weighed.
 */
function isConsistent(node: Relation, context: Context): boolean {
  return node.ops.every((op, index) => {
    const [a, b] = [node.items[index], node.items[index + 1]];
    if (a === undefined || b === undefined || !isNumber(a) || !isNumber(b) || (index === 0 && op === '=' && node.ops.length > 1)) return true;
    if (approximate(a, context) === null || approximate(b, context) === null) return true;
    return isRounding(a, b, op, context) || isRounding(b, a, op, context) || sameValue(a, b, context);
  });
}

function isNumber(node: Node): boolean {
  return symbols(node).size === 0 && !contains(node, (part) => ['app', 'text', 'unit', 'percent', 'degree', 'seq', 'based', 'ratio', 'time'].includes(part.t));
}

function isRounding(rounded: Node, exact: Node, op: RelationOp, context: Context): boolean {
  const written = op === 'approx' ? literal(rounded) : writtenDecimal(rounded);
  return written !== null && isRoundedOrCut(exact, written, context);
}
