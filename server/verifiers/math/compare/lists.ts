import { limits } from '../limits.ts';
import { children, contains, mapChildren, symbols, type Node } from '../parse/ast.ts';
import { parseUnit } from '../parse/unitTable.ts';
import { charge, decide, warn, type Context } from './context.ts';
import { isEquation, namedPoint, statedValue } from './labels.ts';
import { distinct, sameMultiset } from './matching.ts';
import { degreeOf } from './values.ts';

type Sequence = Node & { t: 'seq' };

/**
 * What the brackets say: `()` and vectors are ordered, `{}` and bare lists are not, `[a, b, c]` of a program is against
 * ordered ones, and `[a, b)` can only be an interval.
 */
type Kind = 'tuple' | 'set' | 'list' | 'brackets' | 'interval';

function kindOf({ open, close }: Sequence): Kind {
  if (open === '') return 'list';
  if (open === '{') return 'set';
  if (open === '<' || (open === '(' && close === ')')) return 'tuple';
  return open === '[' && close === ']' ? 'brackets' : 'interval';
}

/** Items of two sequences by the policy on order; unordered ones with their multiplicity. */
export function sameSequence(gold: Sequence, answer: Sequence, context: Context): boolean {
  const [items, others] = inTurns(flatten(gold.items), flatten(answer.items), gold, answer);
  if (items.length !== others.length) return decide(context, 'list.length', false);
  const kinds = [kindOf(gold), kindOf(answer)];
  if (kinds.includes('interval') && (gold.open !== answer.open || gold.close !== answer.close)) return decide(context, 'interval.brackets', false);
  // `-1 or 3` and `\pm 3` are alternatives, `(-1, 3)` and `[-3, 3]` are a point or an interval.
  const pointOrInterval = kinds.includes('tuple') || (kinds.includes('brackets') && items.length === 2);
  if (pointOrInterval && [gold, answer].some((side) => side.joiner === 'or') && !items.some((item) => item.t === 'seq')) return decide(context, 'list.alternatives', false);
  if (answer.joiner === 'or' && gold.joiner !== 'or' && holdTogether(items, context)) return decide(context, 'list.alternatives', false);
  if (kinds.includes('set') && kinds.includes('tuple')) return decide(context, 'set.against-tuple', false);
  // {{1}, {2}} has sets for elements.
  if (items.length > 1 && kinds.includes('set') && kinds.every((kind) => kind === 'set' || kind === 'list') && items.some(isSingleton) !== others.some(isSingleton)) return decide(context, 'set.elements', false);
  if (kinds.includes('tuple') && namesTwice(items) !== namesTwice(others)) return decide(context, 'tuple.names', false);
  const ordered = kinds.includes('tuple') || kinds.includes('interval') || kinds.every((kind) => kind === 'brackets');
  if (ordered || namesOnOneSide(items, others)) {
    const [values, given] = namesOnOneSide(items, others) ? [inOrderOfAxes(items), inOrderOfAxes(others)] : [items, others];
    return decide(context, 'tuple', values.every((item, index) => sameItem(item, given[index], context)));
  }
  const [left, right] = withoutRootLabels(items, others);
  if (!sameByNoun(left, right, context)) return decide(context, 'list.nouns', false);
  return decide(context, 'list', sameMultiset(left, right, context));
}

/**
 * Whether equations in a row can only be meant together, as a system: values of different unknowns, `x = 2, y = 3`, or equations
 * of different degrees, `x + y = 5, xy = 6`. Equations of one kind, `x = 1, x + y = 2`, may be the several answers.
 */
function holdTogether(items: readonly Node[], context: Context): boolean {
  const equations = items.filter(isEquation);
  const labels = items.map(labelOf);
  if (equations.length !== items.length || new Set(labels).size === 1 && labels[0] !== null) return false;
  const values = equations.map((equation) => statedValue(equation)?.value ?? equation);
  if (!labels.includes(null) && rootName(labels) === null && values.every((value) => symbols(value).size === 0)) return new Set(labels).size === labels.length;
  const degrees = equations.map((equation) => degreeOf(equation, context));
  return !degrees.includes(null) && new Set(degrees).size > 1;
}

function isSingleton(item: Node): boolean {
  return item.t === 'seq' && item.open === '{' && item.items.length === 1;
}

function sameItem(a: Node, b: Node | undefined, context: Context): boolean {
  return b !== undefined && context.equal(a, b);
}

/**
 * `x = 2, y = 3 or x = 3, y = 2` as (2, 3), (3, 2): names that come round again begin the next tuple, against a list of tuples
 * (`(x, y) = (2, 3), (3, 2)`) and against whatever else names all its values.
 */
function inTurns(items: Node[], others: Node[], gold: Sequence, answer: Sequence): [Node[], Node[]] {
  const [left, right] = [turnsOf(items), turnsOf(others)];
  if (left === null && right === null) return [items, others];
  const [g, a] = [left === null ? null : tuplesFor(items, left, right, answer), right === null ? null : tuplesFor(others, right, left, gold)];
  return [g ?? items, a ?? others];
}

/** The names that come round, in their first order; null where none do. */
function turnsOf(items: readonly Node[]): string[] | null {
  const names = items.map(labelOf).filter((name) => name !== null);
  const first = [...new Set(names)];
  const width = first.length;
  if (names.length !== items.length || width < 2 || names.length === width || names.length % width !== 0) return null;
  return names.every((name, index) => names.indexOf(name, index - (index % width)) === index) ? first : null;
}

/** The tuples of values that a list in turns means beside the other side; null where that asks for none. */
function tuplesFor(items: readonly Node[], names: readonly string[], turns: readonly string[] | null, other: Sequence): Node[] | null {
  const sameNames = turns !== null && turns.length === names.length && turns.every((name) => names.includes(name));
  const order = sameNames ? [...names].sort() : tupleNames(other, names) ?? (turns === null && other.items.every((item) => labelOf(item) !== null) ? names : null);
  if (order === null) return null;
  return Array.from({ length: items.length / names.length }, (_, index): Node => {
    const turn = items.slice(index * names.length, (index + 1) * names.length);
    const values = order.flatMap((name) => turn.filter((item) => labelOf(item) === name).map((item) => (item.t === 'rel' ? statedValue(item)?.value ?? item : item)));
    return { t: 'seq', open: '(', close: ')', items: values };
  });
}

/** The order in which a list of tuples gives the names their values: its own (`(y, x) = (2, 3), ...`) or theirs; null where it is no such list. */
function tupleNames(other: Sequence, names: readonly string[]): readonly string[] | null {
  const isTuple = (node: Node | undefined): boolean => node?.t === 'seq' && node.open === '(' && node.items.length === names.length;
  const [first] = other.items;
  if (!other.items.every((item) => isTuple(item.t === 'rel' && item.items.length === 2 && isTuple(item.items[0]) ? item.items[1] : item))) return null;
  const own = first?.t === 'rel' && first.items[0]?.t === 'seq' ? first.items[0].items.map(spelled) : names;
  return own.every((name) => name !== null && names.includes(name)) ? own.filter((name) => name !== null) : null;
}

/** The name that an item gives its value: `y` of `y = 2`, `A` of `A(1, 2)`. */
function labelOf(item: Node): string | null {
  if (item.t !== 'rel') return namedPoint(item)?.name ?? null;
  const name = item.ops.length === 1 && item.ops[0] === '=' ? statedValue(item)?.name ?? null : null;
  return name === null ? null : spelled(name);
}

/** A name as it is written: `y`, `f(2)`, `AB`. Null for names in words, which may stand in any order. */
function spelled(name: Node): string | null {
  if (name.t === 'sym') return name.name;
  if (name.t === 'num') return `${name.value.n}/${name.value.d}`;
  if (name.t !== 'app' && name.t !== 'mul') return null;
  const parts = children(name).map(spelled);
  return parts.includes(null) ? null : `${name.t === 'app' ? name.name : ''}(${parts.join(',')})`;
}

/**
 * Whether items that both sides call by the same noun have the same value: `25 red, 30 blue` is not `30 red marbles, 25 blue
 * marbles`. Nouns that one side alone uses, or that fit several items, say nothing.
 */
function sameByNoun(items: readonly Node[], others: readonly Node[], context: Context): boolean {
  const [left, right] = [items.flatMap(nounOf), others.flatMap(nounOf)];
  charge(context, left.length * right.length);
  return left.every(({ item, words }) => {
    const [named, ...more] = right.filter((other) => isPart(words, other.words) || isPart(other.words, words));
    if (named === undefined || more.length > 0) return true;
    const alone = left.filter((each) => isPart(each.words, named.words) || isPart(named.words, each.words)).length === 1;
    return !alone || context.equal(item, named.item);
  });
}

interface Noun {
  readonly item: Node;
  readonly words: readonly string[];
}

/** The noun behind a value, in the singular; none for a unit. */
function nounOf(item: Node): Noun[] {
  if (item.t !== 'unit' || parseUnit(item.unit) !== null) return [];
  return [{ item, words: item.unit.toLowerCase().split(' ').map((word) => word.replace(/s$/, '')) }];
}

function isPart(words: readonly string[], of: readonly string[]): boolean {
  return words.every((word) => of.includes(word));
}

/** Whether one side names its values, each differently, and the other only lists them: then they stand in the order of the names. */
function namesOnOneSide(items: readonly Node[], others: readonly Node[]): boolean {
  const [left, right] = [items.map(labelOf), others.map(labelOf)];
  const named = (labels: readonly (string | null)[]): boolean => !labels.includes(null) && new Set(labels).size === labels.length && rootName(labels) === null;
  const unnamed = (labels: readonly (string | null)[]): boolean => labels.every((label) => label === null);
  return (named(left) && unnamed(right)) || (unnamed(left) && named(right));
}

/** `y = 3, x = 2` as `x = 2, y = 3`, the order of coordinates; other names keep the order in which they stand. */
function inOrderOfAxes(items: readonly Node[]): readonly Node[] {
  const labels = items.map(labelOf);
  if (!labels.every((label) => label !== null && /^[xyz]$/.test(label))) return items;
  return [...items].sort((a, b) => ((labelOf(a) ?? '') < (labelOf(b) ?? '') ? -1 : 1));
}

/** Whether a name stands for two values, as in no point: `y = 3, y = -1`. */
function namesTwice(items: readonly Node[]): boolean {
  const labels = items.filter((item) => item.t === 'rel').map(labelOf).filter((label) => label !== null);
  return new Set(labels).size < labels.length;
}

/** The unknown that labels like `x_1`, `x_2`, `x` number the roots of; null where they name different things. */
function rootName(labels: readonly (string | null)[]): string | null {
  const bases = new Set(labels.filter((label) => label !== null).map((label) => label.replace(/_\{?\d+\}?$/, '')));
  const [base] = bases;
  return bases.size === 1 && base !== undefined && /^(?:[xzt]|\\lambda)$/.test(base) ? base : null;
}

/** Roots that one side numbers and the other does not: their values alone. */
function withoutRootLabels(items: readonly Node[], others: readonly Node[]): [readonly Node[], readonly Node[]] {
  const [left, right] = [items.map(labelOf), others.map(labelOf)];
  const numbered = (labels: readonly (string | null)[]): boolean => labels.some((label) => label?.includes('_') === true);
  if (rootName([...left, ...right]) === null || numbered(left) === numbered(right)) return [items, others];
  const value = (item: Node): Node => (item.t === 'rel' ? statedValue(item)?.value ?? item : item);
  return [items.map(value), others.map(value)];
}

/** Nested bare lists are one list: `1, 2 and 3`. */
function flatten(items: readonly Node[]): Node[] {
  return items.flatMap((item) => (item.t === 'seq' && item.open === '' ? flatten(item.items) : [item]));
}

/** Whether a plus-minus sign stands anywhere in the node. */
export function hasSigns(node: Node): boolean {
  return contains(node, (part) => part.t === 'pm');
}

/**
 * The readings of a node with plus-minus signs. Signs vary independently, unless a minus-plus ties them: then all upper
 * signs are read together and all lower ones. Bounded by `limits.signs`; null beyond.
 */
export function readings(node: Node): Node[] | null {
  const tied = contains(node, (part) => part.t === 'pm' && part.first === -1);
  if (tied) return [resolve(node, () => 1), resolve(node, () => -1)];
  let count = 0;
  contains(node, (part) => {
    if (part.t === 'pm') count++;
    return false;
  });
  if (2 ** count > limits.signs) return null;
  return Array.from({ length: 2 ** count }, (_, mask) => {
    let index = 0;
    return resolve(node, () => ((mask >> index++) & 1 ? -1 : 1));
  });
}

function resolve(node: Node, sign: () => 1 | -1): Node {
  if (node.t !== 'pm') return mapChildren(node, (part) => resolve(part, sign));
  const a = node.a === null ? null : resolve(node.a, sign);
  const positive = sign() * node.first > 0;
  const b = resolve(node.b, sign);
  const right: Node = positive ? b : negated(b);
  return a === null ? right : { t: 'add', items: [a, right] };
}

/** The opposite of a value, or of every coordinate of a point: `-(2, 3)`. */
function negated(node: Node): Node {
  if (node.t !== 'seq' || !(node.open === '(' || node.open === '<') || node.items.length < 2) return { t: 'neg', a: node };
  return { ...node, items: node.items.map((item): Node => ({ t: 'neg', a: item })) };
}

/** All values of a node with signs, as a bare list without repetitions; items of a list are spread on their own. */
export function spreadSigns(node: Node, context: Context): Node | null {
  if (node.t === 'seq' && !(node.open === '(' || node.open === '<')) {
    const items: Node[] = [];
    for (const item of node.items) {
      const all = hasSigns(item) ? readings(item) : [item];
      if (all === null) return null;
      items.push(...(hasSigns(item) ? distinct(all, context) : all));
      if (items.length > limits.items) return null;
    }
    return { ...node, items };
  }
  const all = readings(node);
  if (all === null) return null;
  warn(context, 'plus-minus', 'A plus-minus sign stands for both values.');
  return { t: 'seq', open: '', close: '', items: distinct(all, context), joiner: 'or' };
}
