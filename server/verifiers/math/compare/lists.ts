import { limits } from '../limits.ts';
import { contains, mapChildren, type Node } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';

type Sequence = Node & { t: 'seq' };

/** Items of two sequences by the policy on order: `()` and vectors ordered, `{}` and bare lists unordered with their multiplicity. */
export function sameSequence(gold: Sequence, answer: Sequence, context: Context): boolean {
  const items = flatten(gold.items);
  const others = flatten(answer.items);
  if (items.length !== others.length) return decide(context, 'list.length', false);
  if (isSetLike(gold) && isTuple(answer) && gold.open === '{') return decide(context, 'set.against-tuple', false);
  if (isTuple(gold) && answer.open === '{') return decide(context, 'tuple.against-set', false);
  const ordered = isTuple(gold) || isTuple(answer);
  if (ordered) return decide(context, 'tuple', items.every((item, index) => sameItem(item, others[index], context)));
  return decide(context, 'list', sameMultiset(items, others, context));
}

function sameItem(a: Node, b: Node | undefined, context: Context): boolean {
  return b !== undefined && context.equal(a, b);
}

/** `(a, b)` and `<a, b>`; a python list `[a, b, c]` is ordered only against a tuple. */
function isTuple(node: Sequence): boolean {
  return node.open === '(' || node.open === '<';
}

function isSetLike(node: Sequence): boolean {
  return node.open === '' || node.open === '{' || node.open === '[';
}

export function sameMultiset(items: readonly Node[], others: readonly Node[], context: Context): boolean {
  if (items.length !== others.length) return false;
  const rest = [...others];
  return items.every((item) => {
    const index = rest.findIndex((other) => context.equal(item, other));
    if (index === -1) return false;
    rest.splice(index, 1);
    return true;
  });
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
  const right: Node = positive ? b : { t: 'neg', a: b };
  return a === null ? right : { t: 'add', items: [a, right] };
}

/** All values of a node with signs, as a bare list without repetitions; items of a list are spread on their own. */
export function spreadSigns(node: Node, context: Context): Node | null {
  if (node.t === 'seq' && !(node.open === '(' || node.open === '<')) {
    const items: Node[] = [];
    for (const item of node.items) {
      const all = hasSigns(item) ? readings(item) : [item];
      if (all === null) return null;
      items.push(...(hasSigns(item) ? distinct(all, context) : all));
    }
    return { ...node, items };
  }
  const all = readings(node);
  if (all === null) return null;
  warn(context, 'plus-minus', 'A plus-minus sign stands for both values.');
  return { t: 'seq', open: '', close: '', items: distinct(all, context) };
}

function distinct(items: readonly Node[], context: Context): Node[] {
  const result: Node[] = [];
  for (const item of items) if (!result.some((other) => context.equal(other, item))) result.push(item);
  return result;
}
