import { num, type Node, type RelationOp } from '../parse/ast.ts';
import { bounded, halfLines, ofPieces, wholeEnds, within, type Domain, type Region } from './bounds.ts';
import { decide, type Context } from './context.ts';
import { between, complement, endAt, infiniteSign, intersection, isLocated, LINE, pointAt, samePieces, union, type Piece } from './intervals.ts';
import { FLIPPED } from './relations.ts';

const ORDERED: ReadonlySet<RelationOp> = new Set<RelationOp>(['<', '>', '<=', '>=', '!=', 'in', 'not in']);

/** Whether the node can only mean a set of real numbers: an inequality, an interval with a square bracket, a union. */
export function isRegion(node: Node): boolean {
  switch (node.t) {
    case 'setop': case 'builder': return true;
    case 'named': return node.name === 'R';
    case 'seq': return isInterval(node) || isRelationList(node);
    case 'rel': return node.ops.some((op) => ORDERED.has(op));
    case 'logic': return node.items.some(isRegion);
    default: return false;
  }
}

function isInterval(node: Node & { t: 'seq' }): boolean {
  if (node.items.length !== 2) return false;
  return node.open === '[' || (node.open === '(' && (node.close === ']' || node.items.some((item) => infiniteSign(item) !== 0)));
}

/** `x > 0, x \ne 1`: inequalities in a row; behind `\ne` further values may follow. */
function isRelationList(node: Node & { t: 'seq' }): boolean {
  return node.open === '' && node.items.every((item, index) => (item.t === 'rel' ? isRegion(item) : index > 0 && excludes(node.items[index - 1])));
}

function excludes(node: Node | undefined): boolean {
  return node !== undefined && (node.t !== 'rel' || (node.ops.length === 1 && node.ops[0] === '!='));
}

/** The set of numbers that a node describes; null when it describes none, or none whose parts can be put in order. */
export function regionOf(node: Node, context: Context): Region | null {
  switch (node.t) {
    case 'seq': return node.open === '' ? conjunction(node.items, context) : intervalOrPoints(node, context);
    case 'named': return node.name === 'empty' ? ofPieces([]) : { pieces: [LINE], domain: node.name, variable: null };
    case 'sym': return namedHalfLine(node.name, context);
    case 'setop': return combined(node, context);
    case 'builder': return built(node, context);
    case 'rel': return relationRegion(node, context);
    case 'logic': {
      const parts = node.items.map((item) => regionOf(item, context));
      return node.op === 'or' ? anyOf(parts, context) : allOf(parts, context);
    }
    default: return null;
  }
}

function intervalOrPoints(node: Node & { t: 'seq' }, context: Context): Region | null {
  if (node.open === '{') {
    const points = node.items.map((item) => pointAt(item, context));
    return ofPieces(isLocated(points) ? union(points, context) : points);
  }
  const [low, high] = node.items;
  if ((node.open !== '(' && node.open !== '[') || node.items.length !== 2 || low === undefined || high === undefined) return null;
  const piece = between(endAt(low, 'low', node.open === '[', context), endAt(high, 'high', node.close === ']', context), context);
  return piece === null ? null : ofPieces([piece]);
}

const HALF_LINES: Readonly<Record<string, RelationOp>> = { positive: '>', negative: '<', nonzero: '!=', nonnegative: '>=' };

/** `\mathbb Z_{>0}`, `\mathbb Q^+`: the relation to 0, and the domain. */
function halfLineName(name: string): { op: RelationOp; domain: Domain } | null {
  const match = /^([QZ]) ([a-z]+)$/.exec(name);
  const op = HALF_LINES[match?.[2] ?? ''];
  return match === null || op === undefined ? null : { op, domain: match[1] as Domain };
}

function namedHalfLine(name: string, context: Context): Region | null {
  const named = halfLineName(name);
  const half = named === null ? null : halfLines(named.op, num({ n: 0n, d: 1n }), context);
  return named === null || half === null ? null : wholeEnds({ pieces: half, domain: named.domain, variable: null }, context);
}

/** The sets that a chain of one operation joins, from left to right. */
export function members(node: Node, op: 'union' | 'intersection'): Node[] {
  const found: Node[] = [];
  let rest = node;
  for (; rest.t === 'setop' && rest.op === op; rest = rest.a) found.push(rest.b);
  return [...found, rest].reverse();
}

function combined(node: Node & { t: 'setop' }, context: Context): Region | null {
  if (node.op !== 'minus') {
    const parts = members(node, node.op).map((member) => regionOf(member, context));
    return node.op === 'union' ? anyOf(parts, context) : allOf(parts, context);
  }
  const [a, b] = [regionOf(node.a, context), regionOf(node.b, context)];
  if (a === null || b === null || (b.domain !== 'R' && b.domain !== a.domain)) return null;
  const rest = complement(b.pieces, context);
  return rest === null ? null : allOf([a, { ...b, pieces: rest, domain: 'R' }], context);
}

function sharedVariable(parts: readonly Region[]): string | null | undefined {
  const names = new Set(parts.map((part) => part.variable).filter((name) => name !== null));
  const [only] = names;
  return names.size > 1 ? undefined : only ?? null;
}

/** The union of regions in one variable and domain; pieces whose order is unknown stay as written. */
function anyOf(parts: readonly (Region | null)[], context: Context): Region | null {
  if (!parts.every((part) => part !== null)) return null;
  const variable = sharedVariable(parts);
  const [first] = parts;
  if (variable === undefined || first === undefined || parts.some((part) => part.domain !== first.domain)) return null;
  const pieces = parts.flatMap((part) => part.pieces);
  return ofPieces(isLocated(pieces) ? union(pieces, context) : pieces, variable, first.domain);
}

const WITHIN: readonly Domain[] = ['N', 'Z', 'Q', 'R', 'C'];

/** The intersection of regions in one variable. */
function allOf(parts: readonly (Region | null)[], context: Context): Region | null {
  if (!parts.every((part) => part !== null)) return null;
  const variable = sharedVariable(parts);
  if (variable === undefined) return null;
  let pieces: readonly Piece[] = [LINE];
  for (const part of parts) {
    if (part.pieces.length === 1 && part.pieces[0] === LINE) continue;
    const common = pieces.length === 1 && pieces[0] === LINE ? part.pieces : intersection(pieces, part.pieces, context);
    if (common === null) return null;
    pieces = common;
  }
  const domain = WITHIN.find((each) => parts.some((part) => part.domain === each)) ?? 'R';
  return wholeEnds({ pieces, domain, variable }, context);
}

/**
 * Relations separated by commas. All hold together where that leaves something and each of them matters (`x \ge 1, x \le 3`);
 * what excludes each other lists alternatives (`x < 1, x > 3`). Null where one says nothing new: that would be two answers.
 */
function conjunction(items: readonly Node[], context: Context): Region | null {
  const relations: (Node & { t: 'rel' })[] = [];
  for (const item of items) {
    const before = relations.at(-1);
    if (item.t === 'rel') relations.push(item);
    else if (before !== undefined && excludes(before) && before.items[0] !== undefined) relations.push({ ...before, items: [before.items[0], item] });
    else return null;
  }
  if (relations.length > 8) return null;
  const parts = relations.map((relation) => regionOf(relation, context)).filter((part) => part !== null);
  if (parts.length !== relations.length) return null;
  const all = allOf(parts, context);
  if (all === null || sharedVariable(parts) === null) return null;
  const bounds = parts.filter((_, index) => !excludes(relations[index]) && !relations[index]?.ops.includes('in'));
  if (all.pieces.length === 0) return bounds.length === parts.length ? anyOf(parts, context) : null;
  const needless = bounds.some((bound) => {
    const others = allOf(parts.filter((part) => part !== bound), context);
    return bounds.length > 1 && others !== null && samePieces(others.pieces, all.pieces, context);
  });
  return needless ? null : all;
}

/** `\{x \in Z \mid x > 2\}`; the element is a name, perhaps of a domain, that the condition is about. */
function built(node: Node & { t: 'builder' }, context: Context): Region | null {
  const element = node.element.t === 'rel' ? node.element.items[0] : node.element;
  const condition = regionOf(node.condition, context);
  if (element?.t !== 'sym' || condition === null || (condition.variable !== null && condition.variable !== element.name)) return null;
  const all = node.element.t === 'rel' ? allOf([regionOf(node.element, context), condition], context) : condition;
  return all === null ? null : { ...all, variable: null };
}

function relationRegion(node: Node & { t: 'rel' }, context: Context): Region | null {
  const { items, ops } = node;
  const [first, second, third] = items;
  const [op, next] = ops;
  if (first === undefined || second === undefined || op === undefined) return null;
  if (ops.length === 1) {
    if (op === 'in' || op === 'not in') return membership(first, op, second, context);
    const flipped = FLIPPED.get(op);
    return bounded(first, op, second, context) ?? (flipped === undefined ? null : bounded(second, flipped, first, context));
  }
  // a < x < b
  const flipped = FLIPPED.get(op);
  if (ops.length !== 2 || third === undefined || flipped === undefined || next === undefined || (op.startsWith('<') ? !next.startsWith('<') : !op.startsWith('>') || !next.startsWith('>'))) return null;
  const [left, right] = [bounded(second, flipped, first, context), bounded(second, next, third, context)];
  if (left === null || right === null || left.variable !== right.variable) return null;
  const [p, q] = [left.pieces[0], right.pieces[0]];
  // 0 < |x| < 1
  if (left.pieces.length !== 1 || right.pieces.length !== 1 || p === undefined || q === undefined) return allOf([left, right], context);
  const piece = between(p.low.at === null ? q.low : p.low, p.high.at === null ? q.high : p.high, context);
  return ofPieces(piece === null ? [] : [piece], left.variable);
}

/** `x \in S` for a name x, or a linear expression of one: the set of x. */
function membership(left: Node, op: 'in' | 'not in', set: Node, context: Context): Region | null {
  const region = regionOf(set, context);
  if (region === null) return null;
  if (op === 'not in') {
    const rest = region.domain === 'R' ? complement(region.pieces, context) : null;
    return rest === null ? null : within(left, rest, 'R', context);
  }
  return within(left, region.pieces, region.domain, context);
}

/** The same numbers, for the same name where both sides name one. */
export function sameRegion(gold: Region, answer: Region, context: Context): boolean {
  if (gold.variable !== null && answer.variable !== null && gold.variable !== answer.variable) return decide(context, 'region.variable', false);
  return decide(context, 'region', gold.domain === answer.domain && samePieces(gold.pieces, answer.pieces, context));
}
