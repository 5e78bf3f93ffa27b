import { compare, integer, rational, type Rational } from '../arithmetic/rational.ts';
import { replaceSymbol } from '../canonical/substitute.ts';
import { children, contains, mapChildren, num, sym, type Node } from '../parse/ast.ts';
import type { Context } from './context.ts';
import { formOf, rationalValue, sameValue } from './values.ts';

/** No name that an answer can write. */
const INDEX = '\u2026';

/** Each costs as many terms at every point that is tried. */
const MAX_DOTS = 6;

/** A place of a term that runs on evenly from term to term. */
interface Slot {
  readonly start: Node;
  readonly step: Rational;
}

/**
 * `a_1 + a_2 + \cdots + a_n` and `(x - 1)(x - 2) \cdots (x - n)` as the sum and the product that they mean, where the terms
 * that are written run on evenly; anything else stays as it is.
 */
export function withoutDots(node: Node, context: Context): Node {
  let dots = 0;
  contains(node, (part) => {
    if (part.t === 'ellipsis') dots++;
    return false;
  });
  return dots === 0 || dots > MAX_DOTS ? node : spelledOut(node, context);
}

function spelledOut(node: Node, context: Context): Node {
  const inner = mapChildren(node, (part) => spelledOut(part, context));
  if (inner.t === 'seq') return { ...inner, items: shortened(inner.items, context) };
  return inner.t === 'add' || inner.t === 'mul' ? series(inner, context) ?? inner : inner;
}

/** `1, 2, 3, \ldots, n` as `1, 2, \ldots, n`: two of the items before the dots show how they run on, where all keep the same distance. */
function shortened(items: readonly Node[], context: Context): readonly Node[] {
  const at = items.findIndex((item) => item.t === 'ellipsis');
  const steps = items.slice(1, Math.max(at, 1)).map((item, index): Node => ({ t: 'add', items: [item, { t: 'neg', a: items[index] ?? item }] }));
  const [step, ...others] = steps;
  if (step === undefined || others.length === 0 || others.length > MAX_DOTS || !items.slice(0, at).every(isTerm)) return items;
  return others.every((other) => sameValue(step, other, context)) ? [...items.slice(0, 2), ...items.slice(at)] : items;
}

function isTerm(node: Node): boolean {
  return !contains(node, (part) => part.t === 'seq' || part.t === 'rel' || part.t === 'text' || part.t === 'ellipsis');
}

function series(node: Node & { t: 'add' | 'mul' }, context: Context): Node | null {
  const at = node.items.findIndex((item) => item.t === 'ellipsis');
  const [before, after] = [node.items.slice(0, at), node.items.slice(at + 1)];
  const [first, second] = before.slice(-2);
  const [last] = after;
  if (at < 2 || first === undefined || second === undefined || last === undefined || after.some((item) => item.t === 'ellipsis')) return null;
  const slots: Slot[] = [];
  const term = unify(first, second, slots, context);
  if (term === null || slots.length === 0) return null;
  const place = (item: Node): Node | null => placeOf(term, item, slots, context);
  // Terms before the two, and behind the last one, as far as they run on.
  let from = 0;
  let start = before.length - 2;
  for (; start > 0; start--) {
    const found = place(before[start - 1] ?? first);
    const value = found === null ? null : rationalValue(found, context);
    if (value === null || compare(value, integer(from - 1)) !== 0) break;
    from--;
  }
  // 1 + 2 + 4 + ... runs on in another way.
  if (first.t === 'num' && before.slice(0, start).some((item) => item.t === 'num')) return null;
  let [to, end] = [place(last), 1];
  for (; end < after.length && to !== null; end++) {
    const next = place(after[end] ?? last);
    if (next === null || !sameValue(next, { t: 'add', items: [to, num(integer(1))] }, context)) break;
    to = next;
  }
  if (to === null || !isOftenWhole(to, context)) return null;
  const body = slots.reduce((part, slot, index) => replaceSymbol(part, name(index), valueAt(slot, sym(INDEX))), term);
  const big: Node = { t: 'big', op: node.t === 'add' ? 'sum' : 'product', variable: INDEX, from: num(integer(from)), to, body };
  return { t: node.t, items: [...before.slice(0, start), big, ...after.slice(end)] };
}

/** The largest step between terms that leaves enough of the numbers tried: `a_1 + a_{22} + \cdots + a_n` has a last term for few n alone. */
const MAX_STEP = 5n;

/** Whether the place of the last term is a whole number for many values of its symbols. */
function isOftenWhole(place: Node, context: Context): boolean {
  const form = formOf(place, context);
  return form === null || [...form.num.values()].every(({ coefficient }) => coefficient.d <= MAX_STEP);
}

const name = (index: number): string => `${INDEX}${index}`;

function valueAt({ start, step }: Slot, place: Node): Node {
  return { t: 'add', items: [start, { t: 'mul', items: [num(step), place] }] };
}

/** The common form of two neighbouring terms, with a symbol for every place where they differ; null where one place does not run evenly. */
function unify(a: Node, b: Node, slots: Slot[], context: Context): Node | null {
  if (sameTree(a, b)) return a;
  const [x, y] = [indexed(a), indexed(b)];
  if (x !== null && y !== null) {
    if (x.base !== y.base) return null;
    const inside = slot(x.index, y.index, slots, context);
    return inside === null ? null : { t: 'app', name: x.base, args: [inside] };
  }
  const [parts, others] = [children(a), children(b)];
  if (!sameShape(a, b) || parts.length === 0) return slot(a, b, slots, context);
  const unified = parts.map((part, index) => unify(part, others[index] ?? part, slots, context));
  let next = 0;
  return unified.includes(null) ? null : mapChildren(a, (part) => unified[next++] ?? part);
}

function slot(a: Node, b: Node, slots: Slot[], context: Context): Node | null {
  if (!isValue(a) || !isValue(b)) return null;
  const step = rationalValue({ t: 'add', items: [b, { t: 'neg', a }] }, context);
  if (step === null || step.n === 0n) return null;
  slots.push({ start: a, step });
  return sym(name(slots.length - 1));
}

/** How many steps a term is away from the first: every place of it must tell the same; null where it has another form. */
function placeOf(term: Node, item: Node, slots: readonly Slot[], context: Context): Node | null {
  const found: (Node | undefined)[] = slots.map(() => undefined);
  if (!fits(term, item, found)) return null;
  const places = slots.map(({ start, step }, index): Node => ({ t: 'mul', items: [num(rational(step.d, step.n)), { t: 'add', items: [found[index] ?? start, { t: 'neg', a: start }] }] }));
  const [first] = places;
  return first !== undefined && places.every((place) => sameValue(first, place, context)) ? first : null;
}

function fits(term: Node, item: Node, found: (Node | undefined)[]): boolean {
  if (term.t === 'sym' && term.name.startsWith(INDEX)) {
    found[Number(term.name.slice(1))] = item;
    return isValue(item);
  }
  const given = indexed(item);
  const [argument] = term.t === 'app' ? term.args : [];
  if (given !== null && term.t === 'app' && argument !== undefined && term.name === given.base) return fits(argument, given.index, found);
  if (!sameShape(term, item)) return false;
  const others = children(item);
  return children(term).every((part, index) => fits(part, others[index] ?? part, found));
}

/** A symbol with an index that can be counted: `a_3`, `x_{k-1}`. */
function indexed(node: Node): { base: string; index: Node } | null {
  const [, base, letter = '', sign = '', digits = ''] = node.t === 'sym' ? /^(.+_)([a-z]?)([+-]?)(\d{0,6})$/.exec(node.name) ?? [] : [];
  if (base === undefined || (letter === '' ? digits === '' || sign !== '' : (sign === '') !== (digits === ''))) return null;
  const number = num(integer(BigInt(digits === '' ? 0 : `${sign === '-' ? '-' : ''}${digits}`)));
  return { base, index: letter === '' ? number : { t: 'add', items: [sym(letter), number] } };
}

function isValue(node: Node): boolean {
  return ['num', 'sym', 'add', 'mul', 'neg', 'div', 'pow'].includes(node.t) && !contains(node, (part) => part.t === 'ellipsis');
}

function sameTree(a: Node, b: Node): boolean {
  const others = children(b);
  return sameShape(a, b) && children(a).every((part, index) => sameTree(part, others[index] ?? part));
}

/** The same kind of node with as many parts; leaves with the same content. */
function sameShape(a: Node, b: Node): boolean {
  if (a.t !== b.t || children(a).length !== children(b).length) return false;
  if (a.t === 'num' && b.t === 'num') return compare(a.value, b.value) === 0;
  if ((a.t === 'sym' && b.t === 'sym') || (a.t === 'const' && b.t === 'const') || (a.t === 'fn' && b.t === 'fn') || (a.t === 'app' && b.t === 'app')) return a.name === b.name;
  return ['add', 'mul', 'div', 'neg', 'pow'].includes(a.t);
}
