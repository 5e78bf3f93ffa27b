import { integer } from '../arithmetic/rational.ts';
import { num, sym, type Node } from './ast.ts';
import type { Cursor } from './cursor.ts';

const PLAIN = new Set(['R', 'Q', 'Z', 'N', 'C']);
const ZERO = num(integer(0));
const INFINITY: Node = { t: 'const', name: 'inf' };

/** Marks behind the letter of a set of numbers, and what they leave of it. */
const MARKS: ReadonlyMap<string, 'positive' | 'nonnegative' | 'negative' | 'nonzero'> = new Map([
  ['+', 'positive'], ['>0', 'positive'], ['++', 'positive'], ['>=1', 'positive'], ['>=0', 'nonnegative'], ['0+', 'nonnegative'], ['+0', 'nonnegative'], ['0', 'nonnegative'], ['-', 'negative'], ['<0', 'negative'], ['*', 'nonzero'], ['*+', 'positive'], ['+*', 'positive'],
]);

export function isNumberSet(letter: string): boolean {
  return PLAIN.has(letter);
}

/**
 * The set of numbers whose letter was just read, with its marks: `\mathbb{R}^+` is an interval, `\mathbb{Z}_{>0}` and `N^*`
 * are the same symbol, `\mathbb{R}^2` is a symbol of its own.
 */
export function readNumberSet(cursor: Cursor, letter: string): Node {
  let marks = '';
  while (PLAIN.has(letter) && cursor.isOp('^', '_')) {
    cursor.next();
    marks += readMark(cursor);
  }
  if (marks === '') return PLAIN.has(letter) ? { t: 'named', name: letter as 'R' } : sym(letter);
  const part = MARKS.get(marks);
  if (part === undefined) return sym(`${letter}^${marks}`);
  if (letter === 'R') return realPart(part);
  if (letter === 'Q' || letter === 'C') return sym(`${letter} ${part}`);
  if (letter === 'N') return sym(part === 'nonnegative' ? 'Z nonnegative' : 'Z positive');
  return marks === '0' ? sym('Z^0') : sym(`Z ${part}`);
}

function realPart(part: 'positive' | 'nonnegative' | 'negative' | 'nonzero'): Node {
  if (part === 'nonzero') return { t: 'setop', op: 'minus', a: { t: 'named', name: 'R' }, b: { t: 'seq', open: '{', close: '}', items: [ZERO] } };
  if (part === 'negative') return { t: 'seq', open: '(', close: ')', items: [{ t: 'neg', a: INFINITY }, ZERO] };
  return { t: 'seq', open: part === 'positive' ? '(' : '[', close: ')', items: [ZERO, INFINITY] };
}

function readMark(cursor: Cursor): string {
  const spelled = (): string => {
    const { text } = cursor.next();
    return text === 'ge' || text === 'geq' || text === 'geqslant' ? '>=' : text === 'ast' || text === 'star' || text === 'times' ? '*' : text;
  };
  if (!cursor.takeOp('{')) return spelled();
  let mark = '';
  while (!cursor.isOp('}')) {
    if (cursor.atEnd()) cursor.fail('a set of numbers is not closed');
    mark += spelled();
  }
  cursor.next();
  return mark;
}
