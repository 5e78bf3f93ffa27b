import { integer } from '../arithmetic/rational.ts';
import { replaceSymbol } from '../canonical/substitute.ts';
import { contains, isPaired, num, sym, type Node } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';
import { sameValue } from './values.ts';

type Rows = readonly (readonly Node[])[];

/** Rows of a matrix: of an environment, of `[[a, b], [c, d]]`, with a factor in front multiplied in. Null for anything else. */
export function rowsOf(node: Node): Rows | null {
  if (node.t === 'matrix') return node.rows.length > 0 ? node.rows : null;
  if (node.t === 'seq' && node.open === '[' && isPaired(node) && node.items.length > 0) {
    const rows = node.items.map((item) => (item.t === 'seq' && item.open === '[' && isPaired(item) ? item.items : null));
    return rows.every((row) => row !== null) ? rows : null;
  }
  if (node.t === 'seq' && node.open === '[' && node.items[0]?.t === 'matrix' && node.items.length === 1) return rowsOf(node.items[0]);
  if (node.t === 'neg') return scaled(rowsOf(node.a), (cell) => ({ t: 'neg', a: cell }));
  if (node.t === 'div') {
    const { b } = node;
    return scaled(rowsOf(node.a), (cell) => ({ t: 'div', a: cell, b }));
  }
  if (node.t === 'mul') {
    const index = node.items.findIndex((item) => rowsOf(item) !== null);
    const inner = node.items[index];
    if (inner === undefined) return null;
    const factors = node.items.filter((_, other) => other !== index);
    if (factors.some((factor) => rowsOf(factor) !== null)) return null;
    return scaled(rowsOf(inner), (cell) => ({ t: 'mul', items: [...factors, cell] }));
  }
  return null;
}

function scaled(rows: Rows | null, change: (cell: Node) => Node): Rows | null {
  return rows === null ? null : rows.map((row) => row.map(change));
}

/** Two matrices: same shape, same entries. */
export function sameMatrix(gold: Rows, answer: Rows, context: Context): boolean {
  const same = gold.length === answer.length && gold.every((row, i) => {
    const other = answer[i];
    return other !== undefined && other.length === row.length && row.every((cell, j) => {
      const given = other[j];
      return given !== undefined && context.equal(cell, given);
    });
  });
  return decide(context, 'matrix', same);
}

/** A column or row vector against a tuple of the same length. */
export function sameVector(rows: Rows, tuple: Node & { t: 'seq' }, context: Context): boolean {
  const column = rows.every((row) => row.length === 1);
  const entries = column ? rows.flat() : rows.length === 1 ? rows[0] ?? [] : [];
  if (entries.length === 0 || tuple.open === '{' || !isPaired(tuple) || entries.length !== tuple.items.length) return decide(context, 'vector', false);
  warn(context, 'vector-notation', 'A vector and a tuple with the same components count as equal.');
  return decide(context, 'vector', entries.every((entry, index) => {
    const given = tuple.items[index];
    return given !== undefined && context.equal(entry, given);
  }));
}

const AXES = ['i', 'j', 'k'] as const;
/** A unit vector with its mark, or as a plain letter (`\mathbf i`). */
const MARKED = /^(?:(?:hat|vec) )?([ijk])$/;

/** `a i + b j + c k` as (a, b, c); null for a node that is no such sum. Only meant against a vector. */
export function unitVector(node: Node, context: Context): (Node & { t: 'seq' }) | null {
  const axes = new Map<string, string>();
  contains(node, (part) => {
    const axis = part.t === 'sym' || part.t === 'const' ? MARKED.exec(part.name)?.[1] : undefined;
    if (axis !== undefined && (part.t === 'sym' || part.t === 'const')) axes.set(part.name, axis);
    return false;
  });
  if (axes.size === 0 || new Set(axes.values()).size < axes.size || ![...axes.values()].some((axis) => axis !== 'i')) return null;
  const at = (value: (axis: string) => Node): Node => [...axes].reduce<Node>((part, [name, axis]) => replaceSymbol(part, name, value(axis)), node);
  const items = AXES.slice(0, [...axes.values()].includes('k') ? 3 : 2).map((axis) => at((name) => num(integer(name === axis ? 1 : 0))));
  const plain = at((axis) => sym(`axis ${axis}`));
  const sum: Node = { t: 'add', items: items.map((item, index): Node => ({ t: 'mul', items: [item, sym(`axis ${AXES[index] ?? ''}`)] })) };
  return sameValue(plain, sum, context) ? { t: 'seq', open: '<', close: '>', items } : null;
}
