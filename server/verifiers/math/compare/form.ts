import { children, type Node } from '../parse/ast.ts';
import { gcd } from '../arithmetic/rational.ts';

/** Number of nodes of a tree. */
export function complexity(node: Node): number {
  return 1 + children(node).reduce((sum, part) => sum + complexity(part), 0);
}

type Shape = 'number' | 'fraction' | 'sum' | 'product' | 'power' | 'other';

function shapeOf(node: Node): Shape {
  switch (node.t) {
    case 'neg': case 'unit': case 'percent': case 'degree': return shapeOf(node.a);
    case 'num': return 'number';
    case 'div': return 'fraction';
    case 'add': return 'sum';
    // 2\sqrt3 and 5x are single terms, (x+1)(x+2) is a product.
    case 'mul': return node.items.some((item) => item.t === 'add' || (item.t === 'pow' && item.a.t === 'add')) ? 'product' : 'power';
    case 'pow': return node.a.t === 'add' ? 'product' : 'power';
    default: return 'other';
  }
}

/** Whether an equal answer also has the gold's form: the same kind of term, and a fraction in lowest terms where the gold's is. */
export function sameForm(gold: Node, answer: Node): boolean {
  const [g, a] = [shapeOf(gold), shapeOf(answer)];
  if (g === 'number' || g === 'fraction') return (a === 'number' || a === 'fraction') && (!isReduced(gold) || isReduced(answer));
  return g === a;
}

function isReduced(node: Node): boolean {
  if (node.t === 'neg') return isReduced(node.a);
  if (node.t !== 'div') return true;
  const [top, bottom] = [node.a.t === 'neg' ? node.a.a : node.a, node.b];
  if (top.t !== 'num' || bottom.t !== 'num') return false;
  return top.value.d === 1n && bottom.value.d === 1n && gcd(top.value.n, bottom.value.n) === 1n;
}

/** Whether the answer quotes an expression of the statement that is less simple than the gold: it was handed back unsolved. */
export function isHandedBack(statement: string, answerText: string, gold: Node, answer: Node): boolean {
  if (answer.t === 'num' || complexity(answer) < complexity(gold) + 2) return false;
  const text = squeezed(answerText);
  return text.length >= 6 && squeezed(statement).includes(text);
}

function squeezed(text: string): string {
  return text.replace(/\\(?:left|right|displaystyle|[,;:! ])|[\s$~]/g, '').replace(/\\[dtc]frac/g, '\\frac');
}
