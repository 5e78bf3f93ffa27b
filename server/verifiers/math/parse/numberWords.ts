import { integer, rational, type Rational } from '../arithmetic/rational.ts';
import type { Cursor } from './cursor.ts';
import { MULTIPLIERS, NUMBER_WORDS } from './vocabulary.ts';

const DENOMINATORS: ReadonlyMap<string, bigint> = new Map([['half', 2n], ['halves', 2n], ['third', 3n], ['quarter', 4n], ['fourth', 4n], ['fifth', 5n], ['sixth', 6n], ['seventh', 7n], ['eighth', 8n], ['ninth', 9n], ['tenth', 10n]]
  .flatMap(([name, value]): [string, bigint][] => [[String(name), BigInt(value ?? 1)], [`${String(name)}s`, BigInt(value ?? 1)]]));

/** Reads a number in words: `twenty-three`, `one hundred and five`, `two thirds`. Null, with nothing read, for anything else. */
export function readNumberWords(cursor: Cursor): Rational | null {
  const small = (ahead: number): number | undefined => (cursor.peek(ahead).kind === 'word' ? NUMBER_WORDS.get(cursor.peek(ahead).text.toLowerCase()) : undefined);
  const scale = (ahead: number): bigint | undefined => (cursor.peek(ahead).kind === 'word' ? MULTIPLIERS.get(cursor.peek(ahead).text.toLowerCase()) : undefined);
  if (small(0) === undefined) return null;
  let total = 0n;
  let group = 0n;
  for (;;) {
    const [unit, multiplier] = [small(0), scale(0)];
    if (unit !== undefined) group += BigInt(unit);
    else if (multiplier === 100n || (multiplier !== undefined && multiplier < 100n)) group *= multiplier;
    else if (multiplier !== undefined) {
      total += group * multiplier;
      group = 0n;
    } else break;
    cursor.next();
    const hyphen = cursor.peek().text === '-' && !cursor.peek().space && small(1) !== undefined;
    const joined = cursor.peek().text.toLowerCase() === 'and' && multiplier !== undefined && small(1) !== undefined;
    if (hyphen || joined) cursor.next();
  }
  const dash = cursor.peek().text === '-' && !cursor.peek().space ? 1 : 0;
  const denominator = cursor.peek(dash).kind === 'word' ? DENOMINATORS.get(cursor.peek(dash).text.toLowerCase()) : undefined;
  if (denominator === undefined) return integer(total + group);
  cursor.index += dash + 1;
  return rational(total + group, denominator);
}
