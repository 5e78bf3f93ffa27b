import { rational, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import { fn, num, sumOf, type Node, type PlainRelation, type RelationOp } from './ast.ts';
import { PowerReader } from './powers.ts';
import type { Token } from './tokenize.ts';
import { isUnitWord, readUnitPhrase, UNIT_LETTERS, unitNode } from './units.ts';
import { CONDITIONS, FRACTIONS, FUNCTIONS, JOINERS, NOT_PRIMARY, RELATIONS, SHORT_WORDS, VERBS } from './vocabulary.ts';
import { splitWord } from './words.ts';

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
export class ExpressionReader extends PowerReader {
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
    const words = joins.filter((join) => join !== ',').map((join) => join.replace('\\', ''));
    const joiner = words.length > 0 && words.every((word) => word === words[0]) ? words[0] === 'or' ? 'or' : 'and' : undefined;
    const relations = items.some((item) => item.t === 'rel' && item.ops.some((op) => op !== '=' && op !== 'to'));
    const connectives = joins.some((join) => join.startsWith('\\')) && items.every(isProposition);
    if (joiner !== undefined && (relations || connectives)) return { t: 'logic', op: joiner, items };
    return { t: 'seq', open: '', close: '', items, ...(joiner === undefined ? {} : { joiner }) };
  }

  /** One cell of an environment: there a row break ends the list. */
  cell(): Node {
    return this.inside(() => this.list());
  }

  /** Reads what separates items; null when none stands here. */
  protected separator(): string | null {
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
        found = token.kind === 'cmd' ? `\\${join}` : join;
      }
    }
  }

  protected endsList(): boolean {
    const c = this.cursor;
    return c.atEnd() || c.isOp(')', ']', '}', '\\}');
  }

  protected item(): Node {
    const c = this.cursor;
    if (c.isCmd('ldots', 'cdots', 'dots', 'dotsc', 'dotsb', 'vdots') || c.isOp('...')) {
      c.next();
      return { t: 'ellipsis' };
    }
    this.skipLabel();
    return this.relation();
  }

  /** `Minimum: 1`: the words before a colon name the value that follows. */
  protected skipLabel(): void {
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
  protected modulo(value: Node): Node {
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

  protected relationOp(): RelationOp | null {
    const c = this.cursor;
    const token = c.peek();
    let negated = false;
    if (token.kind === 'cmd' && token.text === 'not') {
      c.next();
      negated = true;
    }
    const op = this.plainRelationOp();
    if (!negated || op === null) return op;
    return op === '=' ? '!=' : op === '!=' || op.startsWith('not ') ? c.fail('a relation that is negated twice') : `not ${op as PlainRelation}`;
  }

  protected plainRelationOp(): RelationOp | null {
    const c = this.cursor;
    const token = c.peek();
    if (token.kind === 'cmd') {
      const op = RELATIONS.get(token.text);
      if (op === undefined) return null;
      c.next();
      return op;
    }
    if (token.kind !== 'op') return null;
    const ops: Readonly<Record<string, RelationOp>> = { '=': '=', '==': '=', '<': '<', '>': '>', '<=': '<=', '>=': '>=', '!=': '!=', '->': 'to', '=>': 'implies' };
    const op = ops[token.text];
    if (op === undefined) return null;
    c.next();
    if (c.isOp('=')) {
      c.next();
      return op === '<' ? '<=' : op === '>' ? '>=' : op;
    }
    return op;
  }

  protected union(): Node {
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

  protected ratio(): Node {
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
        items = [{ t: 'pm', a: sumOf(items), b: right, first: token.text === 'pm' ? 1 : -1 }];
      } else if (token.kind === 'cmd' && (token.text === 'ldots' || token.text === 'cdots' || token.text === 'dots') && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else if (token.kind === 'op' && token.text === '...' && items.length > 1) {
        c.next();
        items.push({ t: 'ellipsis' });
      } else {
        return sumOf(items);
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
        const right = this.signed();
        // The cross product of vectors depends on their order, and is not their dot product.
        factors.push(token.text === 'times' && isVector(factors.at(-1)) && isVector(right) ? { t: 'app', name: '\\times', args: [factors.pop() ?? right, right] } : right);
        if (factors.length === 1) left = factors[0] ?? left;
      } else if (c.isOp('/') || c.isCmd('div', 'slash')) {
        c.next();
        const right = this.signed();
        left = { t: 'div', a: flush(), b: right };
        factors = [left];
      } else if (this.unitAhead(token)) {
        // `a long sentence`: a letter before plain words is one of them.
        if (factors.length === 1 && left.t === 'sym' && token.kind === 'word' && !token.roman && !isUnitWord(token.text)) c.fail('words');
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
          if (token.kind === 'num' && before !== undefined && before.t === 'num') c.fail('two numbers in a row');
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
  protected mixedNumber(before: Node, token: Token): Node | null {
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

  protected unitAhead(token: Token): boolean {
    if (token.kind === 'word') {
      const lower = token.text.toLowerCase();
      if (JOINERS.has(lower) || CONDITIONS.has(lower) || VERBS.has(lower) || lower === 'mod' || lower === 'modulo') return false;
      if (FUNCTIONS.has(token.text) || splitWord(token.text) !== null) return isUnitWord(token.text);
      return token.roman || isUnitWord(token.text) || SHORT_WORDS.has(lower) || token.text.length >= 4;
    }
    if (token.kind !== 'id') return false;
    const before = this.cursor.tokens[this.cursor.index - 1];
    return token.roman && UNIT_LETTERS.has(token.text) && before !== undefined && (before.kind === 'num' || before.text === '}');
  }

  protected startsPrimary(token: Token): boolean {
    if (token.kind === 'num' || token.kind === 'id') return !(token.kind === 'id' && token.text.charCodeAt(0) >= 0x80 && JOINERS.has(token.text)) && !(token.text === 'U' && token.space && this.endsWithBracket());
    if (token.kind === 'word') return !JOINERS.has(token.text.toLowerCase()) && !CONDITIONS.has(token.text.toLowerCase()) && !VERBS.has(token.text.toLowerCase()) && token.text !== 'mod';
    if (token.kind === 'op') {
      if (token.text === '(') return !['mod', 'bmod'].includes(this.cursor.peek(1).text) && !this.isRemark();
      if (token.text === '|') return this.bars === 0 && this.inSet === 0;
      return token.text === '[' || (token.text === '{' && this.cursor.peek(1).text !== ',') || token.text === '\\{' || token.text === '\\|' && this.bars === 0;
    }
    if (token.kind !== 'cmd') return false;
    return !RELATIONS.has(token.text) && !JOINERS.has(token.text) && !NOT_PRIMARY.has(token.text);
  }

  /** A parenthesis of words behind a value: `(about 18.9)`. */
  protected isRemark(): boolean {
    const after = this.cursor.peek(1);
    return (after.kind === 'word' && !FUNCTIONS.has(after.text) && splitWord(after.text) === null && (after.roman || after.text.length >= 4)) || after.text === 'approx';
  }

  protected endsWithBracket(): boolean {
    const before = this.cursor.tokens[this.cursor.index - 1];
    return before !== undefined && (before.text === ')' || before.text === ']' || before.text === '\\}');
  }
}

function isWhole(node: Node): node is Node & { t: 'num' } {
  return node.t === 'num' && node.decimals === null && node.value.d === 1n;
}

function isVector(node: Node | undefined): boolean {
  return node?.t === 'sym' && /^(?:vec|overrightarrow) /.test(node.name);
}

/** A letter of logic, perhaps negated: `p \wedge q` joins propositions, where `1 \vee 2` lists values. */
function isProposition(node: Node): boolean {
  return node.t === 'sym' || node.t === 'logic' || (node.t === 'mul' && node.items.length === 2 && node.items[0]?.t === 'sym' && node.items[0].name === '\\neg' && node.items[1]?.t === 'sym');
}

function isSet(node: Node): boolean {
  return node.t === 'builder' || node.t === 'setop' || (node.t === 'seq' && (node.open === '{' || node.open !== '(')) || (node.t === 'named' && node.name !== 'empty');
}
