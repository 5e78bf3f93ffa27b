import { renameSymbol, replaceSymbol } from '../canonical/substitute.ts';
import { primitive, samePolynomial } from '../canonical/form.ts';
import { scale } from '../canonical/polynomial.ts';
import { integer } from '../arithmetic/rational.ts';
import { num, symbols, type Node } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';
import { formOf, proportional, sameValue } from './values.ts';

type Relation = Node & { t: 'rel' };

export function isEquation(node: Node): node is Relation {
  return node.t === 'rel' && node.ops.every((op) => op === '=' || op === 'approx' || op === 'to');
}

/**
 * Whether a left side only names the value on the right: a symbol, `f(x)`, `\angle ABC`, a tuple of symbols, words, a
 * length `AB`, a function of one symbol such as `\cos A`.
 */
export function isLabel(node: Node): boolean {
  switch (node.t) {
    case 'sym': case 'app': case 'text': return true;
    case 'const': return node.name === 'e' || node.name === 'i';
    case 'seq': return node.items.length > 0 && node.items.every(isLabel);
    case 'unit': return isLabel(node.a);
    case 'degree': return isLabel(node.a);
    case 'mul': return isCall(node.items) || isChange(node.items) || node.items.length <= 4 && node.items.every((item) => item.t === 'sym' && /^(?:\\(?:triangle|angle) .*|[A-Z](?:_.*|')?)$/.test(item.name));
    case 'div': case 'ratio': return (node.t === 'div' ? [node.a, node.b] : node.items).every((part) => part.t !== 'sym' ? isLabel(part) : /^[A-Z]/.test(part.name));
    case 'fn': return ['abs', 'sin', 'cos', 'tan', 'min', 'max', 'gcd', 'lcm', 're', 'im'].includes(node.name) && node.args.length === 1 && node.args[0] !== undefined && (node.args[0].t === 'sym' || node.args[0].t === 'mul') && isLabel(node.args[0]);
    default: return false;
  }
}

/** `\Delta p` */
function isChange(items: readonly Node[]): boolean {
  return items.length === 2 && items[0]?.t === 'sym' && items[0].name === '\\Delta' && items[1]?.t === 'sym';
}

/** `T(10)`: a letter before a number in parentheses, read as a product. */
function isCall(items: readonly Node[]): boolean {
  return items.length === 2 && items[0]?.t === 'sym' && items[1]?.t === 'num';
}

/** Whether a relation gives its left side a value that does not depend on it. */
export function isAssignment(node: Node): boolean {
  const [first, ...rest] = node.t === 'rel' ? node.items : [];
  if (!isEquation(node) || first === undefined || !isLabel(first)) return false;
  const names = first.t === 'app' ? new Set([first.name]) : symbols(first);
  return rest.every((item) => {
    const used = symbols(item);
    return ![...names].some((name) => used.has(name));
  });
}

/**
 * The value that an equation states: the right side of an assignment, the last member of a chain, the constant side of
 * `5 = x`. Null for an equation between expressions, which states none.
 */
export function statedValue(node: Relation): { value: Node; rounded: Node | null; name: Node | null } | null {
  const approx = node.ops.indexOf('approx');
  const last = node.items[approx === -1 ? node.items.length - 1 : approx];
  const [first] = node.items;
  if (first === undefined || last === undefined) return null;
  const rounded = approx === -1 ? null : node.items[approx + 1] ?? null;
  const second = node.items[1];
  if (approx === 0 && isLabel(first) && second !== undefined) return { value: second, rounded: null, name: first };
  if (approx === 0) return { value: first, rounded, name: isLabel(first) ? first : null };
  if (isAssignment(node)) return { value: last, rounded, name: first };
  const constant = (item: Node): boolean => symbols(item).size === 0 && item.t !== 'seq';
  if (node.items.every(constant)) return { value: last, rounded, name: null };
  if (node.items.length >= 3 && constant(last) && !(first.t === 'num')) return { value: last, rounded, name: isLabel(first) ? first : null };
  // x = y = z = v: every member but the last is a label.
  if (node.items.slice(0, -1).every(isLabel)) return { value: last, rounded, name: first };
  if (node.items.length === 2 && isLabel(last) && constant(first)) return { value: first, rounded, name: last };
  return null;
}

/** Left minus right of an equation with two members. */
function difference(node: Relation): Node | null {
  const [a, b] = node.items;
  if (node.items.length !== 2 || a === undefined || b === undefined) return null;
  return { t: 'add', items: [a, { t: 'neg', a: b }] };
}

/** Equations: the same value for the same name, else the same zero set up to a constant factor. */
export function sameEquation(gold: Relation, answer: Relation, context: Context): boolean {
  const [name, other] = [gold.items[0], answer.items[0]];
  if (name !== undefined && other !== undefined && isAssignment(gold) && isAssignment(answer)) {
    const renamed = sameDefinition(name, gold, other, answer, context);
    if (renamed !== null) return renamed;
  }
  const d1 = difference(gold);
  const d2 = difference(answer);
  if (d1 === null || d2 === null) {
    const sameLength = gold.items.length === answer.items.length && gold.ops.every((op, index) => op === answer.ops[index]);
    return decide(context, 'relation.chain', sameLength && gold.items.every((item, index) => equalMember(item, answer.items[index], context)));
  }
  return decide(context, 'equation', sameZeros(d1, d2, context));
}

function equalMember(a: Node, b: Node | undefined, context: Context): boolean {
  return b !== undefined && context.equal(a, b);
}

/** Two definitions. Null when the names give no decision and the equations have to be compared as such. */
function sameDefinition(name: Node, gold: Relation, other: Node, answer: Relation, context: Context): boolean | null {
  const [value, given] = [gold.items.at(-1), answer.items.at(-1)];
  if (value === undefined || given === undefined) return null;
  if (name.t === 'app' && other.t === 'app') {
    if (name.name !== other.name || name.args.length !== other.args.length) return decide(context, 'definition.name', false);
    const same = renameArguments(name.args, other.args, given);
    return decide(context, 'definition', same !== null && context.equal(value, same));
  }
  // f(x) = ... against y = ...
  if ((name.t === 'app') !== (other.t === 'app')) {
    const plain = name.t === 'app' ? other : name;
    return plain.t === 'sym' && /^[yY]$/.test(plain.name) ? decide(context, 'definition', context.equal(value, given)) : null;
  }
  if (name.t === 'text' && other.t === 'text') return decide(context, 'definition', context.equal(name, other) && context.equal(value, given));
  if (name.t === 'seq' && other.t === 'seq') return decide(context, 'definition', context.equal(value, given));
  if (name.t === 'sym' && other.t === 'sym' && name.name === other.name) return decide(context, 'definition', context.equal(value, given));
  if (name.t === 'mul' || name.t === 'fn') return decide(context, 'definition', context.equal(value, given));
  return null;
}

/** The body with the second function's argument names replaced by the first's; null when an argument is no name. */
function renameArguments(to: readonly Node[], from: readonly Node[], body: Node): Node | null {
  let result = body;
  for (const [index, target] of to.entries()) {
    const source = from[index];
    if (source === undefined) return null;
    if (source.t !== 'sym' || target.t !== 'sym') {
      if (JSON.stringify(source, bigintText) !== JSON.stringify(target, bigintText)) return null;
      continue;
    }
    result = renameSymbol(result, source.name, target.name);
  }
  return result;
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Whether two expressions vanish together: proportional by a constant, after denominators are cleared. */
function sameZeros(a: Node, b: Node, context: Context): boolean {
  const [x, y] = [formOf(a, context), formOf(b, context)];
  if (x !== null && y !== null) {
    if (x.num.size === 0 || y.num.size === 0) return x.num.size === y.num.size;
    const [p, q] = [primitive(x.num).rest, primitive(y.num).rest];
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

/** Inequalities and other relations that are no regions: the same members joined by the same signs, from either end. */
export function sameRelation(gold: Relation, answer: Relation, context: Context): boolean {
  const members = (items: readonly Node[], ops: readonly string[]): boolean =>
    items.length === gold.items.length && ops.every((op, index) => op === gold.ops[index]) && gold.items.every((item, index) => equalMember(item, items[index], context));
  if (members(answer.items, answer.ops)) return decide(context, 'relation', true);
  const flip: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '!=': '!=', congruent: 'congruent' };
  const ops = [...answer.ops].reverse().map((op) => flip[op] ?? 'none');
  return decide(context, 'relation', members([...answer.items].reverse(), ops));
}

