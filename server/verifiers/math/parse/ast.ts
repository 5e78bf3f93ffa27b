import type { Rational } from '../arithmetic/rational.ts';

/** Known functions after their names were unified (`tg` is `tan`, `\sin^{-1}` is `asin`). */
export type FunctionName =
  | 'root' | 'log' | 'exp' | 'abs' | 'floor' | 'ceil' | 'factorial' | 'doubleFactorial' | 'binomial' | 'gcd' | 'lcm' | 'min' | 'max' | 'sign'
  | 'sin' | 'cos' | 'tan' | 'cot' | 'sec' | 'csc' | 'asin' | 'acos' | 'atan' | 'acot' | 'asec' | 'acsc'
  | 'sinh' | 'cosh' | 'tanh' | 'coth' | 'asinh' | 'acosh' | 'atanh' | 're' | 'im' | 'conjugate' | 'argument' | 'mod' | 'det';

/** Relations keep what they are: none stands for another. */
export type PlainRelation =
  | '=' | '<' | '>' | '<=' | '>=' | 'll' | 'gg' | 'in' | 'subset' | 'superset' | 'approx' | 'congruent' | 'to'
  | 'similar' | 'proportional' | 'perpendicular' | 'parallel' | 'implies' | 'implied by' | 'iff' | 'divides';
export type RelationOp = PlainRelation | '!=' | `not ${PlainRelation}`;

/** Nodes of an answer as it was written. Positions live in parse errors; a finished tree has none. */
export type Node =
  /** `decimals`: digits after the point of a decimal literal, null for an integer. */
  | { readonly t: 'num'; readonly value: Rational; readonly decimals: number | null }
  | { readonly t: 'sym'; readonly name: string }
  | { readonly t: 'const'; readonly name: 'pi' | 'e' | 'i' | 'inf' }
  | { readonly t: 'add'; readonly items: readonly Node[] }
  | { readonly t: 'mul'; readonly items: readonly Node[] }
  | { readonly t: 'div'; readonly a: Node; readonly b: Node }
  | { readonly t: 'neg'; readonly a: Node }
  | { readonly t: 'pow'; readonly a: Node; readonly b: Node }
  /** a ± b; `first` is the sign of the upper reading. */
  | { readonly t: 'pm'; readonly a: Node | null; readonly b: Node; readonly first: 1 | -1 }
  | { readonly t: 'fn'; readonly name: FunctionName; readonly args: readonly Node[] }
  /** An unknown function applied, such as f(x). */
  | { readonly t: 'app'; readonly name: string; readonly args: readonly Node[] }
  /** Anything between brackets that is not a plain group, or a bare comma list (`open` and `close` empty). */
  | { readonly t: 'seq'; readonly open: Bracket; readonly close: Bracket; readonly items: readonly Node[]; readonly joiner?: 'or' | 'and' }
  | { readonly t: 'rel'; readonly items: readonly Node[]; readonly ops: readonly RelationOp[] }
  | { readonly t: 'logic'; readonly op: 'or' | 'and'; readonly items: readonly Node[] }
  | { readonly t: 'setop'; readonly op: 'union' | 'intersection' | 'minus'; readonly a: Node; readonly b: Node }
  | { readonly t: 'builder'; readonly element: Node; readonly condition: Node }
  | { readonly t: 'matrix'; readonly rows: readonly (readonly Node[])[] }
  | { readonly t: 'cases'; readonly rows: readonly (readonly Node[])[] }
  /** A value with a unit or noun behind it. */
  | { readonly t: 'unit'; readonly a: Node; readonly unit: string }
  | { readonly t: 'percent'; readonly a: Node }
  /** Degrees with minutes and seconds already added. */
  /** `scale`: of a temperature, where it is named. */
  | { readonly t: 'degree'; readonly a: Node; readonly scale?: 'C' | 'F' }
  | { readonly t: 'based'; readonly digits: string; readonly base: number }
  | { readonly t: 'ratio'; readonly items: readonly Node[] }
  /** Minutes of a day; `half`: the text said a.m. or p.m. */
  | { readonly t: 'time'; readonly minutes: number; readonly half: 'am' | 'pm' | null }
  | { readonly t: 'text'; readonly words: string }
  | { readonly t: 'named'; readonly name: 'R' | 'Q' | 'Z' | 'N' | 'C' | 'empty' }
  /** Sums, products, integrals and limits; `variable` is bound in `body`. */
  | { readonly t: 'big'; readonly op: 'sum' | 'product' | 'integral' | 'limit'; readonly variable: string; readonly from: Node | null; readonly to: Node | null; readonly body: Node }
  | { readonly t: 'ellipsis' };

export type Bracket = '' | '(' | '[' | '{' | ')' | ']' | '}' | '<' | '>';

export const num = (value: Rational, decimals: number | null = null): Node => ({ t: 'num', value, decimals });
export const sym = (name: string): Node => ({ t: 'sym', name });
export const fn = (name: FunctionName, ...args: Node[]): Node => ({ t: 'fn', name, args });

/** The sum of the items; a single item is itself. */
export function sumOf(items: readonly Node[]): Node {
  const first = items[0];
  return items.length === 1 && first !== undefined ? first : { t: 'add', items };
}

/** The direct parts of a node, in order. */
export function children(node: Node): readonly Node[] {
  switch (node.t) {
    case 'add': case 'mul': case 'seq': case 'rel': case 'logic': case 'ratio': return node.items;
    case 'fn': case 'app': return node.args;
    case 'div': case 'pow': case 'setop': return [node.a, node.b];
    case 'neg': case 'unit': case 'percent': case 'degree': return [node.a];
    case 'pm': return node.a === null ? [node.b] : [node.a, node.b];
    case 'builder': return [node.element, node.condition];
    case 'matrix': case 'cases': return node.rows.flat();
    case 'big': return [...(node.from === null ? [] : [node.from]), ...(node.to === null ? [] : [node.to]), node.body];
    default: return [];
  }
}

/** A copy with every direct part replaced by `change(part)`; the node itself when nothing changed. */
export function mapChildren(node: Node, change: (part: Node) => Node): Node {
  const all = (items: readonly Node[]): readonly Node[] => items.map(change);
  switch (node.t) {
    case 'add': case 'mul': case 'seq': case 'rel': case 'logic': case 'ratio': return { ...node, items: all(node.items) };
    case 'fn': case 'app': return { ...node, args: all(node.args) };
    case 'div': case 'pow': case 'setop': return { ...node, a: change(node.a), b: change(node.b) };
    case 'neg': case 'unit': case 'percent': case 'degree': return { ...node, a: change(node.a) };
    case 'pm': return { ...node, a: node.a === null ? null : change(node.a), b: change(node.b) };
    case 'builder': return { ...node, element: change(node.element), condition: change(node.condition) };
    case 'matrix': case 'cases': return { ...node, rows: node.rows.map(all) };
    case 'big': return { ...node, from: node.from === null ? null : change(node.from), to: node.to === null ? null : change(node.to), body: change(node.body) };
    default: return node;
  }
}

/** Names of the free symbols in order of appearance. */
export function symbols(node: Node, found = new Set<string>()): Set<string> {
  if (node.t === 'sym') found.add(node.name);
  else for (const part of children(node)) symbols(part, found);
  if (node.t === 'big') found.delete(node.variable);
  return found;
}

export function contains(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || children(node).some((part) => contains(part, test));
}

/** How deep sums, products, integrals and limits are nested in the node. */
export function seriesDepth(node: Node): number {
  const inner = children(node).reduce((depth, part) => Math.max(depth, seriesDepth(part)), 0);
  return node.t === 'big' ? inner + 1 : inner;
}

const CLOSING: Readonly<Partial<Record<Bracket, Bracket>>> = { '': '', '(': ')', '[': ']', '{': '}', '<': '>' };

/** Whether the brackets of a sequence are a pair, as those of a half-open interval are not. */
export function isPaired(node: Node & { t: 'seq' }): boolean {
  return CLOSING[node.open] === node.close;
}
