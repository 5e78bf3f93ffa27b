import { integer, parseDecimal } from '../arithmetic/rational.ts';
import { contains, fn, num, sym, symbols, type Node } from './ast.ts';
import { CommandReader } from './commands.ts';
import { readBased } from './bases.ts';
import { repeatingDecimal } from './decimals.ts';
import { derivative } from './leibniz.ts';
import { readNumberWords } from './numberWords.ts';
import { readSympy } from './sympy.ts';
import type { Token } from './tokenize.ts';
import { FUNCTIONS, JOINERS, NUMBER_WORDS, SHORT_WORDS } from './vocabulary.ts';
import { splitWord, wordConstant } from './words.ts';

/** Letters that are functions when a parenthesis follows. */
const APPLIED = new Set(['f', 'g', 'h', 'F', 'G', 'P', 'u', 'φ']);

/** The smallest values: numbers, symbols with their subscripts, runs of letters. */
export abstract class AtomReader extends CommandReader {
  private readonly mayNameBase = /_|base/.test(this.cursor.source);

  protected primary(): Node {
    const c = this.cursor;
    const token = c.peek();
    if (this.mayNameBase && token.kind !== 'op' && token.kind !== 'cmd') {
      const based = readBased(c);
      if (based !== null) return based;
    }
    switch (token.kind) {
      case 'num': return this.number();
      case 'id': return this.identifier();
      case 'word': return this.word();
      case 'cmd': return this.command();
      case 'op': return this.bracket();
      default: return c.fail('a value is missing');
    }
  }

  protected number(): Node {
    const c = this.cursor;
    const token = c.next();
    const raw = c.source.slice(token.start, token.end);
    const repeating = raw.includes('.') ? repeatingDecimal(c, token) : null;
    if (repeating !== null) return num(repeating);
    const point = token.text.indexOf('.');
    const value = num(parseDecimal(token.text), point === -1 ? null : token.text.length - point - 1);
    const lower = c.peek(1);
    // `7C3` alone; in a longer formula the letter may be a name.
    if (c.index === 1 && c.peek().text === 'C' && !c.peek().space && lower.kind === 'num' && !lower.space && point === -1 && c.peek(2).kind === 'end') {
      c.index += 2;
      return fn('binomial', value, num(parseDecimal(lower.text)));
    }
    if (!c.isOp('_')) {
      // `1.5e3`, `1.5E+3`: a power of ten without a space before the e.
      const e = c.peek();
      const exponent = /^[eE]$/.test(e.text) && e.kind === 'id' && !e.space ? this.tenExponent() : null;
      if (exponent === null) return value;
      return { t: 'mul', items: [value, { t: 'pow', a: num(integer(10)), b: num(integer(exponent)) }] };
    }
    c.next();
    return c.fail('a number with a subscript that is no base');
  }

  protected tenExponent(): number | null {
    const c = this.cursor;
    let ahead = 1;
    const sign = c.peek(1).text;
    if (c.peek(1).kind === 'op' && (sign === '-' || sign === '+') && !c.peek(1).space) ahead = 2;
    const digits = c.peek(ahead);
    const behind = c.peek(ahead + 1);
    // `4e+7p` has a product behind the sign, with the letter e before it.
    const glued = (behind.kind === 'id' || behind.kind === 'word' || behind.kind === 'cmd') && !behind.space && !behind.roman;
    if (digits.kind !== 'num' || digits.space || !/^\d{1,4}$/.test(digits.text) || glued) return null;
    c.index += ahead + 1;
    return (sign === '-' ? -1 : 1) * Number(digits.text);
  }

  protected identifier(): Node {
    const c = this.cursor;
    const token = c.next();
    return this.named(token.text);
  }

  /** A symbol with its subscript, primes and arguments. */
  protected named(letter: string): Node {
    const c = this.cursor;
    const start = c.index - 1;
    let name = letter;
    for (;;) {
      if (c.isOp("'")) {
        c.next();
        name += "'";
      } else if (c.isOp('_') && !name.includes('_')) {
        c.next();
        const index = this.subscript();
        // `x_{1,2}` stands for both roots.
        if (index !== '1,2' || !/^(?:[xyzt]|\\lambda)$/.test(letter)) name += `_${index}`;
      } else if (c.isOp('^') && (c.peek(1).text === 'prime' || (c.peek(1).text === '{' && c.peek(2).text === 'prime'))) {
        c.index += c.peek(1).text === 'prime' ? 2 : 4;
        name += "'";
      } else {
        break;
      }
    }
    if (/^[CP]_/.test(name)) {
      const choose = this.combination(name);
      if (choose !== null) return choose;
    }
    if (name === 'e') return { t: 'const', name: 'e' };
    if (name === 'i') return { t: 'const', name: 'i' };
    if (name === 'I' && /\*\s*I|I\s*\*|sqrt\(/.test(c.source)) return { t: 'const', name: 'i' };
    const base = name.replace(/'+$/, '').replace(/_.*$/, '');
    if (name === '\\Gamma' && c.isOp('(')) return this.gamma(this.callArguments());
    if (c.isOp('(') && !c.peek().space && (APPLIED.has(base) || this.defined.has(name) || name.endsWith("'") || /^C$/.test(name)) && !this.isRemark()) {
      const args = this.callArguments();
      if (name === 'C' && args.length === 2) return this.amongPoints(start) ? { t: 'mul', items: [sym('C'), { t: 'seq', open: '(', close: ')', items: args }] } : { t: 'fn', name: 'binomial', args };
      return { t: 'app', name, args };
    }
    return sym(name);
  }

  /** Whether points with other letters are listed beside `C(0, 4)`, which was read. */
  private amongPoints(start: number): boolean {
    const c = this.cursor;
    const listed = (token: Token | undefined): boolean => token === undefined || token.kind === 'end' || JOINERS.has(token.text) || /^[,;.]$/.test(token.text);
    return listed(c.tokens[start - 1]) && listed(c.peek()) && /(?<![A-Za-z\\])[ABD-Z]'?\s*\(\s*[^(),]{1,40},[^()]{1,40}\)/.test(this.cursor.source);
  }

  /** `\Gamma(n)` of a whole number is a factorial, and any other a function of its own. */
  private gamma(args: readonly Node[]): Node {
    const [n] = args;
    const whole = n !== undefined && args.length === 1 && (symbols(n).size > 0 ? [...symbols(n)].every((symbol) => /^[nmkijl]$/.test(symbol)) && !contains(n, (part) => part.t === 'div' || (part.t === 'num' && part.value.d !== 1n)) : n.t === 'num' && n.value.d === 1n && n.value.n > 0n);
    return whole ? fn('factorial', { t: 'add', items: [n, num(integer(-1))] }) : { t: 'app', name: '\\Gamma', args };
  }

  /** `C_7^3`, `C_n^3` and `C_{2n+1}^n` of Chinese texts; null when the subscript is no number. */
  protected combination(name: string): Node | null {
    const c = this.cursor;
    const [lower, digits = '', letter = '', shift = ''] = /^C_(\d{0,6})([nmN]?)([+-]\d{1,4})?$/.exec(name) ?? [];
    if (lower === undefined || digits + letter === '' || !c.isOp('^')) return null;
    c.next();
    const factors = [...(digits === '' ? [] : [num(integer(BigInt(digits)))]), ...(letter === '' ? [] : [sym(letter)])];
    const upper: Node = factors.length === 1 && factors[0] !== undefined ? factors[0] : { t: 'mul', items: factors };
    return fn('binomial', shift === '' ? upper : { t: 'add', items: [upper, num(integer(BigInt(shift)))] }, this.exponent());
  }

  protected word(): Node {
    const c = this.cursor;
    const token = c.peek();
    const inWords = NUMBER_WORDS.has(token.text.toLowerCase()) && (token.space || token.roman || c.index === 0) ? readNumberWords(c) : null;
    if (inWords !== null) return num(inWords);
    const sympy = readSympy(this);
    if (sympy !== null) return sympy;
    const constant = wordConstant(token.text);
    if (constant !== null) {
      c.next();
      return constant.t === 'sym' ? this.named(constant.name) : constant;
    }
    if (FUNCTIONS.has(token.text) && this.callFollows(1)) {
      c.next();
      return this.call(token.text);
    }
    const [slash, below] = [c.peek(1), c.peek(2)];
    if (slash.text === '/' && [token, below].every((word) => word.kind === 'word' && !word.roman && /^d[a-z]$/.test(word.text))) {
      // dy/dx on one line
      c.index += 3;
      const product = (word: Token): Node => ({ t: 'mul', items: word.text.split('').map(sym) });
      return derivative(product(token), product(below)) ?? c.fail('a derivative');
    }
    const parts = splitWord(token.text);
    if (parts !== null && !token.roman) {
      this.replaceWord(parts);
      return this.power();
    }
    const letters = token.text;
    const lower = letters.toLowerCase();
    const short = letters.length <= 3 && !SHORT_WORDS.has(letters === letters.toUpperCase() ? letters : lower);
    const mathematical = !token.roman && letters.charCodeAt(0) < 0x80 && letters.length <= 12 && (short || this.glued() || (letters.length < 3 && this.besideOperator()) || ((letters.length > 3 || this.formulas > 0) && this.inFormula()));
    if (!mathematical) return c.fail('words');
    this.replaceWord(letters.split(''));
    return this.power();
  }

  /** Whether the word stands directly behind a number, a bracket or a command: `2nm`, `\frac12at^2`. */
  protected glued(): boolean {
    const c = this.cursor;
    const before = c.tokens[c.index - 1];
    return before !== undefined && (before.kind === 'cmd' || (!c.peek().space && (before.kind === 'num' || before.text === '}' || before.text === ')')));
  }

  /** `at + b`: prose has no such sign beside its short words. */
  protected besideOperator(): boolean {
    const c = this.cursor;
    const before = c.tokens[c.index - 1];
    const sign = (token: Token | undefined): boolean => token?.kind === 'op' && (token.text === '+' || token.text === '^');
    return sign(c.peek(1)) || sign(before);
  }

  /** Whether operators stand around the word, so that it is a product of letters. */
  protected inFormula(): boolean {
    const c = this.cursor;
    const before = c.tokens[c.index - 1];
    const after = c.peek(1);
    const operator = (token: Token | undefined): boolean => token !== undefined && token.kind === 'op' && '+-*/^_='.includes(token.text);
    return this.groups > 0 ? after.kind !== 'word' && (before?.kind !== 'word') : operator(before) || operator(after);
  }

  protected replaceWord(parts: readonly string[]): void {
    const c = this.cursor;
    const token = c.peek();
    let start = token.start;
    const pieces = parts.map((text, index): Token => {
      const piece: Token = { ...token, kind: text.length === 1 ? 'id' : 'word', text, start, end: start + text.length, space: index === 0 && token.space };
      start += text.length;
      return piece;
    });
    c.tokens.splice(c.index, 1, ...pieces);
  }
}
