import { renameSymbol, replaceSymbol } from '../canonical/substitute.ts';
import { primitive, samePolynomial } from '../canonical/form.ts';
import { scale, withoutDenominators } from '../canonical/polynomial.ts';
import { integer } from '../arithmetic/rational.ts';
import { num, symbols, type Node, type RelationOp } from '../parse/ast.ts';
import { charge, decide, warn, type Context } from './context.ts';
import { isAssignment, isLabel, statedValue } from './labels.ts';
import { sameMultiset } from './matching.ts';
import { rowsOf } from './matrices.ts';
import { proportional } from './sampling.ts';
import { formOf, sameValue } from './values.ts';

type Relation = Node & { t: 'rel' };

/** Left minus right of an equation with two members. */
function difference(node: Relation): Node | null {
  const [a, b] = node.items;
  if (node.items.length !== 2 || a === undefined || b === undefined) return null;
  return { t: 'add', items: [a, { t: 'neg', a: b }] };
}

/** Equations: chains with the same members in any order, the same value for the same name, else the same zero set up to a constant factor. */
export function sameEquation(gold: Relation, answer: Relation, context: Context): boolean {
  const chains = gold.items.length > 2 && [...gold.ops, ...answer.ops].every((op) => op === '=');
  if (chains && sameMultiset(gold.items, answer.items, context)) return decide(context, 'relation.chain', true);
  const [name, other] = [gold.items[0], answer.items[0]];
  if (!namesAll(gold, answer, context)) return decide(context, 'definition.name', false);
  if (name !== undefined && other !== undefined && isAssignment(gold) && isAssignment(answer)) {
    const renamed = sameDefinition(name, gold, other, answer, context);
    if (renamed !== null) return renamed;
  }
  // Matrices have no zeros to compare: the sides are the same, in any order.
  if ([...gold.items, ...answer.items].some((item) => rowsOf(item) !== null)) return sameRelation(gold, answer, context);
  const d1 = difference(gold);
  const d2 = difference(answer);
  if (d1 === null || d2 === null) {
    const sameLength = gold.items.length === answer.items.length && gold.ops.every((op, index) => op === answer.ops[index]);
    return decide(context, 'relation.chain', sameLength && gold.items.every((item, index) => equalMember(item, answer.items[index], context)));
  }
  // Without an unknown there are no zeros to compare, only the members.
  if (symbols(d1).size === 0 && symbols(d2).size === 0) return sameRelation(gold, answer, context);
  return decide(context, 'equation', sameZeros(d1, d2, context));
}

/** Whether the answer gives its value to every name that the gold gives it to: `x = y = 3` is more than `x = 3`. */
function namesAll(gold: Relation, answer: Relation, context: Context): boolean {
  const [wanted, given] = [gold.items.slice(0, -1), answer.items.slice(0, -1)];
  if (wanted.length < 2 || !wanted.every(isLabel) || !given.every(isLabel)) return true;
  charge(context, wanted.length * given.length);
  return wanted.every((label) => given.some((other) => context.equal(label, other)));
}

function equalMember(a: Node, b: Node | undefined, context: Context): boolean {
  return b !== undefined && context.equal(a, b);
}

/** Two definitions. Null when the names give no decision and the equations have to be compared as such. */
function sameDefinition(left: Node, gold: Relation, right: Node, answer: Relation, context: Context): boolean | null {
  const [value, given] = [gold.items.at(-1), answer.items.at(-1)];
  if (value === undefined || given === undefined) return null;
  if (gold.ops.includes('approx') || answer.ops.includes('approx')) return sameRounded(left, gold, right, answer, context);
  const [name, other] = [indexed(left, value), indexed(right, given)];
  if (name.t === 'app' && other.t === 'app') {
    if (name.name !== other.name || name.args.length !== other.args.length) return decide(context, 'definition.name', false);
    const bodies = withPlainArguments(name.args, value, other.args, given, context);
    return decide(context, 'definition', bodies !== null && context.equal(...bodies));
  }
  // f(x) = ... against y = ..., f'(x) = ... against y' = ...
  if ((name.t === 'app') !== (other.t === 'app')) {
    const [plain, applied] = name.t === 'app' ? [other, name] : [name, other];
    const primes = applied.t === 'app' ? /'*$/.exec(applied.name)?.[0] ?? '' : '';
    return plain.t === 'sym' && (plain.name === `y${primes}` || plain.name === `Y${primes}`) ? decide(context, 'definition', context.equal(value, given)) : null;
  }
  if (name.t === 'text' && other.t === 'text') return decide(context, 'definition', context.equal(name, other) && context.equal(value, given));
  return context.equal(name, other) ? decide(context, 'definition', context.equal(value, given)) : null;
}

/** `x = \sqrt2 \approx 1.41`: what the answer states of the same name, its exact value where it has one, by what the gold states. */
function sameRounded(name: Node, gold: Relation, other: Node, answer: Relation, context: Context): boolean | null {
  const stated = statedValue(answer);
  if (stated === null || !context.equal(name, other)) return null;
  return decide(context, 'definition', context.equal(gold, stated.value));
}

/** A term of a sequence as a function of its index: `a_n`, where the value depends on n. */
function indexed(name: Node, value: Node): Node {
  const [, base = '', index = ''] = name.t === 'sym' ? /^(.+_)([a-z])$/.exec(name.name) ?? [] : [];
  return index !== '' && symbols(value).has(index) ? { t: 'app', name: base, args: [{ t: 'sym', name: index }] } : name;
}

/**
 * Both bodies with the names of their arguments replaced by the same new ones, so that a free symbol of one is never taken
 * for an argument of the other: `f(n) = 2n + 1007` is not `f(m) = 2n + 1007`. Null when arguments that are no names differ.
 */
function withPlainArguments(args: readonly Node[], body: Node, others: readonly Node[], otherBody: Node, context: Context): [Node, Node] | null {
  let [left, right] = [body, otherBody];
  for (const [index, arg] of args.entries()) {
    const other = others[index];
    if (other === undefined) return null;
    if (arg.t === 'sym' && other.t === 'sym') [left, right] = [renameSymbol(left, arg.name, `argument ${index}`), renameSymbol(right, other.name, `argument ${index}`)];
    else if (!context.equal(arg, other)) return null;
  }
  return [left, right];
}

/** Whether two expressions vanish together: proportional by a constant, after denominators are cleared. */
function sameZeros(a: Node, b: Node, context: Context): boolean {
  const [x, y] = [formOf(a, context), formOf(b, context)];
  if (x !== null && y !== null) {
    if (x.num.size === 0 || y.num.size === 0) return x.num.size === y.num.size;
    const [p, q] = [x.num, y.num].map((side) => primitive(withoutDenominators(side, context.builder.forms.generators)).rest);
    if (p === undefined || q === undefined) return false;
    if (samePolynomial(p, q) || samePolynomial(p, scale(q, { n: -1n, d: 1n }))) return true;
    const { forms } = context.builder;
    if (forms.isExact(p) && forms.isExact(q) && p.size !== q.size && !hasRoots(context, p) && !hasRoots(context, q)) return false;
  }
  return proportional(a, b, context);
}

function hasRoots(context: Context, p: ReadonlyMap<string, { readonly powers: readonly number[] }>): boolean {
  for (const t of p.values()) {
    for (let k = 0; k < t.powers.length; k += 2) if (context.builder.forms.generators.get(t.powers[k] ?? 0).kind !== 'variable') return true;
  }
  return false;
}

/**
 * An equation against a bare expression in its solved form: `xy = 6` against `6/x`. The expression must not contain the
 * variable that was solved for, must satisfy the equation identically, and the equation must be linear in that variable.
 */
export function isSolvedForm(equation: Relation, expression: Node, context: Context): boolean {
  const d = difference(equation);
  const used = symbols(expression);
  if (d === null || used.size === 0) return false;
  for (const name of symbols(d)) {
    if (used.has(name)) continue;
    // Every other symbol of the equation may stay; the expression brings no new ones.
    const known = symbols(d);
    if ([...used].some((symbol) => !known.has(symbol))) continue;
    const at = (value: Node): Node => replaceSymbol(d, name, value);
    const [three, five, seven] = [at(num(integer(3))), at(num(integer(5))), at(num(integer(7)))];
    const linear = sameValue({ t: 'add', items: [three, seven] }, { t: 'mul', items: [num(integer(2)), five] }, context) && !sameValue(three, seven, context);
    const [left, right] = equation.items.map((item) => replaceSymbol(item, name, expression));
    if (linear && left !== undefined && right !== undefined && sameValue(left, right, context)) {
      warn(context, 'solved-form', `The answer is the right side of the equation solved for ${name}.`);
      return decide(context, 'equation.solved-form', true);
    }
  }
  return false;
}

/** Relations read from the other end; what is missing has no other end: `A \to B` is not `B \to A`. */
export const FLIPPED: ReadonlyMap<RelationOp, RelationOp> = new Map<RelationOp, RelationOp>([
  ['<', '>'], ['>', '<'], ['<=', '>='], ['>=', '<='], ['ll', 'gg'], ['gg', 'll'], ['subset', 'superset'], ['superset', 'subset'], ['implies', 'implied by'], ['implied by', 'implies'],
  ...(['=', '!=', 'approx', 'congruent', 'similar', 'perpendicular', 'parallel', 'iff'] as const).flatMap((op): [RelationOp, RelationOp][] => [[op, op], [`not ${op}` as RelationOp, `not ${op}` as RelationOp]]),
]);

/** Inequalities and other relations that are no regions: the same members joined by the same relations, from either end. */
export function sameRelation(gold: Relation, answer: Relation, context: Context): boolean {
  const members = (items: readonly Node[], ops: readonly (RelationOp | undefined)[]): boolean =>
    items.length === gold.items.length && ops.every((op, index) => op === gold.ops[index]) && gold.items.every((item, index) => equalMember(item, items[index], context));
  if (members(answer.items, answer.ops)) return decide(context, 'relation', true);
  const ops = [...answer.ops].reverse().map((op) => FLIPPED.get(op));
  return decide(context, 'relation', members([...answer.items].reverse(), ops));
}
