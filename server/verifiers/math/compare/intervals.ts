import { bigReals } from '../arithmetic/bigFloat.ts';
import type { Node } from '../parse/ast.ts';
import { charge, type Context } from './context.ts';
import { approximate, realValue, sameValue } from './values.ts';

/** An end of an interval: its value (null for an infinite one) and its rough place, NaN where a symbol stands in it. */
export interface End {
  readonly at: Node | null;
  readonly place: number;
  readonly closed: boolean;
}

/** An interval of the real line. A point has equal, closed ends. */
export interface Piece {
  readonly low: End;
  readonly high: End;
}

const FROM: End = { at: null, place: -Infinity, closed: false };
const TO: End = { at: null, place: Infinity, closed: false };
export const LINE: Piece = { low: FROM, high: TO };

/** An end at a value or at the infinity that belongs on this side; null for the other infinity. */
export function endAt(node: Node, side: 'low' | 'high', closed: boolean, context: Context): End | null {
  const sign = infiniteSign(node);
  if (sign !== 0) return (sign < 0) === (side === 'low') ? (side === 'low' ? FROM : TO) : null;
  return { at: node, place: approximate(node, context) ?? NaN, closed };
}

export function infiniteSign(node: Node): -1 | 0 | 1 {
  if (node.t === 'const') return node.name === 'inf' ? 1 : 0;
  const inner = node.t === 'neg' ? infiniteSign(node.a) : 0;
  return inner === 0 ? 0 : inner > 0 ? -1 : 1;
}

export function pointAt(node: Node, context: Context): Piece {
  const end: End = { at: node, place: approximate(node, context) ?? NaN, closed: true };
  return { low: end, high: end };
}

/** The piece between two ends; null where it is no interval: an upper end below the lower one, or at it and open. */
export function between(low: End | null, high: End | null, context: Context): Piece | null {
  if (low === null || high === null) return null;
  const order = compareEnds(low, high, context);
  return order === null || order < 0 || (order === 0 && low.closed && high.closed) ? { low, high } : null;
}

/** Sign of the distance of two ends, decided exactly where they are near; null where a place is unknown. */
function compareEnds(a: End, b: End, context: Context): number | null {
  if (Number.isNaN(a.place) || Number.isNaN(b.place)) return null;
  if (a.at === null || b.at === null || Math.abs(a.place - b.place) > 1e-9 * Math.max(1, Math.abs(a.place), Math.abs(b.place))) return Math.sign(a.place - b.place) || 0;
  if (a.at === b.at || sameValue(a.at, b.at, context)) return 0;
  const [x, y] = [realValue(a.at, context), realValue(b.at, context)];
  return x === null || y === null ? null : bigReals.sign(bigReals.add(x, bigReals.negate(y)));
}

/** Whether the places of all ends are known. */
export function isLocated(pieces: readonly Piece[]): boolean {
  return pieces.every(({ low, high }) => !Number.isNaN(low.place) && !Number.isNaN(high.place));
}

class Unordered extends Error {}

/** As `compareEnds`, for pieces that are located. */
function order(a: End, b: End, context: Context): number {
  const sign = compareEnds(a, b, context);
  if (sign === null) throw new Unordered();
  return sign;
}

const orderLow = (a: End, b: End, context: Context): number => order(a, b, context) || Number(b.closed) - Number(a.closed);
const orderHigh = (a: End, b: End, context: Context): number => order(a, b, context) || Number(a.closed) - Number(b.closed);

/** Runs set algebra; null where the order of some ends is unknown. */
function attempt(pieces: readonly Piece[], context: Context, work: () => Piece[]): Piece[] | null {
  charge(context, 4 * pieces.length);
  if (!isLocated(pieces)) return null;
  try {
    return work();
  } catch (error) {
    if (error instanceof Unordered) return null;
    throw error;
  }
}

/** Sorted, touching pieces joined; null where some order is unknown. */
export function union(pieces: readonly Piece[], context: Context): Piece[] | null {
  return attempt(pieces, context, () => {
    const result: Piece[] = [];
    for (const piece of [...pieces].sort((a, b) => orderLow(a.low, b.low, context))) {
      const last = result.at(-1);
      const gap = last === undefined ? 1 : order(piece.low, last.high, context);
      if (last === undefined || gap > 0 || (gap === 0 && !piece.low.closed && !last.high.closed)) result.push(piece);
      else result[result.length - 1] = { low: last.low, high: orderHigh(piece.high, last.high, context) > 0 ? piece.high : last.high };
    }
    return result;
  });
}

/** The common part of two sorted unions; null where some order is unknown. */
export function intersection(a: readonly Piece[], b: readonly Piece[], context: Context): Piece[] | null {
  return attempt([...a, ...b], context, () => {
    const result: Piece[] = [];
    let [i, j] = [0, 0];
    for (;;) {
      const [x, y] = [a[i], b[j]];
      if (x === undefined || y === undefined) return result;
      const low = orderLow(x.low, y.low, context) > 0 ? x.low : y.low;
      const earlier = orderHigh(x.high, y.high, context) < 0;
      const high = earlier ? x.high : y.high;
      const width = order(high, low, context);
      if (width > 0 || (width === 0 && low.closed && high.closed)) result.push({ low, high });
      if (earlier) i++;
      else j++;
    }
  });
}

/** What a sorted union leaves of the line; null where some order is unknown. */
export function complement(pieces: readonly Piece[], context: Context): Piece[] | null {
  // Of one point, even an unknown one, two half-lines remain.
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && only.low === only.high) return outside(pieces);
  return attempt(pieces, context, () => outside(pieces));
}

function outside(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  let low: End | null = FROM;
  for (const piece of pieces) {
    if (low !== null && piece.low.at !== null) result.push({ low, high: { ...piece.low, closed: !piece.low.closed } });
    low = piece.high.at === null ? null : { ...piece.high, closed: !piece.high.closed };
  }
  if (low !== null) result.push({ low, high: TO });
  return result;
}

/** Two unions piece by piece: in order where it is known, else in any. */
export function samePieces(a: readonly Piece[], b: readonly Piece[], context: Context): boolean {
  if (a.length !== b.length) return false;
  if (isLocated(a) && isLocated(b)) return a.every((piece, index) => samePiece(piece, b[index], context));
  const rest = [...b];
  return a.every((piece) => {
    charge(context, 20 * rest.length);
    const index = rest.findIndex((other) => samePiece(piece, other, context));
    if (index !== -1) rest.splice(index, 1);
    return index !== -1;
  });
}

function samePiece(a: Piece, b: Piece | undefined, context: Context): boolean {
  if (b === undefined) return false;
  const same = (x: End, y: End): boolean => x.closed === y.closed && (x.at === null || y.at === null ? x.at === y.at : context.equal(x.at, y.at));
  return same(a.low, b.low) && same(a.high, b.high);
}
