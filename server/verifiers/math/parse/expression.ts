import { rational, integer, parseDecimal, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import { fn, num, sym, type Bracket, type FunctionName, type Node, type RelationOp } from './ast.ts';
import { Cursor } from './cursor.ts';
import { repeatingDecimal } from './decimals.ts';
import { readEnvironment } from './environments.ts';
import type { Token } from './tokenize.ts';
import { readUnitPhrase, isUnitWord, UNIT_LETTERS } from './units.ts';
import { ACCENTS, CONDITIONS, FUNCTIONS, JOINERS, RELATIONS, SYMBOLS, TRANSPARENT, SHORT_WORDS } from './vocabulary.ts';

const FRACTIONS = new Set(['frac', 'dfrac', 'tfrac', 'cfrac']);
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']' };
const TRIG: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinh', 'cosh', 'tanh']);
const INVERSE: Readonly<Record<string, FunctionName>> = { sin: 'asin', cos: 'acos', tan: 'atan', cot: 'acot', sec: 'asec', csc: 'acsc', sinh: 'asinh', cosh: 'acosh', tanh: 'atanh' };
/** Letters that are functions when a parenthesis follows. */
const APPLIED = new Set(['f', 'g', 'h', 'F', 'G', 'P', 'u', 'φ']);

/**
 * Reader of expressions, relations and lists: recursive descent over tokens, one method for each level of the grammar:
 *
 *     list     = relation { ("," | ";" | "and" | "or" | "\\") relation }
 *     relation = union { ("=" | "<" | ...) union }
 *     union    = ratio { ("\cup" | "\cap" | "\setminus") ratio }
 *     ratio    = sum { ":" sum }
 *     sum      = product { ("+" | "-" | "\pm") product }
 *     product  = signed { ("*" | "/" | nothing) signed } [unit]
 *     signed   = ("-" | "+" | "\pm") signed | power
 *     power    = postfix [ "^" exponent ]
 */
export class ExpressionReader {
  readonly cursor: Cursor;
  /** Open bars of absolute values: a bar then closes. */
  private bars = 0;
  /** Inside braces of a set: a bar or colon then means "such that". */
  private inSet = 0;
  private groups = 0;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  list(): Node {
    const c = this.cursor;
    const items: Node[] = [this.item()];
    const joins: string[] = [];
    for (;;) {
      const join = this.separator();
      if (join === null) break;
      if (this.endsList()) break;
      joins.push(join);
      items.push(this.item());
      if (items.length > limits.items) c.fail(`more than ${limits.items} items`);
    }
    const first = items[0];
    if (items.length === 1 && first !== undefined) return first;
    const words = joins.filter((join) => join !== ',');
    const joiner = words.length > 0 && words.every((word) => word === words[0]) ? words[0] === 'or' ? 'or' : 'and' : undefined;
    const relations = items.some((item) => item.t === 'rel' && item.ops.some((op) => op !== '=' && op !== 'to'));
    if (joiner !== undefined && relations) return { t: 'logic', op: joiner, items };
    return { t: 'seq', open: '', close: '', items, ...(joiner === undefined ? {} : { joiner }) };
  }

  /** One cell of an environment: there a row break ends the list. */
  cell(): Node {
    return this.inside(() => this.list());
  }

  /** Reads what separates items; null when none stands here. */
  private separator(): string | null {
    const c = this.cursor;
    let found: string | null = null;
    for (;;) {
      const token = c.peek();
      if (c.isOp(',', ';') || (c.isOp('\\\\') && this.groups === 0)) {
        c.next();
        found ??= ',';
      } else if (c.isOp('{') && c.peek(1).text === ',' && c.peek(2).text === '}') {
        c.index += 3;
        found ??= ',';
      } else {
        const join = token.kind === 'word' || token.kind === 'id' || token.kind === 'cmd' ? JOINERS.get(token.text.toLowerCase()) : undefined;
        if (join === undefined || (token.kind === 'id' && token.text.charCodeAt(0) < 0x80)) return found;
        c.next();
        found = join;
      }
    }
  }

  private endsList(): boolean {
    const c = this.cursor;
    return c.atEnd() || c.isOp(')', ']', '}', '\\}');
  }

  private item(): Node {
    const c = this.cursor;
    if (c.isCmd('ldots', 'cdots', 'dots', 'dotsc', 'dotsb', 'vdots') || c.isOp('...')) {
      c.next();
      return { t: 'ellipsis' };
    }
    this.skipLabel();
    return this.relation();
  }

  /** `Minimum: 1`: the words before a colon name the value that follows. */
  private skipLabel(): void {
    const c = this.cursor;
    let ahead = 0;
    while (c.peek(ahead).kind === 'word' || (c.peek(ahead).kind === 'id' && c.peek(ahead).roman)) ahead++;
    if (ahead > 0 && c.peek(ahead).text === ':' && c.peek(ahead).kind === 'op' && !FUNCTIONS.has(c.peek().text)) c.index += ahead + 1;
  }

  relation(): Node {
    const c = this.cursor;
    const items: Node[] = [this.union()];
    const ops: RelationOp[] = [];
    for (;;) {
      const op = this.relationOp();
      if (op === null) break;
      ops.push(op);
      items.push(this.union());
      if (items.length > limits.items) c.fail(`more than ${limits.items} items`);
    }
    const first = items[0];
    if (ops.length === 0 && first !== undefined) return this.modulo(first);
    return this.modulo({ t: 'rel', items, ops });
  }

  /** `(mod 7)` and `\pmod 7` behind a value or congruence. */
  private modulo(value: Node): Node {
    const c = this.cursor;
    let modulus: Node | null = null;
    if (c.isCmd('pmod', 'bmod', 'mod')) {
      c.next();
      modulus = this.argument(false);
    } else if (c.isOp('(') && (c.peek(1).text === 'mod' || c.peek(1).text === 'bmod')) {
      c.index += 2;
      modulus = this.sum();
      c.expectOp(')');
    } else if (c.peek().kind === 'word' && (c.peek().text === 'mod' || c.peek().text === 'modulo')) {
      c.next();
      modulus = this.power();
    }
    if (modulus === null) return value;
    if (value.t !== 'rel') return fn('mod', value, modulus);
    const m = modulus;
    return { ...value, items: value.items.map((item) => fn('mod', item, m)) };
  }

  private relationOp(): RelationOp | null {
    const c = this.cursor;
    const token = c.peek();
    let negated = false;
    if (token.kind === 'cmd' && token.text === 'not') {
      c.next();
      negated = true;
    }
    const op = this.plainRelationOp();
    if (!negated) return op;
    return op === '=' ? '!=' : op === 'in' ? 'notin' : 'other';
  }

  private plainRelationOp(): RelationOp | null {
    const c = this.cursor;
    const token = c.peek();
    if (token.kind === 'cmd') {
      const op = RELATIONS.get(token.text);
      if (op === undefined) return null;
      c.next();
      return op;
    }
    if (token.kind !== 'op') return null;
    const ops: Readonly<Record<string, RelationOp>> = { '=': '=', '==': '=', '<': '<', '>': '>', '<=': '<=', '>=': '>=', '!=': '!=', '->': 'to', '=>': 'other' };
    const op = ops[token.text];
    if (op === undefined) return null;
    c.next();
    if (c.isOp('=')) {
      c.next();
      return op === '<' ? '<=' : op === '>' ? '>=' : op;
    }
    return op;
  }

  private union(): Node {
    const c = this.cursor;
    let left = this.ratio();
    for (;;) {
      const op = c.isCmd('cup', 'bigcup', 'cupdot') || (c.peek().kind === 'id' && c.peek().text === 'U' && c.peek().space && left.t === 'seq') ? 'union'
        : c.isCmd('cap', 'bigcap') ? 'intersection' : c.isCmd('setminus', 'backslash', 'smallsetminus') ? 'minus' : null;
      if (op === null) return left;
      c.next();
      left = { t: 'setop', op, a: left, b: this.ratio() };
    }
  }

  private ratio(): Node {
    const c = this.cursor;
    const first = this.sum();
    if (!c.isOp(':') || this.inSet > 0 || c.atEnd()) return first;
    const items = [first];
    while (c.takeOp(':')) items.push(this.sum());
    return { t: 'ratio', items };
  }

  sum(): Node {
    const c = this.cursor;
    let items: Node[] = [this.product()];
    for (;;) {
      const token = c.peek();
      if (token.kind === 'op' && (token.text === '+' || token.text === '-')) {
        c.next();
        const right = this.product();
        const left = items[items.length - 1];
        if (token.text === '-' && items.length === 1 && left !== undefined && isSet(left) && isSet(right)) items = [{ t: 'setop', op: 'minus', a: left, b: right }];
        else items.push(token.text === '-' ? { t: 'neg', a: right } : right);
      } else if (token.kind === 'cmd' && (token.text === 'pm' || token.text === 'mp')) {
        c.next();
        const right = this.product();
        items = [{ t: 'pm', a: add(items), b: right, first: token.text === 'pm' ? 1 : -1 }];
      } else if (token.kind === 'cmd' && (token.text === 'ldots' || token.text === 'cdots' || token.text === 'dots') && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else if (token.kind === 'op' && token.text === '...' && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else {
        return add(items);
      }
    }
  }

  product(): Node {
    const c = this.cursor;
    let left = this.signed();
    let factors: Node[] = [left];
    const flush = (): Node => (factors.length === 1 ? left : { t: 'mul', items: factors });
    for (;;) {
      const token = c.peek();
      if (c.isOp('*') || c.isCmd('cdot', 'times', 'ast', 'star')) {
        c.next();
        factors.push(this.signed());
      } else if (c.isOp('/') || c.isCmd('div', 'slash')) {
        c.next();
        const right = this.signed();
        left = { t: 'div', a: flush(), b: right };
        factors = [left];
      } else if (this.unitAhead(token)) {
        const unit = readUnitPhrase(c);
        if (unit === null) return flush();
        left = unitNode(flush(), unit);
        factors = [left];
      } else if (this.startsPrimary(token)) {
        const before = factors[factors.length - 1];
        const mixed = factors.length === 1 && before !== undefined ? this.mixedNumber(before, token) : null;
        if (mixed !== null) {
          left = mixed;
          factors = [left];
        } else {
          if (token.kind === 'num' && before !== undefined && endsWithNumber(before)) c.fail('two numbers in a row');
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

  /** `2\frac12` and `2 1/2`: a whole number, then a proper fraction of whole numbers. */
  private mixedNumber(before: Node, token: Token): Node | null {
    const c = this.cursor;
    const whole = before.t === 'neg' ? before.a : before;
    if (whole.t !== 'num' || whole.decimals !== null || whole.value.d !== 1n) return null;
    const start = c.index;
    let fraction: Rational | null = null;
    if (token.kind === 'cmd' && FRACTIONS.has(token.text)) {
      const node = this.power();
      if (node.t === 'div' && isWhole(node.a) && isWhole(node.b) && node.a.value.n < node.b.value.n) fraction = rational(node.a.value.n, node.b.value.n);
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
    const sum: Node = num(rational(whole.value.n * fraction.d + fraction.n, fraction.d));
    return before.t === 'neg' ? { t: 'neg', a: sum } : sum;
  }

  private unitAhead(token: Token): boolean {
    if (token.kind === 'word') {
      const lower = token.text.toLowerCase();
      if (JOINERS.has(lower) || CONDITIONS.has(lower) || lower === 'mod' || lower === 'modulo') return false;
      if (FUNCTIONS.has(token.text) || splitWord(token.text) !== null) return isUnitWord(token.text);
      return token.roman || isUnitWord(token.text) || SHORT_WORDS.has(lower) || token.text.length >= 4;
    }
    if (token.kind !== 'id') return false;
    const before = this.cursor.tokens[this.cursor.index - 1];
    return token.roman && UNIT_LETTERS.has(token.text) && before !== undefined && (before.kind === 'num' || before.text === '}');
  }

  private startsPrimary(token: Token): boolean {
    if (token.kind === 'num' || token.kind === 'id') return !(token.kind === 'id' && token.text.charCodeAt(0) >= 0x80 && JOINERS.has(token.text)) && !(token.text === 'U' && token.space && this.endsWithBracket());
    if (token.kind === 'word') return !JOINERS.has(token.text.toLowerCase()) && !CONDITIONS.has(token.text.toLowerCase()) && token.text !== 'mod';
    if (token.kind === 'op') {
      if (token.text === '(') return !['mod', 'bmod'].includes(this.cursor.peek(1).text) && !this.isRemark();
      if (token.text === '|') return this.bars === 0 && this.inSet === 0;
      return token.text === '[' || (token.text === '{' && this.cursor.peek(1).text !== ',') || token.text === '\\{' || token.text === '\\|' && this.bars === 0;
    }
    if (token.kind !== 'cmd') return false;
    return !RELATIONS.has(token.text) && !JOINERS.has(token.text) && !NOT_PRIMARY.has(token.text);
  }

  /** A parenthesis of words behind a value: `(about 18.9)`. */
  private isRemark(): boolean {
    const after = this.cursor.peek(1);
    return (after.kind === 'word' && !FUNCTIONS.has(after.text) && splitWord(after.text) === null && (after.roman || after.text.length >= 4)) || after.text === 'approx';
  }

  private endsWithBracket(): boolean {
    const before = this.cursor.tokens[this.cursor.index - 1];
    return before !== undefined && (before.text === ')' || before.text === ']' || before.text === '\\}');
  }

  private signed(): Node {
    const c = this.cursor;
    const token = c.peek();
    if (token.kind === 'op' && (token.text === '-' || token.text === '+')) {
      c.next();
      const value = c.nested(() => this.signed());
      return token.text === '-' ? { t: 'neg', a: value } : value;
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
    if (this.ordinal()) return base;
    const exponent = c.nested(() => this.exponent());
    if (c.isOp('_') && base.t === 'sym' && !base.name.includes('_')) {
      // `v^2_0` is the square of v_0.
      c.next();
      return this.suffixes({ t: 'pow', a: sym(`${base.name}_${this.subscript()}`), b: exponent });
    }
    // `x^{2}!` and `x^2'` belong to the power.
    return this.suffixes({ t: 'pow', a: base, b: exponent });
  }

  /** The raised letters of `12^{\mathrm{th}}`, which say nothing. */
  private ordinal(): boolean {
    const c = this.cursor;
    const braced = c.isOp('{');
    const word = c.peek(braced ? 1 : 0);
    if (word.kind !== 'word' || !/^(?:st|nd|rd|th)$/.test(word.text) || (braced && c.peek(2).text !== '}')) return false;
    c.index += braced ? 3 : 1;
    return true;
  }

  private exponent(): Node {
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
    return this.power();
  }

  private postfix(): Node {
    return this.suffixes(this.cursor.nested(() => this.primary()));
  }

  private suffixes(value: Node): Node {
    const c = this.cursor;
    let node = value;
    for (;;) {
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

  private degreeAhead(): boolean {
    const c = this.cursor;
    const circle = (token: Token): boolean => token.kind === 'cmd' && ['circ', 'degree', 'textcirc', 'circle'].includes(token.text);
    return circle(c.peek(1)) || (c.peek(1).text === '{' && circle(c.peek(2))) || (c.peek(1).kind === 'word' && c.peek(1).text === 'circ');
  }

  /** Degrees, with minutes and seconds behind them: `60^\circ 42' 30''`. */
  private degrees(value: Node): Node {
    const c = this.cursor;
    c.next();
    if (c.takeOp('{')) {
      c.next();
      c.expectOp('}');
    } else {
      c.next();
    }
    // A temperature scale is a unit, not a factor.
    if (c.peek().kind === 'id' && /^[CF]$/.test(c.peek().text) && (c.peek().roman || c.peek(1).kind !== 'op')) c.next();
    const parts: Node[] = [value];
    for (const [marks, parts60] of [[1, 60], [2, 3600]] as const) {
      if (c.peek().kind !== 'num') break;
      let ahead = 1;
      while (c.peek(ahead).text === "'" || (c.peek(ahead).text === '^' && c.peek(ahead + 1).text === 'prime' && ahead++ > 0)) ahead++;
      if (ahead - 1 < marks) break;
      parts.push(num(divideBy(parseDecimal(c.next().text), parts60)));
      c.index += ahead - 1;
    }
    return { t: 'degree', a: parts.length === 1 ? value : add(parts) };
  }

  private primary(): Node {
    const c = this.cursor;
    const token = c.peek();
    switch (token.kind) {
      case 'num': return this.number();
      case 'id': return this.identifier();
      case 'word': return this.word();
      case 'cmd': return this.command();
      case 'op': return this.bracket();
      default: return c.fail('a value is missing');
    }
  }

  private number(): Node {
    const c = this.cursor;
    const token = c.next();
    const raw = c.source.slice(token.start, token.end);
    const repeating = raw.includes('.') ? repeatingDecimal(c, token) : null;
    if (repeating !== null) return num(repeating);
    const point = token.text.indexOf('.');
    const value = num(parseDecimal(token.text), point === -1 ? null : token.text.length - point - 1);
    if (!c.isOp('_')) {
      // `1.5e3`, `1.5E+3`: a power of ten without a space before the e.
      const e = c.peek();
      const exponent = /^[eE]$/.test(e.text) && e.kind === 'id' && !e.space ? this.tenExponent() : null;
      if (exponent === null) return value;
      return { t: 'mul', items: [value, { t: 'pow', a: num(integer(10)), b: num(integer(exponent)) }] };
    }
    const start = c.index;
    c.next();
    const braced = c.takeOp('{');
    const bracketed = braced && c.takeOp('(');
    const base = c.peek();
    if (base.kind === 'num' && /^\d{1,2}$/.test(base.text) && point === -1) {
      c.next();
      if (bracketed) c.takeOp(')');
      if (!braced || c.takeOp('}')) return { t: 'based', digits: token.text, base: Number(base.text) };
    }
    c.index = start;
    if (base.kind === 'num' && point !== -1) {
      c.index += braced ? 4 : 2;
      return { t: 'based', digits: token.text, base: Number(base.text) };
    }
    return c.fail('a number with a subscript that is no base');
  }

  private tenExponent(): number | null {
    const c = this.cursor;
    let ahead = 1;
    const sign = c.peek(1).text;
    if (c.peek(1).kind === 'op' && (sign === '-' || sign === '+') && !c.peek(1).space) ahead = 2;
    const digits = c.peek(ahead);
    if (digits.kind !== 'num' || digits.space || !/^\d{1,4}$/.test(digits.text)) return null;
    c.index += ahead + 1;
    return (sign === '-' ? -1 : 1) * Number(digits.text);
  }

  private identifier(): Node {
    const c = this.cursor;
    const token = c.next();
    return this.named(token.text, token.space);
  }

  /** A symbol with its subscript, primes and arguments. */
  private named(letter: string, _space = false): Node {
    const c = this.cursor;
    let name = letter;
    for (;;) {
      if (c.isOp("'")) {
        c.next();
        name += "'";
      } else if (c.isOp('_') && !name.includes('_')) {
        c.next();
        name += `_${this.subscript()}`;
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
    if (c.isOp('(') && !c.peek().space && (APPLIED.has(base) || name.endsWith("'") || /^C$/.test(name)) && !this.isRemark()) {
      const args = this.callArguments();
      if (name === 'C' && args.length === 2) return { t: 'fn', name: 'binomial', args };
      return { t: 'app', name, args };
    }
    return sym(name);
  }

  /** `C_7^3` of Chinese texts and `{}_7C_3`; null when the subscript is no number. */
  private combination(name: string): Node | null {
    const c = this.cursor;
    const lower = /^C_(\d{1,6})$/.exec(name)?.[1];
    if (lower === undefined || !c.isOp('^')) return null;
    c.next();
    return fn('binomial', num(integer(BigInt(lower))), this.exponent());
  }

  private subscript(): string {
    const c = this.cursor;
    if (!c.isOp('{')) {
      const token = c.next();
      return token.kind === 'cmd' ? `\\${token.text}` : token.text;
    }
    let depth = 0;
    let name = '';
    do {
      const token = c.next();
      if (token.kind === 'end') c.fail('a subscript is not closed');
      if (token.text === '{' && token.kind === 'op') depth++;
      else if (token.text === '}' && token.kind === 'op') depth--;
      else name += token.kind === 'cmd' ? `\\${token.text}` : token.text;
    } while (depth > 0);
    return name.slice(0, 40);
  }

  private callArguments(): Node[] {
    const c = this.cursor;
    c.expectOp('(');
    const inside = this.inside(() => this.list());
    c.expectOp(')');
    return inside.t === 'seq' && inside.open === '' ? [...inside.items] : [inside];
  }

  private inside<T>(read: () => T): T {
    const { bars, inSet } = this;
    this.bars = 0;
    this.inSet = 0;
    this.groups++;
    const result = this.cursor.nested(read);
    this.groups--;
    this.bars = bars;
    this.inSet = inSet;
    return result;
  }

  private word(): Node {
    const c = this.cursor;
    const token = c.peek();
    const constant = wordConstant(token.text);
    if (constant !== null) {
      c.next();
      return constant.t === 'sym' ? this.named(constant.name) : constant;
    }
    if (FUNCTIONS.has(token.text) && this.callFollows(1)) {
      c.next();
      return this.call(token.text);
    }
    const parts = splitWord(token.text);
    if (parts !== null && !token.roman) {
      this.replaceWord(parts);
      return this.power();
    }
    const letters = token.text;
    const lower = letters.toLowerCase();
    const mathematical = !token.roman && letters.charCodeAt(0) < 0x80 && (letters.length <= 3 ? !SHORT_WORDS.has(letters === letters.toUpperCase() ? letters : lower) : letters.length <= 12 && this.inFormula());
    if (!mathematical) return c.fail('words');
    this.replaceWord([...letters]);
    return this.power();
  }

  /** Whether operators stand around the word, so that it is a product of letters. */
  private inFormula(): boolean {
    const c = this.cursor;
    const before = c.tokens[c.index - 1];
    const after = c.peek(1);
    const operator = (token: Token | undefined): boolean => token !== undefined && token.kind === 'op' && '+-*/^_='.includes(token.text);
    return this.groups > 0 ? after.kind !== 'word' && (before?.kind !== 'word') : operator(before) || operator(after);
  }

  private replaceWord(parts: readonly string[]): void {
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

  private callFollows(ahead: number): boolean {
    const token = this.cursor.peek(ahead);
    if (token.kind === 'op') return ['(', '[', '{', '^', '_', '|', '-'].includes(token.text);
    return token.kind === 'num' || token.kind === 'cmd' || token.kind === 'id' || (token.kind === 'word' && !JOINERS.has(token.text));
  }

  /** A known function with its powers, base and argument; the name was read. */
  private call(word: string): Node {
    const c = this.cursor;
    const name = FUNCTIONS.get(word);
    if (name === undefined) return c.fail(`unknown function ${word}`);
    if (name === 'root') return this.root(word === 'cbrt' ? 3 : 2);
    let exponent: Node | null = null;
    let base: Node | null = null;
    for (;;) {
      if (c.isOp('^', '**') && exponent === null && !this.degreeAhead()) {
        c.next();
        exponent = this.exponent();
      } else if (c.isOp('_') && base === null) {
        c.next();
        base = c.isOp('{') ? this.group() : this.primary();
      } else {
        break;
      }
    }
    const args = this.functionArguments();
    const inverse = exponent !== null && isMinusOne(exponent) ? INVERSE[name] : undefined;
    const value = this.applied(word, name, inverse, args, base);
    return exponent !== null && inverse === undefined ? { t: 'pow', a: value, b: exponent } : value;
  }

  private applied(word: string, name: FunctionName, inverse: FunctionName | undefined, args: Node[], base: Node | null): Node {
    if (inverse !== undefined) return { t: 'fn', name: inverse, args };
    if (name !== 'log') return { t: 'fn', name, args };
    const natural: Node = { t: 'const', name: 'e' };
    const [argument, second] = args;
    if (argument === undefined) return this.cursor.fail('an argument is missing');
    const ten = num(integer(10));
    // sympy writes log(x, b); its log without a base is natural, LaTeX's \log is decimal here.
    const sympy = !this.cursor.source.includes('\\') && word === 'log';
    return fn('log', argument, base ?? second ?? (word === 'ln' || sympy ? natural : ten));
  }

  private functionArguments(): Node[] {
    const c = this.cursor;
    if (c.isOp('(')) return this.callArguments();
    if (c.isOp('[', '{')) return [this.primary()];
    if (c.isOp('-', '+')) return [this.signed()];
    const factors: Node[] = [];
    for (;;) {
      const token = c.peek();
      const isFunction = (token.kind === 'cmd' && FUNCTIONS.has(token.text) && token.text !== 'sqrt') || (token.kind === 'word' && FUNCTIONS.has(token.text) && token.text !== 'sqrt');
      if (factors.length > 0 && (isFunction || !this.startsPrimary(token) || this.unitAhead(token) || (token.kind === 'op' && token.text === '('))) break;
      factors.push(this.power());
    }
    const first = factors[0];
    return factors.length === 1 && first !== undefined ? [first] : [{ t: 'mul', items: factors }];
  }

  private root(degree: number): Node {
    const c = this.cursor;
    let index: Node = num(integer(degree));
    if (c.isOp('[')) {
      c.next();
      index = this.inside(() => this.sum());
      c.expectOp(']');
    }
    // `\sqrt15` is meant as the root of 15, though TeX reads one digit.
    const radicand = c.isOp('(') ? this.callArguments()[0] : c.isOp('{') ? this.group() : this.primary();
    if (radicand === undefined) return c.fail('a root of nothing');
    return fn('root', radicand, index);
  }

  /** An argument as TeX reads it: a group, or one token, where a number gives only its first digit if `single`. */
  argument(single: boolean): Node {
    const c = this.cursor;
    if (c.isOp('{')) return this.group();
    const token = c.peek();
    if (single && token.kind === 'num' && token.text.length > 1 && !token.text.includes('.')) {
      c.tokens.splice(c.index, 1,
        { ...token, text: token.text.charAt(0), end: token.start + 1 },
        { ...token, text: token.text.slice(1), start: token.start + 1, space: false });
      return num(integer(BigInt(c.next().text)));
    }
    return c.nested(() => this.primary());
  }

  /** The content of braces: a value, or a set where it is a list. */
  group(): Node {
    const c = this.cursor;
    c.expectOp('{');
    const inner = this.inside(() => this.list());
    c.expectOp('}');
    if (inner.t === 'seq' && inner.open === '') return { ...inner, open: '{', close: '}' };
    return inner;
  }

  private command(): Node {
    const c = this.cursor;
    const name = c.next().text;
    if (FRACTIONS.has(name)) {
      const a = this.argument(true);
      return { t: 'div', a, b: this.argument(true) };
    }
    if (FUNCTIONS.has(name)) return this.call(name);
    if (name === 'pi' || name === 'infty' || name === 'infinity') return { t: 'const', name: name === 'pi' ? 'pi' : 'inf' };
    if (SYMBOLS.has(name)) return this.named(`\\${name}`);
    if (TRANSPARENT.has(name) || name === 'boxed') return c.isOp('{') ? this.group() : this.primary();
    if (ACCENTS.has(name)) return this.named(this.accented(name));
    if (name === 'angle' || name === 'measuredangle' || name === 'triangle' || name === 'odot' || name === 'Box') return sym(this.figure(name));
    return this.rareCommand(name);
  }

  private rareCommand(name: string): Node {
    const c = this.cursor;
    switch (name) {
      case 'binom': case 'dbinom': case 'tbinom': {
        const a = this.argument(true);
        return fn('binomial', a, this.argument(true));
      }
      case 'overline': return this.overline();
      case 'mathbb': case 'Bbb': return this.namedSet();
      case 'emptyset': case 'varnothing': return { t: 'named', name: 'empty' };
      case 'lfloor': case 'lceil': {
        const value = this.inside(() => this.sum());
        if (!c.isCmd(name === 'lfloor' ? 'rfloor' : 'rceil')) c.fail('a floor or ceiling is not closed');
        c.next();
        return fn(name === 'lfloor' ? 'floor' : 'ceil', value);
      }
      case 'lvert': case 'vert': case 'lVert': return this.absolute(name);
      case 'langle': {
        const inner = this.inside(() => this.list());
        if (!c.isCmd('rangle')) c.fail('expected \\rangle');
        c.next();
        return { t: 'seq', open: '<', close: '>', items: inner.t === 'seq' && inner.open === '' ? inner.items : [inner] };
      }
      case 'lbrace': return this.set('rbrace');
      case 'begin': return readEnvironment(this, c);
      case 'sum': case 'prod': case 'int': case 'lim': return this.big(name);
      case 'pmod': case 'bmod': return c.fail('a modulus without a value');
      case 'R': case 'N': case 'Z': case 'Q': return { t: 'named', name };
      case 'not': return c.fail('a lone \\not');
      case 'ldots': case 'cdots': case 'dots': return { t: 'ellipsis' };
      case 'underset': case 'overset': case 'stackrel': {
        this.argument(false);
        return this.argument(false);
      }
      case 'color': case 'textcolor': case 'hspace': case 'phantom': case 'label': case 'tag': case 'vspace': {
        this.skipGroup();
        return this.power();
      }
      default: {
        c.index--;
        return c.fail('unknown command');
      }
    }
  }

  private skipGroup(): void {
    const c = this.cursor;
    if (!c.isOp('{')) return;
    let depth = 0;
    do {
      const token = c.next();
      if (token.kind === 'end') c.fail('a group is not closed');
      if (token.kind === 'op' && token.text === '{') depth++;
      if (token.kind === 'op' && token.text === '}') depth--;
    } while (depth > 0);
  }

  private accented(accent: string): string {
    const c = this.cursor;
    const mark = accent.startsWith('math') ? '' : `${accent} `;
    const inner = c.isOp('{') ? this.subscript() : c.next().text;
    return mark === '' && inner.length === 1 ? inner : `${mark}${inner}`;
  }

  /** `\angle APC`, `\triangle ABC`: the letters belong to the name. */
  private figure(command: string): string {
    const c = this.cursor;
    let letters = '';
    while ((c.peek().kind === 'id' || c.peek().kind === 'word') && /^[A-Z]+$/.test(c.peek().text)) letters += c.next().text;
    return `\\${command} ${letters}`;
  }

  /** `\overline{AB}` names a segment, `\overline{z}` a conjugate: a symbol of its own either way. */
  private overline(): Node {
    return this.named(`overline ${this.subscript()}`);
  }

  private namedSet(): Node {
    const c = this.cursor;
    const letter = c.isOp('{') ? this.subscript() : c.next().text;
    // R^+, Z_{\ge 0} and the like are symbols of their own.
    if (c.isOp('^', '_') && ['+', '-', '{', '*', '>'].includes(c.peek(1).text) && !/^\d/.test(c.peek(2).text)) {
      c.next();
      return sym(`${letter}^${c.isOp('{') ? this.subscript() : c.next().text}`);
    }
    if (letter === 'R' || letter === 'Q' || letter === 'Z' || letter === 'N' || letter === 'C') return { t: 'named', name: letter };
    return sym(letter);
  }

  private absolute(closer: string): Node {
    const c = this.cursor;
    const { bars } = this;
    const value = this.inside(() => {
      this.bars = 1;
      return this.sum();
    });
    this.bars = bars;
    if (closer === '|' || closer === '\\|') c.expectOp(closer);
    else c.next();
    return fn('abs', value);
  }

  private set(closer: string): Node {
    const c = this.cursor;
    const closed = (): boolean => c.isOp('\\}', '}') || c.isCmd(closer);
    if (closed()) {
      c.next();
      return { t: 'named', name: 'empty' };
    }
    if (c.isCmd('begin')) {
      const system = this.primary();
      if (closed()) c.next();
      return system;
    }
    const node = this.inside(() => {
      this.inSet = 1;
      const inner = this.list();
      if (c.isOp('|', ':') || c.isCmd('mid', 'vert', 'colon')) {
        c.next();
        this.inSet = 0;
        const condition = this.list();
        return { t: 'builder', element: inner, condition } as const;
      }
      return { t: 'seq', open: '{', close: '}', items: inner.t === 'seq' && inner.open === '' ? inner.items : [inner] } as const;
    });
    if (!closed()) c.fail('a set is not closed');
    c.next();
    return node;
  }

  private bracket(): Node {
    const c = this.cursor;
    const token = c.next();
    switch (token.text) {
      case '(': case '[': return this.parenthesis(token.text);
      case '{': {
        c.index--;
        if (c.peek(1).text === '}') {
          c.index += 2;
          return c.isOp('_') ? this.primary() : c.atEnd() ? { t: 'named', name: 'empty' } : this.power();
        }
        return this.braces();
      }
      case '\\{': return this.set('rbrace');
      case '|': case '\\|': return this.absolute(token.text);
      case ']': return this.reversedInterval();
      case '$': return unitNode(this.product(), 'dollars');
      case '_': return this.precedingCombination();
      case '"': return c.fail('words');
      default: {
        c.index--;
        return c.fail('a value is missing');
      }
    }
  }

  /** TeX's `{7 \choose 3}`, a set of a plain-text answer, or a group. */
  private braces(): Node {
    const c = this.cursor;
    const start = c.index;
    c.next();
    const inner = this.inside(() => {
      this.inSet = 1;
      const list = this.list();
      if (c.isOp('|', ':') || c.isCmd('mid')) {
        c.next();
        this.inSet = 0;
        return { t: 'builder', element: list, condition: this.list() } as const;
      }
      return list;
    });
    if (c.isCmd('choose')) {
      c.next();
      const lower = this.inside(() => this.sum());
      c.expectOp('}');
      return fn('binomial', inner, lower);
    }
    if (!c.takeOp('}') && !(start === 0 && c.takeOp('\\}'))) c.fail('a brace is not closed');
    if (inner.t === 'seq' && inner.open === '') return { ...inner, open: '{', close: '}' };
    return inner;
  }

  private parenthesis(open: '(' | '['): Node {
    const c = this.cursor;
    if (c.isOp(')', ']')) {
      c.next();
      return { t: 'seq', open, close: open === '(' ? ')' : ']', items: [] };
    }
    const inner = this.inside(() => this.list());
    if (!c.isOp(')', ']')) return c.fail(`expected ${CLOSERS[open] ?? ')'}`);
    const close = c.next();
    const items = inner.t === 'seq' && inner.open === '' ? inner.items : [inner];
    const closing: Bracket = close.text === ')' ? ')' : ']';
    // Brackets around a matrix are its own.
    if (inner.t === 'matrix') return inner;
    if (items.length === 1 && open === '(' && closing === ')' && inner.t !== 'seq') return this.basedGroup(inner);
    if (items.length === 1 && open === '[' && closing === ']' && inner.t !== 'seq' && this.groups + c.index > 3 && !c.atEnd()) return inner;
    return { t: 'seq', open, close: closing, items };
  }

  /** `(4210)_5` is a number in a base. */
  private basedGroup(inner: Node): Node {
    const c = this.cursor;
    if (inner.t !== 'num' || inner.decimals !== null || !c.isOp('_')) return inner;
    c.next();
    const base = c.isOp('{') ? this.subscript() : c.next().text;
    if (!/^\d{1,2}$/.test(base)) c.fail('a base that is no number');
    return { t: 'based', digits: String(inner.value.n), base: Number(base) };
  }

  /** `]a, b[` of French and German texts. */
  private reversedInterval(): Node {
    const c = this.cursor;
    const inner = this.inside(() => this.list());
    if (!c.isOp('[', ']') || inner.t !== 'seq' || inner.items.length !== 2) return c.fail('a bracket is not closed');
    return { t: 'seq', open: '(', close: c.next().text === '[' ? ')' : ']', items: inner.items };
  }

  /** `{}_7C_3` */
  private precedingCombination(): Node {
    const c = this.cursor;
    const upper = c.isOp('{') ? this.group() : this.primary();
    const letter = c.next();
    if (letter.text !== 'C' || !c.isOp('_')) return c.fail('a subscript without a symbol');
    c.next();
    return fn('binomial', upper, c.isOp('{') ? this.group() : this.primary());
  }

  /** Sums, products, integrals and limits with their bounds. */
  private big(name: string): Node {
    const c = this.cursor;
    let variable = 'x';
    let from: Node | null = null;
    let to: Node | null = null;
    for (;;) {
      if (c.isOp('_')) {
        c.next();
        const bound = c.isOp('{') ? this.group() : this.primary();
        if (bound.t === 'rel' && bound.items[0]?.t === 'sym') {
          variable = bound.items[0].name;
          from = bound.items[1] ?? null;
        } else if (bound.t === 'rel' && bound.items[0]?.t === 'const') {
          variable = bound.items[0].name;
          from = bound.items[1] ?? null;
        } else {
          from = bound;
        }
      } else if (c.isOp('^')) {
        c.next();
        to = this.exponent();
      } else {
        break;
      }
    }
    const op = name === 'sum' ? 'sum' : name === 'prod' ? 'product' : name === 'int' ? 'integral' : 'limit';
    const body = this.product();
    return { t: 'big', op, variable, from, to, body };
  }
}

const NOT_PRIMARY: ReadonlySet<string> = new Set(['cup', 'cap', 'cupdot', 'bigcup', 'setminus', 'smallsetminus', 'backslash', 'cdot', 'times', 'div', 'pm', 'mp', 'ast', 'star', 'mid', 'rfloor', 'rceil', 'rangle', 'rvert', 'rVert', 'rbrace', 'end', 'pmod', 'bmod', 'mod', 'choose', 'not',
  'ldots', 'cdots', 'dots', 'dotsc', 'dotsb', 'forall', 'exists', 'text', 'because', 'therefore', 'colon', 'atop', 'over', 'vert', 'slash', 'degree', 'circ']);

function add(items: readonly Node[]): Node {
  const first = items[0];
  return items.length === 1 && first !== undefined ? first : { t: 'add', items };
}

function divideBy(value: Rational, by: number): Rational {
  return rational(value.n, value.d * BigInt(by));
}

function isWhole(node: Node): node is Node & { t: 'num' } {
  return node.t === 'num' && node.decimals === null && node.value.d === 1n;
}

function isSet(node: Node): boolean {
  return node.t === 'builder' || node.t === 'setop' || (node.t === 'seq' && (node.open === '{' || node.open !== '(')) || (node.t === 'named' && node.name !== 'empty');
}

function isMinusOne(node: Node): boolean {
  return node.t === 'neg' && node.a.t === 'num' && node.a.value.n === 1n && node.a.value.d === 1n;
}

function endsWithNumber(node: Node): boolean {
  return node.t === 'num';
}

/** A value with what follows it: percent and degrees have nodes of their own. */
function unitNode(value: Node, unit: string): Node {
  const lower = unit.toLowerCase();
  if (lower === 'percent' || lower === 'per cent') return { t: 'percent', a: value };
  if (/^(?:degrees?|deg)(?: (?:celsius|fahrenheit|c|f))?$/.test(lower)) return { t: 'degree', a: value };
  return { t: 'unit', a: value, unit };
}

/** Constants and Greek letters written as plain words. */
function wordConstant(word: string): Node | null {
  if (word === 'pi' || word === 'Pi' || word === 'PI') return { t: 'const', name: 'pi' };
  if (/^(?:oo|inf|infty|infinity|Infinity)$/.test(word)) return { t: 'const', name: 'inf' };
  if (SYMBOLS.has(word) && word.length > 2 && !['top', 'star', 'square', 'prime', 'bullet'].includes(word)) return sym(`\\${word}`);
  return null;
}

const SPLIT = /^([a-zA-Z]{0,3}?)(arcsin|arccos|arctan|sqrt|sin|cos|tan|cot|sec|csc|log|ln|exp|pi|theta|alpha|beta)([a-zA-Z]{0,2}?)$/;

/** `xsin`, `cosx`, `kpi`: letters glued to a function or constant. Null when the word is no such thing. */
export function splitWord(word: string): string[] | null {
  if (FUNCTIONS.has(word) || wordConstant(word) !== null) return [word];
  const match = SPLIT.exec(word);
  if (match === null || word.length > 9) return null;
  const [, before = '', name = '', after = ''] = match;
  if (/^(?:spin|basin|sing|tang|tans|cost|slog|blog|opin|seco|login|logs|second)/i.test(word)) return null;
  return [...before, name, ...after];
}

export { TRIG };
