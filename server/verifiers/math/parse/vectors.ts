import { isPaired, sumOf, type Node } from './ast.ts';

/** The sum of matrices of one shape, or of points of one dimension, each perhaps with factors: `(1, 2) + t(3, -1)` is `(1 + 3t, 2 - t)`. Null for other sums. */
export function vectorSum(terms: readonly Node[]): Node | null {
  const vectors = terms.map(vectorOf);
  const [first] = vectors;
  if (first?.t === 'matrix') {
    const fits = vectors.every((other) => other?.t === 'matrix' && other.rows.length === first.rows.length && other.rows.every((row, i) => row.length === first.rows[i]?.length));
    if (!fits) return null;
    return { ...first, rows: first.rows.map((row, i) => row.map((_, j) => sumOf(vectors.flatMap((other) => (other?.t === 'matrix' ? other.rows[i]?.[j] ?? [] : []))))) };
  }
  if (first?.t !== 'seq' || !vectors.every((other) => other?.t === 'seq' && other.items.length === first.items.length)) return null;
  return { ...first, items: first.items.map((_, i) => sumOf(vectors.flatMap((other) => (other?.t === 'seq' ? other.items[i] ?? [] : [])))) };
}

type Vector = Node & { t: 'seq' | 'matrix' };

/** A matrix or a point with the factors and signs before it multiplied in; null for anything else. */
function vectorOf(node: Node): Vector | null {
  if (isVector(node)) return node;
  if (node.t === 'neg') return mapped(vectorOf(node.a), (entry) => ({ t: 'neg', a: entry }));
  if (node.t === 'div') {
    const { b } = node;
    return containsVector(b) ? null : mapped(vectorOf(node.a), (entry) => ({ t: 'div', a: entry, b }));
  }
  if (node.t !== 'mul') return null;
  const vectors = node.items.filter(isVector);
  const factors = node.items.filter((item) => !isVector(item));
  // `A(1, 2)` is a point with its name.
  if (vectors.length !== 1 || factors.some((factor) => containsVector(factor) || (factor.t === 'sym' && /^[A-Z]/.test(factor.name)))) return null;
  return mapped(vectors[0] ?? null, (entry) => ({ t: 'mul', items: [...factors, entry] }));
}

function isVector(node: Node): node is Vector {
  return node.t === 'matrix' || (node.t === 'seq' && (node.open === '(' || node.open === '<') && isPaired(node) && node.items.length > 1);
}

function containsVector(node: Node): boolean {
  return node.t === 'seq' || node.t === 'matrix';
}

function mapped(vector: Vector | null, change: (entry: Node) => Node): Vector | null {
  if (vector === null) return null;
  return vector.t === 'matrix' ? { ...vector, rows: vector.rows.map((row) => row.map(change)) } : { ...vector, items: vector.items.map(change) };
}
