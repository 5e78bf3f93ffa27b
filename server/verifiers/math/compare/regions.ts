import type { Rational } from '../arithmetic/rational.ts';
import { ONE_POLYNOMIAL } from '../canonical/polynomial.ts';
import { UNIT } from '../canonical/term.ts';
import { num, symbols, type Node, type RelationOp } from '../parse/ast.ts';
import { decide, type Context } from './context.ts';
import { approximate, formOf } from './values.ts';

/** An interval of the real line; null ends are infinite. A point has equal, closed ends. */
interface Piece {
  readonly low: Node | null;
  readonly high: Node | null;
  readonly lowClosed: boolean;
  readonly highClosed: boolean;
}

type Region = readonly Piece[];

const LINE: Piece = { low: null, high: null, lowClosed: false, highClosed: false };
const FLIPPED: Readonly<Partial<Record<RelationOp, RelationOp>>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '!=': '!=' };

/** Whether the node can only mean a set of real numbers: an inequality, an interval with a square bracket, a union. */
export function isRegion(node: Node): boolean {
  switch (node.t) {
    case 'setop': return true;
    case 'builder': return true;
    case 'named': return node.name === 'R';
    case 'seq': return node.items.length === 2 && ((node.open === '[' && node.close === ')') || (node.open === '(' && node.close === ']') || (node.open === '[' && node.close === ']')
      || (node.open === '(' && node.items.some((item) => isInfinite(item))));
    case 'rel': return node.ops.some((op) => op === '<' || op === '>' || op === '<=' || op === '>=' || op === '!=' || op === 'in');
    case 'logic': return node.items.some(isRegion);
    default: return false;
  }
}

function isInfinite(node: Node): boolean {
  return node.t === 'const' ? node.name === 'inf' : node.t === 'neg' && isInfinite(node.a);
}

/**
 * The set of real numbers that a node describes, in one variable whose name does not matter; null when it describes none.
 * Pieces are disjoint and ordered where all ends are numbers, else as written.
 */
export function regionOf(node: Node, context: Context): Region | null {
  const pieces = rawRegion(node, context);
  return pieces === null ? null : ordered(pieces, context);
}

function rawRegion(node: Node, context: Context): Region | null {
  switch (node.t) {
    case 'seq': return intervalOrPoints(node);
    case 'named': return node.name === 'R' ? [LINE] : node.name === 'empty' ? [] : null;
    case 'setop': return combined(node, context);
    case 'builder': {
      // The element may be `x`, or `x \in R`.
      const element = node.element.t === 'rel' ? node.element.items[0] : node.element;
      return element?.t === 'sym' ? rawRegion(node.condition, context) : null;
    }
    case 'rel': return relationRegion(node, context);
    case 'logic': {
      const parts = node.items.map((item) => rawRegion(item, context));
      if (!parts.every((part) => part !== null)) return null;
      return node.op === 'or' ? parts.flat() : intersectAll(parts, context);
    }
    default: return null;
  }
}

function intervalOrPoints(node: Node & { t: 'seq' }): Region | null {
  const [low, high] = node.items;
  const isInterval = (node.open === '(' || node.open === '[') && node.items.length === 2 && low !== undefined && high !== undefined;
  if (isInterval) {
    const end = (item: Node): Node | null => (isInfinite(item) ? null : item);
    return [{ low: end(low), high: end(high), lowClosed: node.open === '[' && end(low) !== null, highClosed: node.close === ']' && end(high) !== null }];
  }
  if (node.open !== '{') return null;
  return node.items.map(point);
}

function point(node: Node): Piece {
  return { low: node, high: node, lowClosed: true, highClosed: true };
}

function combined(node: Node & { t: 'setop' }, context: Context): Region | null {
  const a = rawRegion(node.a, context);
  const b = rawRegion(node.b, context);
  if (a === null || b === null) return null;
  if (node.op === 'union') return [...a, ...b];
  return node.op === 'intersection' ? intersectAll([a, b], context) : intersectAll([a, complement(b, context)], context);
}

function relationRegion(node: Node & { t: 'rel' }, context: Context): Region | null {
  const { items, ops } = node;
  const [first, second] = items;
  if (ops.length === 1 && (ops[0] === 'in' || ops[0] === 'not in') && second !== undefined) {
    const inside = rawRegion(second, context);
    return inside === null || ops[0] === 'in' ? inside : complement(inside, context);
  }
  if (ops.length === 1 && first !== undefined && second !== undefined && ops[0] !== undefined) {
    if (first.t === 'sym' && !symbols(second).has(first.name)) return half(ops[0], second);
    const flipped = FLIPPED[ops[0]];
    if (second.t === 'sym' && !symbols(first).has(second.name) && flipped !== undefined) return half(flipped, first);
    return solved(first, ops[0], second, context) ?? (flipped === undefined ? null : solved(second, flipped, first, context));
  }
  const third = items[2];
  if (ops.length !== 2 || first === undefined || second === undefined || third === undefined || second.t !== 'sym') return null;
  const [left, right] = ops;
  const flipped = left === undefined ? undefined : FLIPPED[left];
  if (flipped === undefined || right === undefined) return null;
  const below = half(flipped, first);
  const above = half(right, third);
  if (below?.length !== 1 || above?.length !== 1 || below[0] === undefined || above[0] === undefined) return null;
  return [meet(below[0], above[0])];
}

/** `|x| < c` and `2x - 1 < c` for a number c: the set of x. Null for anything else. */
function solved(left: Node, op: RelationOp, right: Node, context: Context): Region | null {
  if (symbols(right).size > 0 || symbols(left).size !== 1) return null;
  if (left.t === 'fn' && left.name === 'abs' && left.args[0]?.t === 'sym') {
    const negative: Node = { t: 'neg', a: right };
    const [above, below] = [half(op, right), half(FLIPPED[op] ?? '=', negative)];
    if (above === null || below === null || op === '=' || op === '!=') return null;
    return op === '<' || op === '<=' ? intersectAll([above, below], context) : [...below, ...above];
  }
  const line = linear(left, context);
  if (line === null) return null;
  const bound: Node = { t: 'div', a: { t: 'add', items: [right, { t: 'neg', a: num(line.offset) }] }, b: num(line.slope) };
  const turned = line.slope.n < 0n ? FLIPPED[op] : op;
  return turned === undefined ? null : half(turned, bound);
}

/** Slope and offset of an expression that is linear in its one symbol, with rational coefficients; else null. */
function linear(node: Node, context: Context): { slope: Rational; offset: Rational } | null {
  const form = formOf(node, context);
  if (form === null || form.den !== ONE_POLYNOMIAL || form.num.size > 2) return null;
  let slope: Rational | null = null;
  let offset: Rational = { n: 0n, d: 1n };
  for (const t of form.num.values()) {
    if (t.powers.length === 0) offset = t.coefficient;
    else if (t.powers.length === 2 && t.powers[1] === UNIT) slope = t.coefficient;
    else return null;
  }
  return slope === null ? null : { slope, offset };
}

/** Two half-lines that look at each other. */
function meet(a: Piece, b: Piece): Piece {
  const [lower, upper] = a.high === null ? [a, b] : [b, a];
  return { low: lower.low, lowClosed: lower.lowClosed, high: upper.high, highClosed: upper.highClosed };
}

/** `x op bound` */
function half(op: RelationOp, bound: Node): Region | null {
  const infinite = isInfinite(bound);
  switch (op) {
    case '<': case '<=': return [{ low: null, high: infinite ? null : bound, lowClosed: false, highClosed: op === '<=' && !infinite }];
    case '>': case '>=': return [{ low: infinite ? null : bound, high: null, lowClosed: op === '>=' && !infinite, highClosed: false }];
    case '=': return [point(bound)];
    case '!=': return [{ ...LINE, high: bound }, { ...LINE, low: bound }];
    default: return null;
  }
}

interface Located {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

/** Rough places of all ends, or null when one is no number. */
function locate(pieces: Region, context: Context): Located[] | null {
  const result: Located[] = [];
  for (const piece of pieces) {
    const from = piece.low === null ? -Infinity : approximate(piece.low, context);
    const to = piece.high === null ? Infinity : approximate(piece.high, context);
    if (from === null || to === null) return null;
    result.push({ piece, from, to });
  }
  return result;
}

const near = (a: number, b: number): boolean => a === b || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

function isEmpty({ piece, from, to }: Located): boolean {
  return near(from, to) ? !(piece.lowClosed && piece.highClosed) : from > to;
}

/** Sorted, empty pieces dropped, touching pieces joined. */
function ordered(pieces: Region, context: Context): Region {
  const located = locate(pieces, context);
  if (located === null) return pieces;
  const parts = located.filter((part) => !isEmpty(part)).sort((a, b) => a.from - b.from || Number(b.piece.lowClosed) - Number(a.piece.lowClosed));
  const result: Located[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    const touches = last !== undefined && (part.from < last.to && !near(part.from, last.to) || (near(part.from, last.to) && (part.piece.lowClosed || last.piece.highClosed)));
    if (last === undefined || !touches) {
      result.push(part);
      continue;
    }
    const same = near(part.to, last.to);
    const longer = !same && part.to > last.to;
    const low = { low: last.piece.low, lowClosed: last.piece.lowClosed || (near(part.from, last.from) && part.piece.lowClosed) };
    const high = longer ? { high: part.piece.high, highClosed: part.piece.highClosed } : { high: last.piece.high, highClosed: last.piece.highClosed || (same && part.piece.highClosed) };
    result[result.length - 1] = { piece: { ...low, ...high }, from: last.from, to: Math.max(last.to, part.to) };
  }
  return result.map(({ piece }) => piece);
}

function intersectAll(regions: readonly Region[], context: Context): Region {
  return regions.reduce((a, b) => a.flatMap((x) => b.map((y) => intersect(x, y, context))).filter((piece) => piece !== null));
}

function intersect(a: Piece, b: Piece, context: Context): Piece | null {
  const located = locate([a, b], context);
  const [x, y] = located ?? [];
  if (x === undefined || y === undefined) return null;
  const lower = near(x.from, y.from) ? (a.lowClosed ? b : a) : x.from > y.from ? a : b;
  const upper = near(x.to, y.to) ? (a.highClosed ? b : a) : x.to < y.to ? a : b;
  const piece = { low: lower.low, lowClosed: lower.lowClosed, high: upper.high, highClosed: upper.highClosed };
  const place = { piece, from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) };
  return isEmpty(place) ? null : piece;
}

function complement(region: Region, context: Context): Region {
  const parts = ordered(region, context);
  const result: Piece[] = [];
  let low: Node | null = null;
  let lowClosed = false;
  let open = true;
  for (const part of parts) {
    if (part.low !== null) result.push({ low, lowClosed, high: part.low, highClosed: !part.lowClosed });
    low = part.high;
    lowClosed = !part.highClosed;
    open = part.high !== null;
  }
  if (open) result.push({ low, lowClosed: low === null ? false : lowClosed, high: null, highClosed: false });
  return result;
}

export function sameRegion(gold: Region, answer: Region, context: Context): boolean {
  if (gold.length !== answer.length) return decide(context, 'region', false);
  const rest = [...answer];
  for (const piece of gold) {
    const index = rest.findIndex((other) => samePiece(piece, other, context));
    if (index === -1) return decide(context, 'region', false);
    rest.splice(index, 1);
  }
  return decide(context, 'region', true);
}

function samePiece(a: Piece, b: Piece, context: Context): boolean {
  if (a.lowClosed !== b.lowClosed || a.highClosed !== b.highClosed) return false;
  const end = (x: Node | null, y: Node | null): boolean => (x === null || y === null ? x === y : context.equal(x, y));
  return end(a.low, b.low) && end(a.high, b.high);
}

/** Canonical text of a region. */
export function regionText(region: Region, text: (node: Node) => string): string {
  if (region.length === 0) return 'empty set';
  return region.map((piece) => (piece.low !== null && piece.low === piece.high
    ? `{${text(piece.low)}}`
    : `${piece.lowClosed ? '[' : '('}${piece.low === null ? '-inf' : text(piece.low)}, ${piece.high === null ? 'inf' : text(piece.high)}${piece.highClosed ? ']' : ')'}`)).join(' u ');
}

