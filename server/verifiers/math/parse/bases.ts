import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { NUMBER_WORDS } from './vocabulary.ts';

/**
 * A number whose base is named: `4210_5`, `1A3_{16}`, `413_{\text{five}}`, `10101 base 2`. Null, with nothing read, where
 * letters may be variables (`2a_{12}`) or no base follows.
 */
export function readBased(cursor: Cursor): Node | null {
  let digits = '';
  let ahead = 0;
  for (; ; ahead++) {
    const token = cursor.peek(ahead);
    const part = (token.kind === 'num' || token.kind === 'id' || token.kind === 'word') && (ahead === 0 || !token.space) && /^[\dA-Za-z.]+$/.test(token.text);
    if (!part) break;
    digits += token.text;
  }
  const found = ahead === 0 ? null : baseAt(cursor, ahead);
  if (found === null || !isNumberIn(found.base, digits)) return null;
  cursor.index += ahead + found.length;
  return { t: 'based', digits: digits.toUpperCase(), base: found.base };
}

/** `(2B5)_{12}`: digits with letters in brackets. Null, with nothing read, for anything else. */
export function readBasedGroup(cursor: Cursor): Node | null {
  let digits = '';
  let ahead = 0;
  for (; /^[\dA-Za-z]+$/.test(cursor.peek(ahead).text) && cursor.peek(ahead).kind !== 'cmd' && (ahead === 0 || !cursor.peek(ahead).space); ahead++) digits += cursor.peek(ahead).text;
  if (!/[A-Za-z]/.test(digits) || !/\d|[A-Z]{2}/.test(digits) || cursor.peek(ahead).text !== ')' || cursor.peek(ahead + 1).text !== '_') return null;
  const found = baseAt(cursor, ahead + 1);
  if (found === null || digits.split('').some((digit) => !(Number.parseInt(digit, 36) < found.base))) return null;
  cursor.index += ahead + 1 + found.length;
  return { t: 'based', digits: digits.toUpperCase(), base: found.base };
}

/** The base named so many tokens ahead, and how many tokens name it. */
export function baseAt(cursor: Cursor, ahead: number): { base: number; length: number } | null {
  const word = (at: number): string => (cursor.peek(at).kind === 'word' ? cursor.peek(at).text.toLowerCase() : '');
  const closers: string[] = [];
  let at = ahead;
  if (cursor.peek(at).text === '(' && (word(at + 1) === 'base' || (word(at + 1) === 'in' && word(at + 2) === 'base'))) {
    closers.push(')');
    at++;
  }
  if (cursor.peek(at).text === '_' && cursor.peek(at).kind === 'op') at++;
  else if (word(at) === 'base') at++;
  else if (word(at) === 'in' && word(at + 1) === 'base') at += 2;
  else return null;
  for (; cursor.peek(at).text === '{' || cursor.peek(at).text === '('; at++) closers.unshift(cursor.peek(at).text === '{' ? '}' : ')');
  const token = cursor.peek(at++);
  const base = token.kind === 'num' ? Number(token.text) : token.kind === 'word' ? NUMBER_WORDS.get(token.text.toLowerCase()) ?? 0 : 0;
  for (const closer of closers) if (cursor.peek(at++).text !== closer) return null;
  return Number.isInteger(base) && base >= 2 && base <= 36 ? { base, length: at - ahead } : null;
}

/** Whether the digits are a number of the base, and not a product of variables with a subscript. */
function isNumberIn(base: number, digits: string): boolean {
  if (/^[\d.]+$/.test(digits)) return digits !== '.';
  if (digits.split('').some((digit) => !(Number.parseInt(digit, 36) < base))) return false;
  // In `a3f` a digit stands behind a letter, as in no product.
  return /\d/.test(digits.slice(-1)) || /[a-z]\d/i.test(digits) || (digits.length > 1 && digits === digits.toUpperCase());
}
