import { limits } from '../limits.ts';
import { fn, sym, type Node, type PlainRelation, type RelationOp } from './ast.ts';
import { readBareTime } from './clock.ts';
import { congruentTo, conditionOf, opensCondition, readQuantifier, type Condition } from './conditions.ts';
import { labelNode, readHead } from './heads.ts';
import { isNumberSet, readNumberSet } from './numberSets.ts';
import { sideFollows } from './phrases.ts';
import { QuantityReader } from './quantities.ts';
import { DENIALS, JOINERS, RELATIONS } from './vocabulary.ts';

/**
 * Reader of expressions, relations and lists: recursive descent over tokens, one method for each level of the grammar:
 *
 *     list     = relation { ("," | ";" | "and" | "or" | "\\") relation }
 *     relation = union { ("=" | "<" | ...) union }
 *     union    = ratio { ("\cup" | "\cap" | "\setminus") ratio }
 *     ratio    = quantity { ":" quantity }
 *     quantity = sum [unit] { number smaller-unit }
 *     sum      = product { ("+" | "-" | "\pm") product }
 *     product  = signed { ("*" | "/" | nothing) signed }
 *     signed   = ("-" | "+" | "\pm") signed | power
 *     power    = postfix [ "^" exponent ]
 */
export class ExpressionReader extends QuantityReader {
  /** Conditions in parentheses behind items: `x = k\pi\ (k \in \mathbb Z)`. */
  readonly conditions: Condition[] = [];
  private readonly mayName = /[=:]|\\equiv/.test(this.cursor.source);

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
    const relations = items.some((item) => item.t === 'rel' && item.ops.some((op) => op !== '=' && op !== 'to') && !isDeclaration(item));
    const connectives = joins.some((join) => join.startsWith('\\')) && items.every(isProposition);
    if (joiner !== undefined && (relations || connectives)) return alternatives(joiner, items, joins);
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
    return c.atEnd() || c.isOp(')', ']', '}', '\\}', '&', '\\\\') || c.isCmd('end') || (this.groups === 0 && opensCondition(c) !== null);
  }

  protected item(): Node {
    const c = this.cursor;
    if (c.isCmd('ldots', 'cdots', 'dots', 'dotsc', 'dotsb', 'vdots') || c.isOp('...')) {
      c.next();
      return { t: 'ellipsis' };
    }
    const named = (this.mayName ? this.colonLabel() : null) ?? this.extremeLabel();
    const value: Node = named === null ? this.relation() : { t: 'rel', items: [named, this.relation()], ops: ['='] };
    if (c.isOp('(') && this.conditionAhead()) {
      const condition = this.attempt(() => {
        c.next();
        const relation = this.inside(() => this.list());
        c.expectOp(')');
        return relation;
      });
      if (condition !== null) this.conditions.push(...(condition.t === 'seq' ? condition.items : [condition]).map(conditionOf));
    }
    const quantifier = this.groups === 0 && c.peek().kind === 'word' ? readQuantifier(this) : null;
    if (quantifier !== null) this.conditions.push(quantifier);
    return value;
  }

  /** `\max 5`, `maximum value 5`: which of the values it is. A number alone has no largest among itself. */
  protected extremeLabel(): Node | null {
    const c = this.cursor;
    const token = c.peek();
    if (this.groups > 0 || (token.kind !== 'cmd' && token.kind !== 'word') || !/^(?:max|min)(?:imum)?$/i.test(token.text)) return null;
    let ahead = 1;
    while (c.peek(ahead).kind === 'word' && /^(?:value|is|of)$/.test(c.peek(ahead).text)) ahead++;
    if (c.peek(ahead).kind !== 'num' && !(c.peek(ahead).text === '-' && c.peek(ahead + 1).kind === 'num')) return null;
    c.index += ahead;
    return labelNode([{ ...token, kind: 'word' }]);
  }

  /** `Minimum: 1`, `A: 3`: the words or the capital before a colon name the value that follows. */
  protected colonLabel(): Node | null {
    const c = this.cursor;
    let ahead = 0;
    while (c.peek(ahead).kind === 'word' || (c.peek(ahead).kind === 'id' && c.peek(ahead).roman)) ahead++;
    const capital = ahead === 0 && c.peek().kind === 'id' && /^[A-Z]$/.test(c.peek().text) && c.peek(2).kind === 'num';
    if (capital) ahead = 1;
    const colon = c.peek(ahead);
    if (ahead === 0 || colon.text !== ':' || colon.kind !== 'op' || this.inSet > 0) return null;
    const first = c.peek();
    const tokens = Array.from({ length: ahead }, (_, index) => c.peek(index));
    if (tokens.some((token) => DENIALS.has(token.text.toLowerCase()))) return null;
    c.index += ahead + 1;
    return capital ? sym(first.text) : labelNode(tokens);
  }

  relation(): Node {
    const c = this.cursor;
    const named = this.mayName && this.formulas === 0;
    const mapping = named && c.peek(1).text === ':' ? this.mapping() : null;
    if (mapping !== null) return mapping;
    const head = named ? readHead(c) : null;
    if (head?.t === 'app') this.defined.add(head.name);
    const items: Node[] = [head ?? this.union()];
    const ops: RelationOp[] = [];
    if (items[0]?.t === 'num' && this.divisionAhead()) {
      c.next();
      return { t: 'rel', items: [...items, this.union()], ops: ['divides'] };
    }
    for (;;) {
      const op = this.relationOp();
      if (op === null) break;
      ops.push(op);
      const set = c.peek();
      items.push((op === 'in' || op === 'not in') && set.kind === 'id' && isNumberSet(set.text) ? readNumberSet(c, c.next().text) : op === 'in' || op === 'not in' ? asNumberSet(this.union()) : this.union());
      if (items.length > limits.items) c.fail(`more than ${limits.items} items`);
    }
    const first = items[0];
    if (ops.length === 0 && first !== undefined) return this.modulo(first);
    const relation: Node & { t: 'rel' } = { t: 'rel', items: items.map((item, index) => (index === 0 ? namedVector(item) : item)), ops };
    return inBothNotations(relation) ?? this.modulo(relation);
  }

  /** The sign of `6 \mid n`, behind which one name and nothing else stands; before anything more it opens a condition. */
  private divisionAhead(): boolean {
    const c = this.cursor;
    const after = c.peek(2);
    return this.groups === 0 && c.index === 1 && (c.isCmd('mid') || c.isOp('|')) && c.peek(1).kind === 'id' && (after.kind === 'end' || after.text === '.');
  }

  /** `f: x \mapsto 2x` is `f(x) = 2x`. */
  protected mapping(): Node | null {
    const c = this.cursor;
    const [name, colon, argument, arrow] = [c.peek(), c.peek(1), c.peek(2), c.peek(3)];
    if (name.kind !== 'id' || colon.text !== ':' || argument.kind !== 'id' || arrow.kind !== 'cmd' || (arrow.text !== 'mapsto' && arrow.text !== 'to')) return null;
    c.index += 4;
    return { t: 'rel', items: [{ t: 'app', name: name.text, args: [sym(argument.text)] }, this.union()], ops: ['='] };
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
    if (modulus === null) {
      // `f(x) \equiv 0`: the function is zero everywhere.
      return value.t === 'rel' && value.items[0]?.t === 'app' && value.ops.every((op) => op === 'congruent') ? { ...value, ops: value.ops.map(() => '=') } : value;
    }
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
    const words = congruentTo(c, 0);
    if (words > 0) {
      c.index += words;
      return 'congruent';
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

  /** `10 ft by 18 ft`, `10 ft \times 18 ft`: the sides of a shape as a list; null, with nothing read, for anything else. */
  private dimensions(first: readonly Node[]): Node | null {
    const c = this.cursor;
    const sides = [...first];
    while (sideFollows(c, 0) && (c.peek().text === 'by' || sides[0]?.t === 'unit') && sides.length <= 3) {
      c.next();
      sides.push(this.quantity());
    }
    return sides.length === 1 ? null : { t: 'seq', open: '', close: '', items: sides };
  }

  protected ratio(): Node {
    const c = this.cursor;
    const time = this.reading.clock === 'ratio' || this.inSet > 0 ? null : readBareTime(c);
    if (time !== null) return time;
    const items = [this.quantity()];
    const sides = this.dimensions(items);
    if (sides !== null) return sides;
    for (;;) {
      const to = c.peek().kind === 'word' && c.peek().text === 'to' && c.peek(1).kind === 'num';
      if (!to && (!c.isOp(':') || this.inSet > 0)) break;
      c.next();
      items.push(this.quantity());
    }
    const first = items[0];
    return items.length === 1 && first !== undefined ? first : { t: 'ratio', items };
  }
}

/** `x < 3 : (-\infty, 3)`: an inequality, and its interval behind a colon, as two spellings of one answer. Null for any other relation. */
function inBothNotations(node: Node & { t: 'rel' }): Node | null {
  const last = node.items.at(-1);
  const [bound, interval] = last?.t === 'ratio' && last.items.length === 2 && /^[<>]/.test(node.ops.at(-1) ?? '') ? last.items : [];
  if (bound === undefined || !(interval?.t === 'setop' || (interval?.t === 'seq' && interval.items.length === 2))) return null;
  return { t: 'seq', open: '', close: '', items: [{ ...node, items: [...node.items.slice(0, -1), bound] }, interval], joiner: 'or' };
}

/** A column of names on a left side is the tuple of these names. */
function namedVector(node: Node): Node {
  if (node.t !== 'matrix' || !node.rows.every((row) => row.length === 1 && row[0]?.t === 'sym')) return node;
  return { t: 'seq', open: '(', close: ')', items: node.rows.flat() };
}

/** A letter of logic, perhaps negated: `p \wedge q` joins propositions, where `1 \vee 2` lists values. */
function isProposition(node: Node): boolean {
  return node.t === 'sym' || node.t === 'logic' || (node.t === 'mul' && node.items.length === 2 && node.items[0]?.t === 'sym' && node.items[0].name === '\\neg' && node.items[1]?.t === 'sym');
}

/** `\mathbf{R}` behind "in" is the set of real numbers. */
function asNumberSet(node: Node): Node {
  return node.t === 'sym' && isNumberSet(node.name) ? { t: 'named', name: node.name as 'R' } : node;
}

/** Relations joined by words; the set of the name behind a comma holds for all of them: `x < 1 or x > 3, x \in \mathbb R`. */
function alternatives(op: 'or' | 'and', items: readonly Node[], joins: readonly string[]): Node {
  const last = items.at(-1);
  if (op === 'and' || items.length < 3 || joins.at(-1) !== ',' || last?.t !== 'rel' || !isDeclaration(last)) return { t: 'logic', op, items };
  return { t: 'logic', op: 'and', items: [{ t: 'logic', op, items: items.slice(0, -1) }, last] };
}

/** `k \in \mathbb Z` behind the items of a list says what a name stands for. */
function isDeclaration(item: Node & { t: 'rel' }): boolean {
  return item.ops[0] === 'in' && conditionOf(item).kind === 'domain';
}
