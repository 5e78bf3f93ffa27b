import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';
import { combinedUnit, isUnitName, unitOf } from './unitTable.ts';
import { CONDITIONS, FRACTIONS, JOINERS, MULTIPLIERS, OPERATOR_WORDS, RELATIONS, VALUE_WORDS, VERBS } from './vocabulary.ts';

/**
 * What may stand behind a value is a closed list: a unit, a currency, a plain noun. Everything else changes the value, denies
 * it or hedges, and makes the answer unreadable: `8 more than n`, `8 at least`, `5 does not work`.
 */

/** Abbreviations that are products of two variables when they are glued to a number: `2nm`, `3mg`, `5mi`. */
const PRODUCTS = new Set('nm ms mg mi pc um gm eV mA mV mW MW kN kV Pa AU cc cu mol rad'.split(' '));
const LETTERS = /^\p{L}+$/u;
/** Scripts in which no variable is written: their letters behind a value are nouns and units. */
const FOREIGN = /^[\u0400-\u04ff\u2e80-\uffdc]/;

export function isForeign(token: Token): boolean {
  return token.text.charCodeAt(0) >= 0x400 && (token.kind === 'id' || token.kind === 'word') && FOREIGN.test(token.text);
}

/**
 * Whether letters in italics (`cm`, `m`, `km/h`, `N m^2`) may be a unit: the whole of the value's end is one unit. `from` is
 * the number of tokens ahead. Single letters are units only in a reading that asks for it.
 */
export function unitEnds(cursor: Cursor, from: number, letters: boolean): boolean {
  let ahead = from;
  for (;;) {
    const token = cursor.peek(ahead);
    const named = token.kind === 'word' ? isUnitName(token.text) : token.kind === 'id' && (letters || ahead > from) && unitOf(token.text) !== null;
    if (!named) return false;
    ahead++;
    if (cursor.peek(ahead).text === '.' && cursor.peek(ahead).kind === 'op') ahead++;
    if (cursor.peek(ahead).text === '^') {
      ahead++;
      if (cursor.peek(ahead).text === '{') while (cursor.peek(ahead).kind !== 'end' && cursor.peek(ahead).text !== '}') ahead++;
      ahead++;
    }
    const after = cursor.peek(ahead);
    if (sideFollows(cursor, ahead)) return true;
    if (after.text === '/' || after.text === 'per' || (after.kind === 'cmd' && after.text === 'cdot')) ahead++;
    else if (!(after.kind === 'word' || after.kind === 'id') || endsPhrase(after)) return endsValue(after);
  }
}

/** Whether the next side of a shape stands so many tokens ahead: `by 18 ft`, `\times 18 ft`. */
export function sideFollows(cursor: Cursor, ahead: number): boolean {
  const [join, number, unit] = [cursor.peek(ahead), cursor.peek(ahead + 1), cursor.peek(ahead + 2)];
  if (number.kind !== 'num') return false;
  if (join.text === 'by') return true;
  const times = (join.kind === 'cmd' && join.text === 'times') || (join.kind === 'id' && join.text === 'x');
  return times && (unit.kind === 'word' || unit.kind === 'id') && isUnitName(unit.text);
}

function endsPhrase(token: Token): boolean {
  const lower = token.text.toLowerCase();
  return token.kind === 'word' && (JOINERS.has(lower) || CONDITIONS.has(lower) || VERBS.has(lower) || OPERATOR_WORDS.has(lower));
}

/** Whether a token can follow a whole value: the end, a separator, a relation, a closing bracket, words. */
export function endsValue(token: Token): boolean {
  if (token.kind === 'op') return /^(?:[,;:.()=<>\]}&]|\\\\|\\\}|[<>!=]=|=>)$/.test(token.text);
  if (token.kind === 'cmd') return RELATIONS.has(token.text) || ['cup', 'cap', 'end', 'rangle', 'rbrace', 'forall', 'mid'].includes(token.text);
  return true;
}

/** Whether a word in italics reads as a unit where it stands; else its letters are variables. */
export function isItalicUnit(cursor: Cursor, glued: boolean): boolean {
  const { text } = cursor.peek();
  if (!isUnitName(text)) return false;
  // Words such as `miles` are no products.
  if (text.length >= 4) return true;
  return !(glued && PRODUCTS.has(text)) && unitEnds(cursor, 0, false);
}

/**
 * Reads the words behind a value. Returns the unit or noun as its parts joined by spaces; fails where the words are anything
 * else.
 */
export function readPhrase(cursor: Cursor): string {
  const parts: string[] = [];
  const words: Token[] = [];
  for (;;) {
    const token = cursor.peek();
    const after = cursor.peek(1);
    const fraction = unitFraction(cursor);
    if (fraction !== null) {
      parts.push(...fraction.parts);
      cursor.index += fraction.tokens;
    } else if (token.kind === 'cmd' && isUnitCommand(token)) {
      parts.push(token.text);
      cursor.next();
    } else if (token.kind === 'op' && token.text === '/' && parts.length === 0) {
      parts.push('/');
      cursor.next();
    } else if (token.kind === 'word' || token.kind === 'id') {
      if (endsPhrase(token) || (parts.length > 0 && sideFollows(cursor, 0)) || (parts.length > 0 && MULTIPLIERS.has(token.text.toLowerCase()))) break;
      parts.push(token.text);
      words.push(token);
      cursor.next();
    } else if (parts.length === 0) {
      break;
    } else if (token.kind === 'op' && token.text === '^') {
      const exponent = readExponent(cursor);
      if (exponent === null) break;
      parts.push(`^${exponent}`);
    } else if (token.kind === 'op' && token.text === '/' && (after.kind === 'word' || after.kind === 'id')) {
      parts.push('/');
      cursor.next();
    } else if (token.kind === 'op' && (token.text === '-' || token.text === "'") && !token.space && after.kind !== 'num' && (after.kind === 'word' || after.kind === 'id')) {
      // `year-old`, `cats' tails`
      cursor.next();
    } else if (token.kind === 'op' && token.text === '.' && after.kind !== 'num') {
      cursor.next();
    } else if (token.kind === 'cmd' && token.text === 'cdot' && (after.kind === 'word' || after.kind === 'id')) {
      parts.push('·');
      cursor.next();
    } else {
      break;
    }
  }
  // `\frac34 of the cake`, `half of an hour`
  if (parts.length > 2 && parts[0] === 'of' && /^(?:the|an?)$/.test(parts[1] ?? '')) parts.splice(0, 2);
  if (combinedUnit(parts) === null && !isNoun(parts, words)) {
    cursor.index -= 1;
    cursor.fail('words that are no unit or noun');
  }
  return parts.join(' ');
}

/** Plain nouns: words of letters, none of which counts, compares, computes or denies. */
function isNoun(parts: readonly string[], words: readonly Token[]): boolean {
  if (words.length === 0 || words.length > 8 || /^(?:of|in|the)$/i.test(parts[0] ?? '') || /^(?:of|per|the)$/i.test(parts.at(-1) ?? '')) return false;
  // `n \ge 4 \text{ even}` says something of n.
  if (/^(?:even|odd|prime|composite)$/i.test(parts.at(-1) ?? '')) return false;
  return parts.every((part) => {
    const lower = part.toLowerCase();
    if (part === '/') return true;
    if (!LETTERS.test(part) || VALUE_WORDS.has(lower)) return false;
    return part.length > 1 || FOREIGN.test(part) || lower === 'a';
  });
}

/** `^2`, `^{2}`, `^{-1}` behind a unit. Null, with nothing read, for anything else. */
function readExponent(cursor: Cursor): string | null {
  const start = cursor.index;
  cursor.next();
  const braced = cursor.takeOp('{');
  const sign = cursor.takeOp('-') ? '-' : '';
  const token = cursor.peek();
  if (token.kind === 'num') {
    cursor.next();
    if (!braced || cursor.takeOp('}')) return sign + token.text;
  }
  cursor.index = start;
  return null;
}

/** `30\ \Omega` */
export function isUnitCommand(token: Token): boolean {
  return token.kind === 'cmd' && token.text === 'Omega';
}

/** `\frac{\text{m}}{\text{s}^2}`: a quotient of upright units. Null for any other fraction; nothing is read. */
export function unitFraction(cursor: Cursor): { parts: string[]; tokens: number } | null {
  if (cursor.peek().kind !== 'cmd' || !FRACTIONS.has(cursor.peek().text)) return null;
  const parts: string[] = [];
  let ahead = 1;
  for (const separator of ['/', '']) {
    if (cursor.peek(ahead++).text !== '{') return null;
    for (; cursor.peek(ahead).text !== '}'; ahead++) {
      const token = cursor.peek(ahead);
      if ((token.kind === 'word' || token.kind === 'id') && token.roman) parts.push(token.text);
      else if (token.text === '^' && cursor.peek(ahead + 1).kind === 'num') parts.push(`^${cursor.peek(++ahead).text}`);
      else if (token.kind !== 'cmd' || token.text !== 'cdot') return null;
    }
    ahead++;
    if (separator !== '') parts.push(separator);
  }
  return combinedUnit(parts) === null ? null : { parts, tokens: ahead };
}
