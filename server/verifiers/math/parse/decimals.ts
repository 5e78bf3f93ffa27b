import { parseDecimal, rational, add, type Rational } from '../arithmetic/rational.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';

/**
 * The value of a repeating decimal whose number token was just read: `0.\overline{3}`, `0.1\dot{6}`, `0.(3)`, `0.333...`.
 * Null, with nothing read, when no repetition follows.
 */
export function repeatingDecimal(cursor: Cursor, token: Token): Rational | null {
  const start = cursor.index;
  const block = overlined(cursor) ?? dotted(cursor) ?? parenthesised(cursor, token);
  if (block !== null) return withBlock(token.text, block);
  cursor.index = start;
  if (cursor.isOp('...') || cursor.isCmd('ldots', 'dots', 'cdots')) {
    const found = /(\d{1,6}?)\1{1,}$/.exec(token.text.includes('.') ? token.text.slice(token.text.indexOf('.') + 1) : '');
    const repeated = found?.[0] ?? '';
    const unit = found?.[1] ?? '';
    if (unit !== '' && (repeated.length >= 3 || unit.length >= 2)) {
      cursor.next();
      return withBlock(token.text.slice(0, token.text.length - repeated.length), unit);
    }
  }
  return null;
}

/** The digits before the block (with their point) and the block that repeats for ever. */
function withBlock(before: string, block: string): Rational {
  const text = before.includes('.') ? before : `${before}.0`;
  const decimals = before.includes('.') ? before.length - before.indexOf('.') - 1 : 0;
  const tail = rational(BigInt(block), (10n ** BigInt(block.length) - 1n) * 10n ** BigInt(decimals));
  return add(parseDecimal(text), tail);
}

function overlined(cursor: Cursor): string | null {
  if (!cursor.isCmd('overline', 'bar') || cursor.peek().space) return null;
  cursor.next();
  return bracedDigits(cursor);
}

function dotted(cursor: Cursor): string | null {
  if (!cursor.isCmd('dot') || cursor.peek().space) return null;
  cursor.next();
  const first = bracedDigits(cursor);
  if (first === null) return null;
  // \dot1428\dot5: the dots mark the ends of the block.
  const start = cursor.index;
  const middle = cursor.peek().kind === 'num' ? cursor.next().text : '';
  if (cursor.isCmd('dot')) {
    cursor.next();
    const last = bracedDigits(cursor);
    if (last !== null) return first + middle + last;
  }
  cursor.index = start;
  return first;
}

function parenthesised(cursor: Cursor, token: Token): string | null {
  if (!cursor.isOp('(') || cursor.peek().space || cursor.peek(2).text !== ')' || cursor.peek(1).kind !== 'num') return null;
  if (!cursor.source.slice(token.start, token.end).includes('.') || cursor.peek(1).text.includes('.')) return null;
  cursor.next();
  const digits = cursor.next().text;
  cursor.next();
  return digits;
}

function bracedDigits(cursor: Cursor): string | null {
  const braced = cursor.takeOp('{');
  const token = cursor.peek();
  if (token.kind !== 'num' || token.text.includes('.')) return null;
  cursor.next();
  if (braced && !cursor.takeOp('}')) return null;
  return token.text;
}
