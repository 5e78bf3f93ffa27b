import { parseDecimal, rational, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import { fn, num, sumOf, sym, type Node } from './ast.ts';
import { AtomReader } from './atoms.ts';
import type { Token } from './tokenize.ts';
import { transposed } from './transpose.ts';
import { NUMBER_WORDS } from './vocabulary.ts';

/** Powers and what stands behind a value: `!`, `%`, degrees, ordinals; signs in front. */
export abstract class PowerReader extends AtomReader {
  protected signed(): Node {
    const c = this.cursor;
    const token = c.peek();
    if (token.kind === 'op' && (token.text === '-' || token.text === '+')) {
      c.next();
      const value = c.nested(() => this.signed());
      return token.text === '-' ? { t: 'neg', a: value } : value;
    }
    // `negative 4`, `minus 4`
    if (token.kind === 'word' && /^(?:negative|minus)$/i.test(token.text) && (c.peek(1).kind === 'num' || c.peek(1).kind === 'cmd' || NUMBER_WORDS.has(c.peek(1).text.toLowerCase()))) {
      c.next();
      return { t: 'neg', a: this.power() };
    }
    if (token.kind === 'cmd' && (token.text === 'pm' || token.text === 'mp')) {
      c.next();
      const value = this.product();
      return { t: 'pm', a: null, b: value, first: token.text === 'pm' ? 1 : -1 };
    }
    return this.power();
  }

  power(): Node {
    const c = this.cursor;
    const base = this.postfix();
    if (!c.isOp('^', '**')) return base;
    c.next();
    if (c.isOp('^', '**')) c.fail('two powers in a row');
    if (this.raisedOrdinal()) return base;
    const exponent = c.nested(() => this.exponent());
    if (c.isOp('_') && base.t === 'sym' && !base.name.includes('_')) {
      // `v^2_0` is the square of v_0.
      c.next();
      return this.suffixes({ t: 'pow', a: sym(`${base.name}_${this.subscript()}`), b: exponent });
    }
    // `x^{2}!` and `x^2'` belong to the power.
    return transposed(base, exponent) ?? this.suffixes({ t: 'pow', a: base, b: exponent });
  }

  /** A number without the letters of `12th` and `2nd`, which say nothing. */
  protected ordinal(value: Node): Node {
    const c = this.cursor;
    const word = c.peek();
    if (value.t !== 'num' || word.kind !== 'word' || word.space) return value;
    const number = c.tokens[c.index - 1];
    if (number?.kind !== 'num' || value.decimals !== null) return value;
    const last = number.text.slice(-1);
    const ending = /1\d$/.test(number.text) ? 'th' : { 1: 'st', 2: 'nd', 3: 'rd' }[last] ?? 'th';
    if (word.text === ending) c.next();
    return value;
  }

  /** The raised letters of `12^{\mathrm{th}}`. */
  protected raisedOrdinal(): boolean {
    const c = this.cursor;
    const braced = c.isOp('{');
    const word = c.peek(braced ? 1 : 0);
    if (word.kind !== 'word' || !/^(?:st|nd|rd|th)$/.test(word.text) || (braced && c.peek(2).text !== '}')) return false;
    c.index += braced ? 3 : 1;
    return true;
  }

  protected exponent(): Node {
    const c = this.cursor;
    if (c.peek().kind === 'num' && c.peek(1).text === '_') {
      const token = c.next();
      return num(parseDecimal(token.text));
    }
    if (c.isOp('-', '+')) {
      const negative = c.next().text === '-';
      const value = this.exponent();
      return negative ? { t: 'neg', a: value } : value;
    }
    if (c.isOp('{')) return this.group();
    // Without braces the exponent ends before `!`: `3^2!` is the factorial of nine, as it is typeset.
    const base = c.nested(() => this.primary());
    if (!c.isOp('^', '**') || this.degreeAhead()) return base;
    c.next();
    return { t: 'pow', a: base, b: c.nested(() => this.exponent()) };
  }

  protected postfix(): Node {
    const c = this.cursor;
    const from = c.index;
    const value = this.suffixes(c.nested(() => this.primary()));
    const name = c.isOp('_') ? c.tokens.slice(from, c.index).map(({ text }) => text).join('') : '';
    const extreme = this.extreme();
    return extreme === null ? value : sym(`${name}_${extreme}`);
  }

  protected suffixes(value: Node): Node {
    const c = this.cursor;
    let node = this.ordinal(value);
    for (let marks = 0; ; marks++) {
      if (marks > limits.depth) c.fail(`more than ${limits.depth} signs behind a value`);
      if (c.isOp('!')) {
        c.next();
        node = fn('factorial', node);
      } else if (c.isOp('!!')) {
        c.next();
        node = fn('doubleFactorial', node);
      } else if (c.isOp('%')) {
        c.next();
        node = { t: 'percent', a: node };
      } else if (c.isOp('^') && this.degreeAhead()) {
        node = this.degrees(node);
      } else if (c.isCmd('degree')) {
        c.next();
        node = { t: 'degree', a: node };
      } else {
        return node;
      }
    }
  }

  /** The index of `f(x)_{\max}` and `|PC|_{\text{min}}`, which makes a name of what it stands behind; null where there is none. */
  private extreme(): string | null {
    const c = this.cursor;
    if (!c.isOp('_')) return null;
    const { text } = c.peek(c.peek(1).text === '{' ? 2 : 1);
    if (text !== 'max' && text !== 'min') return null;
    c.next();
    return this.subscript();
  }

  protected degreeAhead(): boolean {
    const c = this.cursor;
    // A raised o is typed for the circle; no exponent has that name.
    const circle = (token: Token): boolean => (token.kind === 'cmd' && ['circ', 'degree', 'textcirc', 'circle'].includes(token.text)) || (token.kind === 'id' && token.text === 'o');
    return circle(c.peek(1)) || (c.peek(1).text === '{' && circle(c.peek(2))) || (c.peek(1).kind === 'word' && c.peek(1).text === 'circ');
  }

  /** Degrees, with minutes and seconds behind them: `60^\circ 42' 30''`. */
  protected degrees(value: Node): Node {
    const c = this.cursor;
    c.next();
    if (c.takeOp('{')) {
      c.next();
      c.expectOp('}');
    } else {
      c.next();
    }
    // A temperature scale is a unit, not a factor.
    if (c.peek().kind === 'id' && /^[CF]$/.test(c.peek().text) && (c.peek().roman || c.peek(1).kind !== 'op' || /^[)}\].,;]$/.test(c.peek(1).text))) return { t: 'degree', a: value, scale: c.next().text === 'F' ? 'F' : 'C' };
    const parts: Node[] = [value];
    for (const [marks, parts60] of [[1, 60], [2, 3600]] as const) {
      if (c.peek().kind !== 'num') break;
      const primes = this.primesBehind();
      if (primes.marks !== marks) break;
      parts.push(num(divideBy(parseDecimal(c.next().text), parts60)));
      c.index += primes.tokens;
    }
    return { t: 'degree', a: parts.length === 1 ? value : sumOf(parts) };
  }

  /** Prime marks behind the number that stands here, plain or raised: `42'`, `42^\prime`, `30^{\prime\prime}`. */
  protected primesBehind(): { marks: number; tokens: number } {
    const c = this.cursor;
    let [marks, ahead, open] = [0, 1, false];
    for (;;) {
      const { text } = c.peek(ahead);
      if (text === "'" || text === 'prime') marks++;
      else if (text === '^' && (c.peek(ahead + 1).text === 'prime' || c.peek(ahead + 2).text === 'prime')) open = c.peek(ahead + 1).text === '{' && c.peek(++ahead).kind === 'op';
      else if (text === '}' && open) open = false;
      else return { marks, tokens: ahead - 1 };
      ahead++;
    }
  }
}

function divideBy(value: Rational, by: number): Rational {
  return rational(value.n, value.d * BigInt(by));
}
