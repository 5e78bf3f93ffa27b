import type { Rational } from '../arithmetic/rational.ts';
import { ONE_POLYNOMIAL } from '../canonical/polynomial.ts';
import { UNIT } from '../canonical/term.ts';
import { limits } from '../limits.ts';
import { fn, num, symbols, type Node, type RelationOp } from '../parse/ast.ts';
import type { Context } from './context.ts';
import { between, complement, endAt, infiniteSign, intersection, LINE, pointAt, union, type Piece } from './intervals.ts';
import { isLabel } from './labels.ts';
import { FLIPPED } from './relations.ts';
import { approximate, formOf } from './values.ts';

export type Domain = 'R' | 'Q' | 'Z' | 'N' | 'C';

/** A set of numbers: those of a domain in some intervals. Pieces are disjoint and in order where their places are known. */
export interface Region {
  readonly pieces: readonly Piece[];
  readonly domain: Domain;
  /** The name that the relations are about; null for an interval or a set, whose name is bound. */
  readonly variable: string | null;
}

export function ofPieces(pieces: readonly Piece[] | null, variable: string | null = null, domain: Domain = 'R'): Region | null {
  return pieces === null ? null : { pieces, domain, variable };
}

/** Whole numbers in an interval: its ends moved to whole numbers, `x > 2` to `x \ge 3`. Null where an end is unknown. */
export function wholeEnds(region: Region, context: Context): Region | null {
  if (region.domain !== 'Z' && region.domain !== 'N') return region;
  const pieces: Piece[] = [];
  for (const { low, high } of region.pieces) {
    if (![low, high].every((end) => end.at === null || (Math.abs(end.place) < 1e9 && (Number.isInteger(end.place) || Math.abs(end.place - Math.round(end.place)) > 1e-6)))) return null;
    const from = low.at === null ? low : pointAt(whole(low.closed ? Math.ceil(low.place) : Math.floor(low.place) + 1), context).low;
    const to = high.at === null ? high : pointAt(whole(high.closed ? Math.floor(high.place) : Math.ceil(high.place) - 1), context).high;
    const piece = between(from, to, context);
    if (piece !== null) pieces.push(piece);
  }
  const count = pieces.reduce((sum, { low, high }) => sum + high.place - low.place + 1, 0);
  if (region.domain === 'N' || !(count <= limits.items)) return { ...region, pieces };
  // A few whole numbers are a set of points.
  const points = pieces.flatMap(({ low, high }) => Array.from({ length: high.place - low.place + 1 }, (_, k) => pointAt(whole(low.place + k), context)));
  return { pieces: points, domain: 'R', variable: region.variable };
}

function whole(value: number): Node {
  return num({ n: BigInt(value), d: 1n });
}

/** Where a left side lies in the pieces: itself if it is a name, else the values of the one symbol that it is linear in. */
export function within(left: Node, pieces: readonly Piece[], domain: Domain, context: Context): Region | null {
  const name = nameOf(left, context);
  if (name !== null) return wholeEnds({ pieces, domain, variable: name }, context);
  const line = domain === 'R' ? linear(left, context) : null;
  if (line === null) return null;
  const back = (node: Node): Node => ({ t: 'div', a: { t: 'add', items: [node, { t: 'neg', a: num(line.offset) }] }, b: num(line.slope) });
  const turned = line.slope.n < 0n;
  const moved = pieces.map(({ low, high }): Piece | null => {
    const [from, to] = turned ? [high, low] : [low, high];
    return between(from.at === null ? LINE.low : endAt(back(from.at), 'low', from.closed, context), to.at === null ? LINE.high : endAt(back(to.at), 'high', to.closed, context), context);
  }).filter((piece) => piece !== null);
  return moved.length === pieces.length ? ofPieces(turned ? moved.reverse() : moved, line.name) : null;
}

/** What relations may be about: a name, the values of a function or one of them, words. */
function nameOf(node: Node, context: Context): string | null {
  if (node.t === 'sym') return node.name;
  if (node.t === 'app' && isLabel(node)) {
    if (node.args.every((arg) => arg.t === 'sym')) return `${node.name}()`;
    const form = formOf(node, context);
    return form === null ? null : context.builder.forms.text(form);
  }
  return node.t === 'text' ? node.words : null;
}

/** `left op bound`, where the left side is a name or linear in its one symbol, perhaps within an absolute value or a square: `x^2 < 4` is `|x| < 2`. */
export function bounded(left: Node, op: RelationOp, bound: Node, context: Context): Region | null {
  const name = nameOf(left, context);
  if (name !== null) return symbols(bound).has(name) ? null : ofPieces(halfLines(op, bound, context), name);
  if (symbols(bound).size > 0 || symbols(left).size !== 1) return null;
  const inner = left.t === 'fn' && left.name === 'abs' ? left.args[0] : undefined;
  const square = left.t === 'pow' && left.b.t === 'num' && left.b.value.n === 2n && left.b.value.d === 1n && (approximate(bound, context) ?? -1) > 0 ? left.a : undefined;
  const pieces = square !== undefined ? distances(op, fn('root', bound, num({ n: 2n, d: 1n })), context) : inner !== undefined ? distances(op, bound, context) : halfLines(op, bound, context);
  return pieces === null ? null : within(square ?? inner ?? left, pieces, 'R', context);
}

/** `|u| op bound`: where u lies. */
function distances(op: RelationOp, bound: Node, context: Context): Piece[] | null {
  const flipped = FLIPPED.get(op);
  if (flipped === undefined || !/^[<>]/.test(op)) return null;
  const [right, left] = [halfLines(op, bound, context), halfLines(flipped, { t: 'neg', a: bound }, context)];
  if (right === null || left === null) return null;
  return op.startsWith('<') ? intersection(left, right, context) : union([...left, ...right], context);
}

/** Slope and offset of an expression that is linear in its one symbol, with rational coefficients; else null. */
function linear(node: Node, context: Context): { name: string; slope: Rational; offset: Rational } | null {
  const [name] = symbols(node);
  const form = symbols(node).size === 1 ? formOf(node, context) : null;
  if (name === undefined || form === null || form.den !== ONE_POLYNOMIAL || form.num.size > 2) return null;
  let slope: Rational | null = null;
  let offset: Rational = { n: 0n, d: 1n };
  for (const t of form.num.values()) {
    const generator = t.powers[0] === undefined ? null : context.builder.forms.generators.get(t.powers[0]);
    if (generator === null) offset = t.coefficient;
    else if (t.powers.length === 2 && t.powers[1] === UNIT && generator.key === name) slope = t.coefficient;
    else return null;
  }
  return slope === null ? null : { name, slope, offset };
}

/** `x op bound` as pieces; null where it describes none (`x > \infty`). */
export function halfLines(op: RelationOp, bound: Node, context: Context): Piece[] | null {
  const closed = op === '<=' || op === '>=';
  switch (op) {
    case '<': case '<=': return only(between(LINE.low, endAt(bound, 'high', closed, context), context));
    case '>': case '>=': return only(between(endAt(bound, 'low', closed, context), LINE.high, context));
    case '=': return infiniteSign(bound) === 0 ? [pointAt(bound, context)] : null;
    case '!=': return infiniteSign(bound) === 0 ? complement([pointAt(bound, context)], context) : null;
    default: return null;
  }
}

function only(piece: Piece | null): Piece[] | null {
  return piece === null ? null : [piece];
}
