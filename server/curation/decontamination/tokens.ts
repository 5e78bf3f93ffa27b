import type { Domain } from '../../protocol/problem.ts';
import { CHARACTER_WORDS, COMMAND_SYNONYMS, PROSE_COMMANDS, STYLE_COMMANDS, isMathEnvironment } from './latexWords.ts';
import { DIGIT_SPACE, normaliseText, originEnd, originOf } from './normalise.ts';
import { rangesToSkip } from './wrappers.ts';

/** Raised whenever the same text may give other tokens: indexes of another version are of no use. */
export const TOKENIZER_VERSION = 2;

/** Tokens of a text in order; `starts`/`ends` are UTF-16 offsets in the original text. */
export interface Tokens {
  readonly words: string[];
  readonly starts: number[];
  readonly ends: number[];
  /** 1 where the token is a number that the problem depends on (not an equation's `\tag`). */
  readonly numbers: number[];
}

/**
 * Tokens that survive a change of formatting but not of wording (decontamination rule 2.2).
 * Signs and operators vanish: never use these for equality or deduplication (see equality.ts).
 */
export function balancedTokens(original: string, domain: Domain): Tokens {
  const normalised = normaliseText(original);
  const text = normalised.text;
  const tokens: Tokens = { words: [], starts: [], ends: [], numbers: [] };
  const scan = new Scanner(text, domain, (word, start, end, isNumber) => {
    tokens.words.push(word);
    tokens.starts.push(originOf(normalised, start));
    tokens.ends.push(originEnd(normalised, end));
    tokens.numbers.push(isNumber ? 1 : 0);
  });
  const stop = domain === 'code' ? startOfSamples(text) : text.length;
  let at = 0;
  for (const skip of rangesToSkip(text)) {
    if (skip.start >= stop) break;
    scan.run(at, skip.start);
    at = skip.end;
  }
  if (at < stop) scan.run(at, stop);
  return tokens;
}

/** The published procedure's tokens: lower-cased words between white space, LaTeX and punctuation glued on. */
export function paperTokens(text: string): Tokens {
  const tokens: Tokens = { words: [], starts: [], ends: [], numbers: [] };
  for (const match of text.matchAll(/\S+/g)) {
    tokens.words.push(match[0].toLowerCase());
    tokens.starts.push(match.index);
    tokens.ends.push(match.index + match[0].length);
    tokens.numbers.push(0);
  }
  return tokens;
}

const SAMPLES = /(?:^|\n)[ \t]*[-*#=]{0,12}[ \t]*(?:sample (?:inputs?|outputs?|tests?|cases?)\b|examples?(?: (?:input|output|\d{1,2}))?[ \t]*[-*#=:]{0,12}[ \t]*(?=\n|$))/gi;

/** Where the samples of a code statement begin: tests must not count as prose. A heading at the very start is not one. */
function startOfSamples(text: string): number {
  for (const match of text.matchAll(SAMPLES)) if (match.index > 80) return match.index;
  return text.length;
}

type Emit = (word: string, start: number, end: number, isNumber: boolean) => void;

/** One pass over a normalised text. Holds what the characters mean at this place: inside math, prose within math, or a tag. */
class Scanner {
  readonly #text: string;
  readonly #math: boolean;
  readonly #emit: Emit;
  /** Math lasts up to this offset, where its closing delimiter stands. */
  #mathEnd = -1;
  /** Nesting of display environments. */
  #environments = 0;
  /** Brace depth, and the depths at which prose or a tag began (0 = not inside one). */
  #depth = 0;
  #proseDepth = 0;
  #tagDepth = 0;
  /** Closing delimiters known not to come any more: keeps hostile texts linear. */
  readonly #absent = new Set<string>();

  constructor(text: string, domain: Domain, emit: Emit) {
    this.#text = text;
    this.#math = domain === 'math';
    this.#emit = emit;
  }

  run(start: number, end: number): void {
    const text = this.#text;
    let at = start;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (isLetter(code)) at = this.#letters(at, end);
      else if (isDigit(code)) at = this.#number(at, end);
      else if (code === 0x5c) at = this.#command(at, end);
      else if (code === 0x24) at = this.#dollar(at);
      else if (code === 0x5e) at = this.#caret(at, end);
      else if (code > 127) at = this.#other(at);
      else {
        if (code === 0x7b) this.#depth++;
        else if (code === 0x7d) this.#closeBrace();
        at++;
      }
    }
  }

  #closeBrace(): void {
    if (this.#depth === this.#proseDepth) this.#proseDepth = 0;
    if (this.#depth === this.#tagDepth) this.#tagDepth = 0;
    if (this.#depth > 0) this.#depth--;
  }

  #letters(start: number, limit: number): number {
    const text = this.#text;
    let end = start + 1;
    let apostrophe = false;
    for (; end < limit; end++) {
      const code = text.charCodeAt(end);
      if (isLetter(code)) continue;
      if ((code === 0x27 || code === 0x2019) && end + 1 < limit && isLetter(text.charCodeAt(end + 1))) apostrophe = true;
      else break;
    }
    const run = text.slice(start, end);
    if (this.#math && !apostrophe && this.#isProduct(run, start)) {
      for (let i = 0; i < run.length; i++) this.#emit(run.charAt(i).toLowerCase(), start + i, start + i + 1, false);
    } else {
      this.#emit((apostrophe ? run.replace(/['\u2019]/g, '') : run).toLowerCase(), start, end, false);
    }
    return end;
  }

  /** Rule 2.2.7: `ABCD` everywhere and `xy` inside math are runs of one-letter names, which authors space differently. */
  #isProduct(run: string, start: number): boolean {
    if (run.length < 2 || run.length > 4) return false;
    if (run === run.toUpperCase()) return true;
    return run.length <= 3 && this.#proseDepth === 0 && this.#insideMath(start);
  }

  #insideMath(at: number): boolean {
    return at < this.#mathEnd || this.#environments > 0;
  }

  #number(start: number, limit: number): number {
    const text = this.#text;
    let end = digitsEnd(text, start, limit);
    let word = text.slice(start, end);
    while (this.#math) {
      const separator = groupSeparator(text, end);
      const group = end + separator;
      if (separator === 0 || group + 3 > limit || digitsEnd(text, group, Math.min(limit, group + 4)) !== group + 3) break;
      word += text.slice(group, group + 3);
      end = group + 3;
    }
    if (text[end] === '.' && end + 1 < limit && isDigit(text.charCodeAt(end + 1))) {
      const fraction = digitsEnd(text, end + 1, limit);
      word += text.slice(end, fraction);
      end = fraction;
    }
    this.#emit(word, start, end, this.#tagDepth === 0);
    return end;
  }

  #command(start: number, limit: number): number {
    const text = this.#text;
    let end = start + 1;
    while (end < limit && isLetter(text.charCodeAt(end))) end++;
    if (end === start + 1) {
      const next = text[end];
      if (next === '(' || next === '[') this.#openMath(end + 1, next === '(' ? '\\)' : '\\]');
      return Math.min(end + 1, limit);
    }
    const name = text.slice(start + 1, end);
    if (name === 'begin' || name === 'end') return this.#environment(name, start, end, limit);
    if (name === 'tag') this.#tagDepth = this.#depth + 1;
    if (this.#math && STYLE_COMMANDS.has(name)) {
      if (PROSE_COMMANDS.has(name) && text[end] === '{') this.#proseDepth = this.#depth + 1;
      return end;
    }
    this.#emit(COMMAND_SYNONYMS.get(name) ?? name.toLowerCase(), start, end, false);
    return end;
  }

  #environment(keyword: 'begin' | 'end', start: number, end: number, limit: number): number {
    this.#emit(keyword, start, end, false);
    const close = this.#text.indexOf('}', end);
    if (this.#text[end] !== '{' || close < 0 || close > Math.min(limit, end + 40)) return end;
    const name = this.#text.slice(end + 1, close);
    const letters = name.replace(/[^A-Za-z]/g, '').toLowerCase();
    if (letters !== '') this.#emit(letters, end + 1, close, false);
    if (isMathEnvironment(name)) {
      this.#environments = Math.max(0, this.#environments + (keyword === 'begin' ? 1 : -1));
    }
    return close + 1;
  }

  #dollar(start: number): number {
    const delimiter = this.#text[start + 1] === '$' ? '$$' : '$';
    const after = start + delimiter.length;
    if (start > this.#mathEnd && this.#openMath(after, delimiter) && isPrice(this.#text.slice(after, this.#mathEnd))) this.#mathEnd = start;
    return after;
  }

  /** Math begins at `from` if its closing delimiter follows. */
  #openMath(from: number, closing: string): boolean {
    if (from <= this.#mathEnd) return false;
    const end = this.#absent.has(closing) ? -1 : indexOfUnescaped(this.#text, closing, from);
    if (end < 0) {
      this.#absent.add(closing);
      return false;
    }
    this.#mathEnd = end;
    return true;
  }

  #caret(start: number, limit: number): number {
    const degrees = /\^\s?(?:\{\s?\\circ\s?\}|\\circ(?![A-Za-z]))/y;
    degrees.lastIndex = start;
    if (!degrees.test(this.#text) || degrees.lastIndex > limit) return start + 1;
    this.#emit('degrees', start, degrees.lastIndex, false);
    return degrees.lastIndex;
  }

  #other(start: number): number {
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0xfffd);
    const end = start + character.length;
    const word = CHARACTER_WORDS.get(character.toLowerCase());
    if (word !== undefined) this.#emit(word, start, end, false);
    else if (/\p{L}/u.test(character)) this.#emit(character.toLowerCase(), start, end, false);
    return end;
  }
}

/**
 * Is what stands between two dollar signs prose between two prices ("$10 while a pound costs $15")? Taken as math, the words
 * after each price would depend on how many prices came before.
 */
function isPrice(content: string): boolean {
  if (!/^\d/.test(content) || content.includes('\\')) return false;
  return /\s$/.test(content) || /[a-z]{2,20}\s[a-z]{2,20}/.test(content);
}

/** Length of what stands between two groups of digits (rule 2.2.6 and the other ways to write it): 1,000 = 1{,}000 = 1,\!000 = 1\,000 = 1 000 (thin space). */
function groupSeparator(text: string, at: number): number {
  const comma = text.startsWith('{,}', at) ? 3 : text[at] === ',' ? 1 : 0;
  const space = at + comma;
  return comma + (text.startsWith('\\,', space) || text.startsWith('\\!', space) ? 2 : text[space] === DIGIT_SPACE ? 1 : 0);
}

/** Where a delimiter stands that no backslash takes its meaning from: the `\$` of a sum of money inside of math does not end it. */
function indexOfUnescaped(text: string, closing: string, from: number): number {
  for (let at = text.indexOf(closing, from); at >= 0; at = text.indexOf(closing, at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text[at - slashes - 1] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function digitsEnd(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && isDigit(text.charCodeAt(end))) end++;
  return end;
}
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
