import { Undefined } from '../canonical/form.ts';
import { ONE_POLYNOMIAL } from '../canonical/polynomial.ts';
import { contains, type Node } from '../parse/ast.ts';
import { charge, type Context } from './context.ts';
import { namedPoint } from './labels.ts';
import { formOf } from './values.ts';

/** Steps for a comparison that no key decides: so many that no list can take long. */
const COMPARISON = 60;

/** Kinds of nodes whose exact form leaves out something that the policies weigh: a unit, a sign, a modulus. */
const WEIGHED: ReadonlySet<Node['t']> = new Set(['unit', 'percent', 'degree', 'based', 'ratio', 'time', 'pm', 'ellipsis']);

/** Text that is the same only for equal answers; `exact`: and different only for different ones. */
interface Key {
  readonly text: string;
  readonly exact: boolean;
}

/** The key of a value, or of a tuple or equation of values; null where there is none. */
function keyOf(node: Node, context: Context): Key | null {
  if (node.t === 'seq' && node.open === '(' && node.close === ')') return joined('()', node.items, true, context);
  const point = namedPoint(node);
  if (point !== null) return joined(point.name, [point.point], false, context);
  if (node.t === 'rel' && node.ops.length === 1) return joined(node.ops[0] ?? '', node.items, false, context);
  if (['seq', 'rel', 'logic', 'setop', 'builder', 'matrix', 'cases', 'text', 'named'].includes(node.t)) return null;
  if (contains(node, (part) => WEIGHED.has(part.t) || (part.t === 'fn' && part.name === 'mod'))) return null;
  try {
    const form = formOf(node, context);
    if (form === null) return null;
    // A decimal may stand for what rounds to it.
    const exact = form.den === ONE_POLYNOMIAL && context.builder.forms.isExact(form.num) && context.options.tolerance === null && !contains(node, (part) => part.t === 'num' && part.decimals !== null);
    return { text: context.builder.forms.text(form), exact };
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}

function joined(kind: string, items: readonly Node[], canBeExact: boolean, context: Context): Key | null {
  const keys: Key[] = [];
  for (const item of items) {
    const key = keyOf(item, context);
    if (key === null) return null;
    keys.push(key);
  }
  return { text: `${kind} ${keys.map(({ text }) => text).join(' ; ')}`, exact: canBeExact && keys.every(({ exact }) => exact) };
}

interface Item {
  readonly node: Node;
  readonly key: Key | null;
}

function keyed(nodes: readonly Node[], context: Context): Item[] {
  return nodes.map((node) => ({ node, key: keyOf(node, context) }));
}

/** Compares two items whose keys are not the same. */
function sameItem(a: Item, b: Item, context: Context): boolean {
  if (a.key?.exact === true && b.key?.exact === true) return false;
  charge(context, COMPARISON);
  return context.equal(a.node, b.node);
}

/** Whether two lists hold the same items as often. Equal keys are matched at once, what is left one by one. */
export function sameMultiset(items: readonly Node[], others: readonly Node[], context: Context): boolean {
  if (items.length !== others.length) return false;
  const [only, other] = [items[0], others[0]];
  if (items.length === 1 && only !== undefined && other !== undefined) return context.equal(only, other);
  const [left, right] = withoutCommon(keyed(items, context), keyed(others, context));
  return left.every((item) => {
    const index = right.findIndex((each) => sameItem(item, each, context));
    if (index !== -1) right.splice(index, 1);
    return index !== -1;
  });
}

function withoutCommon(items: readonly Item[], others: readonly Item[]): [Item[], Item[]] {
  const waiting = new Map<string, Item[]>();
  for (const other of others) {
    if (other.key === null) continue;
    const same = waiting.get(other.key.text);
    if (same === undefined) waiting.set(other.key.text, [other]);
    else same.push(other);
  }
  const matched = new Set<Item>();
  const left = items.filter(({ key }) => {
    const match = key === null ? undefined : waiting.get(key.text)?.pop();
    if (match !== undefined) matched.add(match);
    return match === undefined;
  });
  return [left, others.filter((other) => !matched.has(other))];
}

/** The items without repetitions. */
export function distinct(items: readonly Node[], context: Context): Node[] {
  const known = new Set<string>();
  const result: Item[] = [];
  for (const item of keyed(items, context)) {
    if ((item.key !== null && known.has(item.key.text)) || result.some((other) => sameItem(other, item, context))) continue;
    if (item.key !== null) known.add(item.key.text);
    result.push(item);
  }
  return result.map(({ node }) => node);
}
