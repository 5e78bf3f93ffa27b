import { limits } from '../limits.ts';
import { ParseError } from './parseError.ts';
import { SKIPPED, TEXTUAL } from './vocabulary.ts';

/**
 * `num`: digits with at most one point, groups already joined (`grouped`: by a bare comma, which may also separate items).
 * `id`: one letter. `word`: letters in a row, or the words of `\text{}`. `cmd`: a LaTeX command without its backslash.
 * `op`: one character or one of `**`, `<=`, `>=`, `!=`, `==`, `!!`, `\\`, `\{`, `\}`, `...`.
 */
export type TokenKind = 'num' | 'id' | 'word' | 'cmd' | 'op' | 'end';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offsets in the normalised text. */
  readonly start: number;
  readonly end: number;
  /** White space stands before it. */
  readonly space: boolean;
  /** It comes from `\text{}` or `\mathrm{}`. */
  readonly roman: boolean;
  readonly grouped: boolean;
}

/** Signs of money beside the dollar's, which also marks mathematics, with the unit each stands for. */
const CURRENCIES: ReadonlyMap<string, string> = new Map([['¢', 'cents'], ['€', 'euros'], ['euro', 'euros'], ['£', 'pounds'], ['pounds', 'pounds'], ['¥', 'yuan'], ['₹', 'rupees']]);
const SPACES = new Set([',', ';', ':', ' ', '!', '>', '\n', '\t', '/']);
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0xbf;
const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;

/**
 * Tokens of a normalised answer, ending with one `end` token. Linear in the text. Throws ParseError when there are more
 * than `limits.tokens` tokens or a number has more than `limits.digits` digits.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let space = false;
  /** Offsets where a textual argument ends, innermost last. */
  const romanEnds: number[] = [];
  const loneDollar = text.includes('$') && (text.match(/(?<!\\)\$/g)?.length ?? 0) % 2 === 1;

  const push = (kind: TokenKind, value: string, start: number, end: number, grouped = false): void => {
    if (tokens.length >= limits.tokens) throw new ParseError(`more than ${limits.tokens} symbols`, start);
    tokens.push({ kind, text: value, start, end, space, roman: romanEnds.length > 0, grouped });
    space = false;
  };

  while (position < text.length) {
    const code = text.charCodeAt(position);
    const start = position;
    if (romanEnds.length > 0 && position === romanEnds.at(-1)) {
      romanEnds.pop();
      space = true;
      position++;
    } else if (isBlank(code) || code === 0x7e) {
      space = true;
      position++;
    } else if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(position + 1)))) {
      position = number(start);
    } else if (code === 0x5c) {
      position = command(start);
    } else if (CURRENCIES.has(text.charAt(start))) {
      position = currency(start, start + 1, text.charAt(start));
    } else if (isLetter(code)) {
      position = letters(start);
    } else {
      position = operator(start);
    }
  }
  push('end', '', text.length, text.length);
  return tokens;

  function number(start: number): number {
    let end = start;
    let digits = '';
    let grouped = false;
    const run = (): void => {
      while (isDigit(text.charCodeAt(end))) digits += text.charAt(end++);
    };
    run();
    // A script ends before a space: `\log_2 256`, `2^3 125`.
    const script = text.charCodeAt(start - 1) === 0x5f || text.charCodeAt(start - 1) === 0x5e;
    if (digits.length > 0 && digits.length <= 3 && !script && !digits.startsWith('0')) {
      const [first, after] = [digits, end];
      for (;;) {
        const separator = groupSeparator(end);
        if (separator === 0 || !isGroup(end + separator)) break;
        if (separator === 1 && text.charAt(end) === ',') grouped = true;
        end += separator;
        digits += text.slice(end, end + 3);
        end += 3;
      }
      if (grouped && isListOfNumbers(start, after, end)) {
        [digits, end] = [first, after];
        grouped = false;
      }
    }
    if (text.charAt(end) === '.' && isDigit(text.charCodeAt(end + 1))) {
      digits += '.';
      end++;
      run();
    } else if (text.charAt(end) === '{' && text.startsWith('{,}', end) && isDigit(text.charCodeAt(end + 3))) {
      // `2{,}5`: TeX's way to write a decimal comma.
      digits += '.';
      end += 3;
      run();
    } else if (text.charAt(end) === ',' && text.charAt(end + 1) === '0' && digits !== '' && !script && isDecimalComma(start, end)) {
      digits += '.';
      end++;
      run();
    } else if (text.charAt(end) === '.' && !(text.charAt(end + 1) === '.')) {
      // `55.` and sympy's `1./3`
      end++;
    }
    if (digits.length > limits.digits) throw new ParseError(`a number of more than ${limits.digits} digits`, start);
    push('num', digits, start, end, grouped);
    return end;
  }

  /** Length of a thousands separator at `at`, or 0: `,` `{,}` `\,` `\!,\!` `,\!` `\ ` `'` or one space. */
  function groupSeparator(at: number): number {
    const char = text.charAt(at);
    if (char === ',') {
      if (isDigit(text.charCodeAt(at + 1))) return 1;
      const match = /^,\s?\\!\s?/.exec(text.slice(at, at + 6));
      return match === null ? 0 : match[0].length;
    }
    if (char === '{' && text.startsWith('{,}', at)) return /^\{,\}(?:\\!)?/.exec(text.slice(at, at + 6))?.[0].length ?? 0;
    if (char === '\\') return /^\\[,;: !](?:,?(?:\s?\\!)?)?\s?(?=\d)/.exec(text.slice(at, at + 9))?.[0].length ?? 0;
    if ((char === "'" || char === '~') && isDigit(text.charCodeAt(at + 1))) return 1;
    if (char === ' ' && isDigit(text.charCodeAt(at + 1)) && !/[/\\]/.test(text.charAt(at + 4))) return 1;
    return 0;
  }

  /** `10,100,1000`: a run of digits and commas whose groups are not all of three digits is a list, and none of its commas parts thousands. */
  function isListOfNumbers(start: number, after: number, end: number): boolean {
    if (text.charAt(after + 1) === '0') return false;
    const goesOn = text.charAt(end) === ',' && isDigit(text.charCodeAt(end + 1));
    return goesOn || (text.charAt(start - 1) === ',' && isDigit(text.charCodeAt(start - 2)));
  }

  /** `0,05`: no item of a list begins with a nought and goes on, so the comma between two runs of digits is a decimal one. */
  function isDecimalComma(start: number, at: number): boolean {
    if (!/^,0\d+(?!,?\d)/.test(text.slice(at, at + limits.digits))) return false;
    return /^(?:0|[1-9]\d*)$/.test(text.slice(start, at)) && text.charAt(start - 1) !== ',';
  }

  function isGroup(at: number): boolean {
    return isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at + 1)) && isDigit(text.charCodeAt(at + 2)) && !isDigit(text.charCodeAt(at + 3));
  }

  function letters(start: number): number {
    let end = start + 1;
    while (end < text.length && isLetter(text.charCodeAt(end))) end++;
    // Hyphenated and possessive words of prose stay one word.
    const word = text.slice(start, end);
    // `x in [0, 1]`, `k in Z`
    if (word === 'in' && /^\s*(?:\[|\\?\{|\\math|[RQZNC]\b|\([-+\w\s\\/]{1,20},)/.test(text.slice(end, end + 24))) {
      push('cmd', 'in', start, end);
      return end;
    }
    // `Rs. 480`
    if (word === 'Rs' || word === 'USD') {
      const amount = skipBlanks(text.charAt(end) === '.' ? end + 1 : end);
      if (isDigit(text.charCodeAt(amount)) || (text.charAt(amount) === '}' && isDigit(text.charCodeAt(skipBlanks(amount + 1))))) {
        push('op', word === 'Rs' ? 'rupees' : '$', start, end);
        return text.charAt(end) === '.' ? end + 1 : end;
      }
    }
    push(end - start === 1 ? 'id' : 'word', word, start, end);
    return end;
  }

  function command(start: number): number {
    let end = start + 1;
    while (end < text.length && /[A-Za-z]/.test(text.charAt(end))) end++;
    if (end === start + 1) {
      const char = text.charAt(end);
      if (SPACES.has(char)) {
        space = true;
        return end + 1;
      }
      if (char === '\\') {
        push('op', '\\\\', start, end + 1);
        // The optional distance after a row break: `\\[2pt]`.
        const distance = /^\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm)\]/.exec(text.slice(end + 1, end + 20));
        return end + 1 + (distance?.[0].length ?? 0);
      }
      if ('([)]'.includes(char)) {
        space = true;
        return end + 1;
      }
      // `118\$`: the sign behind its amount.
      if (char === '$' && tokens.at(-1)?.kind === 'num' && /^[.,;)}]?$/.test(text.charAt(skipBlanks(end + 1)))) push('word', 'dollars', start, end + 1);
      else if (char === '{' || char === '}' || char === '|') push('op', `\\${char}`, start, end + 1);
      else if (char !== '') push('op', char, start, end + 1);
      return end + 1;
    }
    const name = text.slice(start + 1, end);
    if (text.charAt(end) === '*' && (name === 'operatorname' || name === 'tag')) end++;
    if (TEXTUAL.has(name)) {
      const open = skipBlanks(end);
      if (text.charAt(open) === '{') {
        const close = matchingBrace(text, open);
        if (close === -1) throw new ParseError(`\\${name}{ is never closed`, start);
        romanEnds.push(close);
        if (name !== 'mathrm' && name !== 'operatorname') space = true;
        return open + 1;
      }
      return end;
    }
    if (SKIPPED.has(name)) {
      // `\left.` and `\right.` have no bracket to show.
      if ((name === 'left' || name === 'right') && text.charAt(skipBlanks(end)) === '.') return skipBlanks(end) + 1;
      if (name === 'quad' || name === 'qquad') space = true;
      return end;
    }
    if (CURRENCIES.has(name)) return currency(start, end, name);
    if (name === 'colon') push('op', ':', start, end);
    else push('cmd', name, start, end);
    return end;
  }

  /** A sign before its amount stays a sign; behind it, it reads like the word. */
  function currency(start: number, end: number, sign: string): number {
    const words = CURRENCIES.get(sign) ?? sign;
    if (isDigit(text.charCodeAt(skipBlanks(end)))) push('op', words, start, end);
    else push('word', words, start, end);
    return end;
  }

  function skipBlanks(at: number): number {
    while (isBlank(text.charCodeAt(at))) at++;
    return at;
  }

  function operator(start: number): number {
    for (const op of ['...', '**', '<=', '>=', '!=', '==', '!!', '->', '=>']) {
      if (text.startsWith(op, start)) {
        push('op', op, start, start + op.length);
        return start + op.length;
      }
    }
    const char = text.charAt(start);
    if (char === '$') {
      // A dollar sign without a partner is money; pairs only mark mathematics.
      if (loneDollar && isDigit(text.charCodeAt(start + 1))) push('op', '$', start, start + 1);
      space = true;
      return start + 1;
    }
    // `2{:}3`: braces only change the spacing.
    if (char === '{' && text.startsWith('{:}', start)) {
      push('op', ':', start + 1, start + 2);
      return start + 3;
    }
    // `.\overline{3}`: no digit stands before the block that repeats.
    if (char === '.' && /^\\(?:overline|bar|dot)\b/.test(text.slice(start + 1, start + 12))) push('num', '0', start, start + 1);
    else push('op', char, start, start + 1);
    return start + 1;
  }
}

/** Offset of the brace that closes the one at `open`, or -1. Escaped braces do not count. */
function matchingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return i;
  }
  return -1;
}
