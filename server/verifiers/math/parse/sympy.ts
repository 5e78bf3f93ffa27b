import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** What the reader of sympy's classes needs of the reader of expressions. */
interface ArgumentReader {
  readonly cursor: Cursor;
  callArguments(): Node[];
}

const CLASSES: ReadonlySet<string> = new Set(['Interval', 'Union', 'FiniteSet', 'Rational', 'Matrix']);
/** The ends of `Interval` and its constructors: `Interval.Ropen(0, 1)` lacks its right end. */
const ENDS: Readonly<Record<string, readonly ['[' | '(', ']' | ')']>> = { '': ['[', ']'], open: ['(', ')'], Lopen: ['(', ']'], Ropen: ['[', ')'] };

/** `Interval.open(5, oo)`, `FiniteSet(1, 2)`, `Matrix([[1, 2], [3, 4]])`, as sympy prints them. Null, with nothing read, for anything else. */
export function readSympy(reader: ArgumentReader): Node | null {
  const { cursor } = reader;
  const name = cursor.peek().text;
  if (!CLASSES.has(name)) return null;
  const variant = name === 'Interval' && cursor.peek(1).text === '.' ? cursor.peek(2).text : '';
  const ends = Object.hasOwn(ENDS, variant) ? ENDS[variant] : undefined;
  if (ends === undefined || cursor.peek(variant === '' ? 1 : 3).text !== '(') return null;
  cursor.index += variant === '' ? 1 : 3;
  const args = reader.callArguments();
  const [first, second] = args;
  if (first === undefined || (args.length !== 2 && (name === 'Interval' || name === 'Rational'))) return cursor.fail(`arguments of ${name}`);
  switch (name) {
    case 'Interval': return { t: 'seq', open: isInfinite(first) ? '(' : ends[0], close: isInfinite(second) ? ')' : ends[1], items: args };
    case 'Union': return args.slice(1).reduce<Node>((a, b) => ({ t: 'setop', op: 'union', a, b }), first);
    case 'FiniteSet': return { t: 'seq', open: '{', close: '}', items: args };
    case 'Rational': return { t: 'div', a: first, b: second ?? first };
    default: return first;
  }
}

function isInfinite(node: Node | undefined): boolean {
  return node?.t === 'neg' ? isInfinite(node.a) : node?.t === 'const' && node.name === 'inf';
}
