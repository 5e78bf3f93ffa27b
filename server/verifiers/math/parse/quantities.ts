import { compare, divide, integer, rational, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import { fn, num, sumOf, type Node } from './ast.ts';
import { endsValue, isForeign, isItalicUnit, isUnitCommand, readPhrase, sideFollows, unitEnds, unitFraction } from './phrases.ts';
import { PowerReader } from './powers.ts';
import type { Token } from './tokenize.ts';
import { parseUnit } from './unitTable.ts';
import { CLOSING_BRACKETS, CONDITIONS, FRACTIONS, FUNCTIONS, JOINERS, MULTIPLIERS, NOT_PRIMARY, OPENING_BRACKETS, OPERATOR_WORDS, RELATIONS, SHORT_WORDS, UNIT_LETTERS, VERBS } from './vocabulary.ts';
import { vectorSum } from './vectors.ts';
import { splitWord } from './words.ts';

/**
 * Sums, products, and the words behind a whole value. A unit belongs to a value and never to a part of one: letters inside
 * a fraction, a root, an exponent or an argument, or between other factors, are variables.
 */
export abstract class QuantityReader extends PowerReader {
  /** A value with what may stand behind it: a multiplier, a unit, a noun, smaller units (`3 hours 20 minutes`). */
  protected quantity(): Node {
    if (this.formulas > 0) return this.sum();
    const outer = this.currency;
    this.currency = null;
    let value = this.withPhrase(this.sum());
    for (;;) {
      const compound = value.t === 'unit' ? this.smallerUnit(value) : null;
      if (compound === null) break;
      value = compound;
    }
    const sign = this.currency;
    this.currency = outer;
    return sign === null ? value : { t: 'unit', a: value.t === 'unit' ? value.a : value, unit: sign };
  }

  protected withPhrase(value: Node): Node {
    const c = this.cursor;
    let result = value;
    for (;;) {
      const token = c.peek();
      const multiplier = token.kind === 'word' || token.kind === 'id' ? MULTIPLIERS.get(token.text.toLowerCase()) : undefined;
      if (multiplier === undefined) break;
      c.next();
      result = { t: 'mul', items: [result, num(integer(multiplier))] };
    }
    const percent = c.peek().kind !== 'word' ? 0 : /^percent$/i.test(c.peek().text) ? 1 : c.peek().text === 'per' && c.peek(1).text === 'cent' ? 2 : 0;
    if (percent > 0) {
      c.index += percent;
      result = { t: 'percent', a: result };
    }
    // `20 \text{ (cm)}`
    const [unit, close] = [c.peek(1), c.peek(2)];
    if (c.isOp('(') && (unit.kind === 'word' || (unit.kind === 'id' && unit.roman)) && close.text === ')' && parseUnit(unit.text) !== null) {
      c.index += 3;
      return unitNode(result, unit.text);
    }
    if (!this.phraseAhead(c.peek()) || (c.peek().text === 'by' && sideFollows(c, 0))) return result;
    const phrase = readPhrase(c);
    // `a long sentence`, `n even`: words behind a letter are no unit of it.
    if (result.t === 'sym' && parseUnit(phrase) === null) c.fail('words');
    return unitNode(result, phrase);
  }

  /**
   * `5 ft 6 in`: a second amount of the same kind in a smaller unit, both in the smaller one; `5 dollars and 30 cents` is an
   * amount of dollars.
   */
  protected smallerUnit(larger: Node & { t: 'unit' }): Node | null {
    const c = this.cursor;
    const start = c.index;
    if (c.peek().kind === 'word' && JOINERS.get(c.peek().text.toLowerCase()) === 'and') c.next();
    const first = parseUnit(larger.unit);
    const smaller = first !== null && c.peek().kind === 'num' ? this.attempt(() => this.withPhrase(this.power())) : null;
    const second = smaller?.t === 'unit' ? parseUnit(smaller.unit) : null;
    if (first === null || smaller?.t !== 'unit' || second?.dimension !== first.dimension || compare(second.factor, first.factor) >= 0) {
      c.index = start;
      return null;
    }
    if (first.dimension === parseUnit('dollars')?.dimension) {
      const part: Node = { t: 'mul', items: [smaller.a, num(divide(second.factor, first.factor))] };
      return { ...larger, a: { t: 'add', items: [larger.a, part] } };
    }
    const scaled: Node = { t: 'mul', items: [larger.a, num(divide(first.factor, second.factor))] };
    return { ...smaller, a: { t: 'add', items: [scaled, smaller.a] } };
  }

  sum(): Node {
    const c = this.cursor;
    let items: Node[] = [this.product()];
    for (;;) {
      const token = c.peek();
      const sign = token.kind === 'op' ? token.text : token.kind === 'word' ? OPERATOR_WORDS.get(token.text.toLowerCase()) : undefined;
      if (sign === '+' && token.kind === 'word' && c.peek(1).text === 'or' && c.peek(2).text === 'minus') {
        c.index += 3;
        items = [{ t: 'pm', a: sumOf(items), b: this.product(), first: 1 }];
      } else if (sign === '+' || sign === '-') {
        c.next();
        const right = this.product();
        const left = items[items.length - 1];
        if (sign === '-' && items.length === 1 && left !== undefined && isDifference(left, right)) items = [{ t: 'setop', op: 'minus', a: left, b: right }];
        else items.push(sign === '-' ? { t: 'neg', a: right } : right);
      } else if (token.kind === 'cmd' && (token.text === 'pm' || token.text === 'mp')) {
        c.next();
        const right = this.product();
        items = [{ t: 'pm', a: sumOf(items), b: right, first: token.text === 'pm' ? 1 : -1 }];
      } else if (token.kind === 'cmd' && (token.text === 'ldots' || token.text === 'cdots' || token.text === 'dots') && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else if (token.kind === 'op' && token.text === '...' && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else {
        if (items.length === 1) return sumOf(items);
        if (items.some(hasUnit)) c.fail('a unit inside a sum');
        return vectorSum(items) ?? sumOf(items);
      }
    }
  }

  product(): Node {
    const c = this.cursor;
    let left = this.signed();
    let factors: Node[] = [left];
    const flush = (): Node => {
      if (factors.length === 1) return left;
      if (factors.some(hasUnit)) c.fail('a unit inside a product');
      return { t: 'mul', items: factors };
    };
    for (;;) {
      const token = c.peek();
      const word = token.kind === 'word' ? this.operatorWord() : this.timesLetter(token);
      if (word === '*' || c.isOp('*') || c.isCmd('cdot', 'times', 'ast', 'star')) {
        if (word === null) c.next();
        const right = this.signed();
        const before = factors.at(-1);
        // The cross product of vectors depends on their order, and is not their dot product.
        factors.push(token.text === 'times' && isVector(before) && isVector(right) ? { t: 'app', name: '\\times', args: [factors.pop() ?? right, right] } : right);
        if (factors.length === 1) left = factors[0] ?? left;
      } else if (word === '/' || (c.isOp('/') && !this.phraseAhead(token)) || c.isCmd('div', 'slash')) {
        if (word === null) c.next();
        const [above, right] = [flush(), this.signed()];
        // The sign behind `100/3 \%` is that of the fraction.
        left = above.t === 'num' && right.t === 'percent' && right.a.t === 'num' ? { t: 'percent', a: { t: 'div', a: above, b: right.a } } : { t: 'div', a: above, b: right };
        factors = [left];
      } else if (word === 'choose') {
        left = fn('binomial', flush(), this.signed());
        factors = [left];
      } else if (token.kind === 'word' && (token.text === 'squared' || token.text === 'cubed')) {
        c.next();
        factors.push({ t: 'pow', a: factors.pop() ?? left, b: num(integer(token.text === 'squared' ? 2 : 3)) });
        if (factors.length === 1) left = factors[0] ?? left;
      } else if (this.phraseAhead(token)) {
        return flush();
      } else if (this.startsPrimary(token)) {
        const before = factors[factors.length - 1];
        const mixed = factors.length === 1 && before !== undefined ? this.mixedNumber(before, token) : null;
        if (mixed !== null) {
          left = mixed;
          factors = [left];
        } else {
          if (token.kind === 'num' && before !== undefined && ['num', 'degree', 'percent', 'based'].includes(before.t)) c.fail('two numbers in a row');
          factors.push(this.power());
        }
      } else if (token.kind === 'cmd' && (token.text === 'cdots' || token.text === 'ldots' || token.text === 'dots') && factors.length > 1) {
        c.next();
        factors.push({ t: 'ellipsis' });
      } else {
        return flush();
      }
      if (factors.length > limits.items) c.fail(`more than ${limits.items} factors`);
    }
  }

  /** Takes the x of `12 x 5`, which stands apart from both numbers; null, with nothing read, for any other token. */
  protected timesLetter(token: Token): '*' | null {
    if (token.text !== 'x' || token.kind !== 'id' || token.roman || !token.space) return null;
    const c = this.cursor;
    const after = c.peek(1);
    if (c.tokens[c.index - 1]?.kind !== 'num' || after.kind !== 'num' || !after.space) return null;
    c.next();
    return '*';
  }

  /** Number of words that make a share of two numbers, `5 out of 36` and `1 in 20`; 0 for others. */
  private shareOf(word: string): number {
    const c = this.cursor;
    if (c.tokens[c.index - 1]?.kind !== 'num') return 0;
    if (word === 'out') return c.peek(1).text === 'of' && c.peek(2).kind === 'num' ? 2 : 0;
    // Before anything but the end of the answer `in` may be inches.
    return word === 'in' && c.peek(1).kind === 'num' && c.peek(2).kind === 'end' ? 1 : 0;
  }

  /** Takes `times`, `divided by`, `over`, `choose`, `out of`; null, with nothing read, for any other word. */
  protected operatorWord(): '*' | '/' | 'choose' | null {
    const c = this.cursor;
    const word = c.peek().text.toLowerCase();
    const share = this.shareOf(word);
    if (share > 0) {
      c.index += share;
      return '/';
    }
    const operator = OPERATOR_WORDS.get(word);
    if (operator === undefined || operator === '+' || operator === '-') return null;
    const named = word === 'multiplied' || word === 'divided';
    if (named && c.peek(1).text !== 'by') return null;
    c.index += named ? 2 : 1;
    return operator;
  }

  /** `2\frac12`, `2 1/2`: a whole number, then a proper fraction of whole numbers. Signs behind it belong to both: `62\frac12\%`. */
  protected mixedNumber(before: Node, token: Token): Node | null {
    const c = this.cursor;
    const whole = before.t === 'neg' ? before.a : before;
    if (whole.t !== 'num' || whole.decimals !== null || whole.value.d !== 1n) return null;
    const start = c.index;
    let fraction: Rational | null = null;
    if (token.kind === 'cmd' && FRACTIONS.has(token.text)) {
      const node = this.primary();
      const raised = c.isOp('^', '**') && !this.degreeAhead();
      if (!raised && node.t === 'div' && isWhole(node.a) && isWhole(node.b) && node.a.value.n < node.b.value.n) fraction = rational(node.a.value.n, node.b.value.n);
    } else if (token.kind === 'num' && token.space && c.peek(1).text === '/' && c.peek(2).kind === 'num') {
      const [n, d] = [token.text, c.peek(2).text];
      if (!n.includes('.') && !d.includes('.') && BigInt(n) < BigInt(d)) {
        c.index += 3;
        fraction = rational(BigInt(n), BigInt(d));
      }
    }
    if (fraction === null) {
      c.index = start;
      return null;
    }
    const sum = this.suffixes(num(rational(whole.value.n * fraction.d + fraction.n, fraction.d)));
    return before.t === 'neg' ? { t: 'neg', a: sum } : sum;
  }

  /** Whether words, a unit or a noun stand here, which end the value before them. */
  protected phraseAhead(token: Token): boolean {
    const c = this.cursor;
    if (isForeign(token)) return !JOINERS.has(token.text) && !CONDITIONS.has(token.text);
    const units = this.reading.letters;
    if (token.kind === 'id') {
      if (!UNIT_LETTERS.has(token.text)) return false;
      // `1 m 20 cm`, `20 m/s`: a smaller unit follows, or a quotient of units behind a space.
      const compound = c.peek(1).kind === 'num' && c.peek(1).space && unitEnds(c, 2, true);
      const quotient = token.space && c.peek(1).text === '/' && units !== 'product' && unitEnds(c, 0, true);
      return compound || quotient || ((token.roman || units === 'unit' || units === 'named') && unitEnds(c, 0, true));
    }
    if (token.kind === 'cmd') return unitFraction(c) !== null || (isUnitCommand(token) && c.tokens[c.index - 1]?.kind === 'num' && c.peek(1).text !== '(' && endsValue(c.peek(1)));
    // `\$15/hour`
    if (token.kind === 'op' && token.text === '/') return isLongWord(c.peek(1));
    if (token.kind !== 'word') return false;
    const lower = token.text.toLowerCase();
    if (endsTheValue(lower) || (FUNCTIONS.has(token.text) && c.peek(1).text === '(')) return false;
    const before = c.tokens[c.index - 1];
    const glued = !token.roman && (!token.space || before?.kind === 'cmd');
    if (!(units === 'product' && !token.roman && token.text.length < 4) && isItalicUnit(c, glued && units !== 'named')) return true;
    if (FUNCTIONS.has(token.text) || splitWord(token.text) !== null) return false;
    if (token.roman) return true;
    return !glued && (token.text.length >= 4 || SHORT_WORDS.has(lower) || this.nounFollows(c.peek(1)));
  }

  /** `red balls`: a short word is prose where a long one stands behind it. */
  protected nounFollows(token: Token): boolean {
    return token.space && isLongWord(token);
  }

  protected startsPrimary(token: Token): boolean {
    if (token.kind === 'num' || token.kind === 'id') return !(token.kind === 'id' && isForeign(token)) && !(token.text === 'U' && token.space && this.endsWithBracket());
    if (token.kind === 'word') return !endsTheValue(token.text.toLowerCase());
    if (token.kind === 'op') {
      if (token.text === '(') return !['mod', 'bmod'].includes(this.cursor.peek(1).text) && !this.isRemark() && !this.conditionAhead();
      // The one bar of `6|n` opens nothing.
      if (token.text === '|') return this.bars === 0 && this.inSet === 0 && this.cursor.tokens.some((other, index) => index > this.cursor.index && other.text === '|');
      return (token.text === '[' && !this.closesReversed()) || (token.text === '{' && this.cursor.peek(1).text !== ',') || token.text === '\\{' || token.text === '\\|' && this.bars === 0;
    }
    if (token.kind !== 'cmd') return false;
    return !RELATIONS.has(token.text) && !JOINERS.has(token.text) && !NOT_PRIMARY.has(token.text);
  }

  /** The bracket that ends `]2, 5[`: nothing but the end, a union or another bracket follows it. */
  protected closesReversed(): boolean {
    const c = this.cursor;
    const after = c.peek(1);
    return this.groups > 0 && (after.kind === 'end' || (after.kind === 'cmd' && ['cup', 'cap', 'setminus'].includes(after.text)) || (after.kind === 'op' && /^[.,;)\]}]$/.test(after.text)));
  }

  /** A parenthesis of words behind a value: `(about 18.9)`. */
  protected isRemark(): boolean {
    const after = this.cursor.peek(1);
    const wordy = after.kind === 'word' && !FUNCTIONS.has(after.text) && splitWord(after.text) === null && (after.roman || after.text.length >= 4 || after.text === 'to');
    return wordy || after.text === 'approx' || (after.kind === 'num' && (/^(?:sf|dp|sig|decimal|significant)$/.test(this.cursor.peek(2).text) || (/^[sd]$/.test(this.cursor.peek(2).text) && this.cursor.peek(3).text === '.')));
  }

  /** A parenthesis that ends a whole item and states a relation, which no factor does: `2^n - 1\ (n \ge 1)`. */
  protected conditionAhead(): boolean {
    const c = this.cursor;
    if (this.groups > 0) return false;
    let [depth, ahead, relation] = [0, 0, false];
    do {
      const token = c.peek(ahead++);
      if (token.kind === 'end') return false;
      if (token.kind === 'op' && OPENING_BRACKETS.has(token.text)) depth++;
      else if (token.kind === 'op' && CLOSING_BRACKETS.has(token.text)) depth--;
      else if (depth === 1) relation ||= token.kind === 'cmd' ? RELATIONS.has(token.text) : token.kind === 'op' && /^[<>=]|^!=$/.test(token.text);
    } while (depth > 0);
    return relation && (c.peek(ahead).kind === 'end' || /^(?:[.,;(]|\\\\)$/.test(c.peek(ahead).text) || c.peek(ahead).kind === 'word');
  }

  protected endsWithBracket(): boolean {
    const before = this.cursor.tokens[this.cursor.index - 1];
    return before !== undefined && (before.text === ')' || before.text === ']' || before.text === '\\}');
  }
}

function isVector(node: Node | undefined): boolean {
  return node?.t === 'sym' && /^(?:vec|overrightarrow) /.test(node.name);
}

/** Words that join values or say something about one. */
function endsTheValue(word: string): boolean {
  return JOINERS.has(word) || CONDITIONS.has(word) || VERBS.has(word) || OPERATOR_WORDS.has(word) || word === 'to' || word === 'only' || word === 'mod' || word === 'modulo' || word === 'congruent';
}

function isLongWord(token: Token): boolean {
  return token.kind === 'word' && token.text.length >= 4 && !endsTheValue(token.text.toLowerCase()) && splitWord(token.text) === null;
}

function hasUnit(node: Node): boolean {
  return node.t === 'unit' || (node.t === 'neg' && node.a.t === 'unit');
}

/** A value with its unit; degrees have a node of their own. */
function unitNode(value: Node, unit: string): Node {
  const lower = unit.toLowerCase();
  const [degrees, scale] = /^(?:degrees?|deg)(?: (celsius|fahrenheit|c|f))?$/.exec(lower) ?? [];
  if (degrees !== undefined) return { t: 'degree', a: value, ...(scale === undefined ? {} : { scale: scale.startsWith('f') ? 'F' : 'C' }) };
  return { t: 'unit', a: value, unit };
}

function isWhole(node: Node): node is Node & { t: 'num' } {
  return node.t === 'num' && node.decimals === null && node.value.d === 1n;
}

/** Whether a minus sign stands between sets: `(1, 9) - \{4\}` is no difference of vectors. */
function isDifference(left: Node, right: Node): boolean {
  return isSet(left) ? isSet(right) : left.t === 'seq' && right.t === 'seq' && right.open === '{';
}

function isSet(node: Node): boolean {
  return node.t === 'builder' || node.t === 'setop' || (node.t === 'seq' && (node.open === '{' || node.open !== '(')) || (node.t === 'named' && node.name !== 'empty');
}
