import { integer, rational, type Rational } from '../arithmetic/rational.ts';
import type { Cursor } from './cursor.ts';
import { MULTIPLIERS, NUMBER_WORDS } from './vocabulary.ts';

const ORDINALS = 'third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(' ');
const DENOMINATORS: ReadonlyMap<string, bigint> = new Map<string, bigint>([
  ...ORDINALS.map((name, index): [string, bigint] => [name, BigInt(index + 3)]),
  ['half', 2n], ['halve', 2n], ['quarter', 4n], ['thirtieth', 30n], ['fortieth', 40n], ['fiftieth', 50n], ['sixtieth', 60n], ['seventieth', 70n], ['eightieth', 80n], ['ninetieth', 90n], ['hundredth', 100n], ['thousandth', 1000n],
]);

/** Reads a number in words: `twenty-three`, `one hundred and five`, `two thirds`. Null, with nothing read, for anything else. */
export function readNumberWords(cursor: Cursor): Rational | null {
  if (smallAt(cursor, 0) === undefined) return null;
  const value = readWhole(cursor);
  const dash = cursor.peek().text === '-' && !cursor.peek().space ? 1 : 0;
  const denominator = denominatorAt(cursor, dash);
  if (denominator === null) return integer(value);
  cursor.index += dash + denominator.tokens;
  return rational(value, denominator.value);
}

function smallAt(cursor: Cursor, ahead: number): bigint | undefined {
  const value = cursor.peek(ahead).kind === 'word' ? NUMBER_WORDS.get(cursor.peek(ahead).text.toLowerCase()) : undefined;
  return value === undefined ? undefined : BigInt(value);
}

function readWhole(cursor: Cursor): bigint {
  let total = 0n;
  let group = 0n;
  for (;;) {
    const unit = smallAt(cursor, 0);
    const multiplier = cursor.peek().kind === 'word' ? MULTIPLIERS.get(cursor.peek().text.toLowerCase()) : undefined;
    if (unit !== undefined && follows(group, unit)) group += unit;
    else if (multiplier === undefined || group === 0n && total === 0n) break;
    else if (multiplier <= 100n) group *= multiplier;
    else {
      total += group * multiplier;
      group = 0n;
    }
    cursor.next();
    const hyphen = cursor.peek().text === '-' && !cursor.peek().space && smallAt(cursor, 1) !== undefined;
    const joined = cursor.peek().text.toLowerCase() === 'and' && multiplier !== undefined && smallAt(cursor, 1) !== undefined;
    if (joined || (hyphen && follows(group, smallAt(cursor, 1) ?? 0n))) cursor.next();
  }
  return total + group;
}

/** Whether a word goes on with the number before it: `twenty-three` is one number, `three twenty` is none. */
function follows(group: bigint, unit: bigint): boolean {
  const rest = group % 100n;
  return rest === 0n || (rest >= 20n && rest % 10n === 0n && unit > 0n && unit < 10n);
}

/** `thirds`, `thirty-sixths`: what a number in words is divided by. */
function denominatorAt(cursor: Cursor, ahead: number): { value: bigint; tokens: number } | null {
  const named = (at: number): bigint | undefined => (cursor.peek(at).kind === 'word' ? DENOMINATORS.get(cursor.peek(at).text.toLowerCase().replace(/s$/, '')) : undefined);
  const single = named(ahead);
  if (single !== undefined) return { value: single, tokens: 1 };
  const tens = smallAt(cursor, ahead);
  const dash = cursor.peek(ahead + 1).text === '-' ? 1 : 0;
  const ones = tens === undefined || tens < 20n ? undefined : named(ahead + 1 + dash);
  return tens === undefined || ones === undefined || ones > 9n ? null : { value: tens + ones, tokens: 2 + dash };
}
