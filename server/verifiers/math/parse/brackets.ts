import { integer } from '../arithmetic/rational.ts';
import { fn, num, type Bracket, type Node } from './ast.ts';
import { baseAt, readBasedGroup } from './bases.ts';
import { readEnvironment } from './environments.ts';
import type { Cursor } from './cursor.ts';
import { Reader } from './reader.ts';
import type { Token } from './tokenize.ts';
import { CLOSING_BRACKETS, OPENING_BRACKETS, RELATIONS } from './vocabulary.ts';

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** Everything between brackets: groups, tuples, intervals, sets, absolute values, arguments. */
export abstract class BracketReader extends Reader {
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

  /** The content of braces that is a part of a formula: a value, or a set where it is a list. */
  group(): Node {
    return this.grouped((read) => this.formula(read));
  }

  /** The content of braces behind a command that changes its looks alone. */
  protected plainGroup(): Node {
    return this.grouped((read) => this.inside(read));
  }

  private grouped(within: (read: () => Node) => Node): Node {
    const c = this.cursor;
    c.expectOp('{');
    const inner = within(() => this.list());
    c.expectOp('}');
    if (inner.t === 'seq' && inner.open === '') return { ...inner, open: '{', close: '}' };
    return inner;
  }

  /** The items of a list in parentheses. */
  callArguments(): Node[] {
    const c = this.cursor;
    c.expectOp('(');
    const inside = this.formula(() => this.list());
    c.expectOp(')');
    return inside.t === 'seq' && inside.open === '' ? [...inside.items] : [inside];
  }

  protected bracket(): Node {
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
      case '$': case 'euros': case 'pounds': case 'yuan': case 'rupees': {
        this.currency = token.text === '$' ? 'dollars' : token.text;
        return this.power();
      }
      case '_': case '^': return this.precedingCombination();
      case '"': return c.fail('words');
      default: {
        c.index--;
        return c.fail('a value is missing');
      }
    }
  }

  /** `{x: 3, y: -1}` of a program gives names their values. Null, with nothing read, where the braces hold anything else. */
  private dictionary(): Node | null {
    const c = this.cursor;
    if (!isDictionary(c)) return null;
    const items = this.inside(() => {
      const pairs: Node[] = [];
      do {
        const name = this.named(c.next().text);
        c.expectOp(':');
        pairs.push({ t: 'rel', items: [name, this.sum()], ops: ['='] });
      } while (c.takeOp(','));
      return pairs;
    });
    if (!c.takeOp('}', '\\}')) c.fail('a set is not closed');
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { t: 'seq', open: '', close: '', items };
  }

  /** TeX's `{7 \choose 3}` and `{5 \over 8}`, a set of a plain-text answer, or a group. */
  protected braces(): Node {
    const c = this.cursor;
    const start = c.index;
    c.next();
    const named = this.dictionary();
    if (named !== null) return named;
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
    if (c.isCmd('over')) {
      c.next();
      const lower = this.formula(() => this.sum());
      c.expectOp('}');
      return { t: 'div', a: inner, b: lower };
    }
    if (c.isCmd('choose')) {
      c.next();
      const lower = this.formula(() => this.sum());
      c.expectOp('}');
      return fn('binomial', inner, lower);
    }
    if (!c.takeOp('}') && !(start === 0 && c.takeOp('\\}'))) c.fail('a brace is not closed');
    if (inner.t === 'seq' && inner.open === '') return { ...inner, open: '{', close: '}' };
    return inner;
  }

  protected parenthesis(open: '(' | '['): Node {
    const c = this.cursor;
    if (c.isOp(')', ']')) {
      c.next();
      return { t: 'seq', open, close: open === '(' ? ')' : ']', items: [] };
    }
    const based = readBasedGroup(c);
    if (based !== null) return based;
    this.splitGroups();
    const before = c.tokens[c.index - 2];
    const inner = this.inside(() => this.list());
    const items = inner.t === 'seq' && inner.open === '' ? inner.items : [inner];
    // `[2, 5[` of French texts.
    if (!c.isOp(')', ']') && !(items.length === 2 && c.isOp('['))) return c.fail(`expected ${CLOSERS[open] ?? ')'}`);
    const close = c.next();
    const closing: Bracket = close.text === ']' ? ']' : ')';
    const group = items.length === 1 && open === '[' && closing === ']' && inner.t !== 'seq' && inner.t !== 'rel';
    // Brackets around a matrix are its own.
    if (inner.t === 'matrix') return inner;
    if (items.length === 1 && open === '(' && closing === ')' && inner.t !== 'seq') return this.basedGroup(inner);
    if (group && this.reading.square === 'floor') return fn('floor', inner);
    if (group && ((this.groups + c.index > 3 && !c.atEnd()) || (isOperand(before) && inner.t !== 'div' && !(inner.t === 'num' && before?.kind === 'id')))) return inner;
    return { t: 'seq', open, close: closing, items };
  }

  /**
   * `(100,200)` and `\{100,200\}`: a comma alone between digits in brackets separates two values there, where nothing else does,
   * although they could be the thousands of one number.
   */
  private splitGroups(): void {
    const c = this.cursor;
    const [from, sign] = [c.index, c.isOp('-') ? 1 : 0];
    const token = c.peek(sign);
    if (!token.grouped || this.reading.groups === 'joined' || !CLOSING_BRACKETS.has(c.peek(sign + 1).text)) return;
    const parts = c.source.slice(token.start, token.end).split(',');
    if (!parts.every((part) => /^\d+(?:\.\d+)?$/.test(part))) return;
    let start = token.start;
    const split = parts.flatMap((part, index): Token[] => {
      const number = { ...token, text: part, start, end: start + part.length, grouped: false, space: index === 0 && token.space };
      start = number.end + 1;
      return index === 0 ? [number] : [{ ...number, kind: 'op', text: ',', start: number.start - 1, end: number.start }, number];
    });
    c.tokens.splice(from + sign, 1, ...split);
  }

  /** `(4210)_5` is a number in a base. */
  protected basedGroup(inner: Node): Node {
    const c = this.cursor;
    if (inner.t !== 'num' || inner.decimals !== null || !c.isOp('_')) return inner;
    const named = baseAt(c, 0);
    if (named === null) return c.fail('a base that is no number');
    c.index += named.length;
    return { t: 'based', digits: String(inner.value.n), base: named.base };
  }

  /** `]a, b[` of French and German texts. */
  protected reversedInterval(): Node {
    const c = this.cursor;
    const inner = this.inside(() => this.list());
    if (!c.isOp('[', ']') || inner.t !== 'seq' || inner.items.length !== 2) return c.fail('a bracket is not closed');
    return { t: 'seq', open: '(', close: c.next().text === '[' ? ')' : ']', items: inner.items };
  }

  /** `{}_7C_3`, `^7C_3` */
  protected precedingCombination(): Node {
    const c = this.cursor;
    const upper = c.isOp('{') ? this.group() : this.primary();
    const letter = c.next();
    if (letter.text !== 'C' || !c.isOp('_')) return c.fail('a subscript without a symbol');
    c.next();
    return fn('binomial', upper, c.isOp('{') ? this.group() : this.primary());
  }

  protected absolute(closer: string): Node {
    const c = this.cursor;
    const { bars } = this;
    const value = this.formula(() => {
      this.bars = 1;
      return this.sum();
    });
    this.bars = bars;
    if (closer === '|' || closer === '\\|') c.expectOp(closer);
    else c.next();
    return fn(value.t === 'matrix' ? 'det' : 'abs', value);
  }

  protected set(closer: string): Node {
    const c = this.cursor;
    const closed = (): boolean => c.isOp('\\}', '}') || c.isCmd(closer);
    if (closed()) {
      c.next();
      return { t: 'named', name: 'empty' };
    }
    if (c.isCmd('begin')) {
      c.next();
      const system = readEnvironment(this, c, true);
      if (closed()) c.next();
      return system;
    }
    const named = this.dictionary();
    if (named !== null) return named;
    this.splitGroups();
    const node = this.inside(() => {
      this.inSet = 1;
      const inner = this.list();
      if (c.isOp('|', ':') || c.isCmd('mid', 'vert')) {
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
}

/** Whether a bracket behind the token is a factor or a term: `2[x + 1]`. */
function isOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'num' || token.kind === 'id' || (token.kind === 'op' && /^[-+*/)\]}]$/.test(token.text)));
}

/** Whether names with values, each behind a colon, stand between here and the end of the braces: `x: 3, y: -1`. */
function isDictionary(c: Cursor): boolean {
  if (c.peek(1).text !== ':') return false;
  let depth = 0;
  for (let ahead = 0; ; ahead++) {
    const token = c.peek(ahead);
    const before = c.peek(ahead - 1).text;
    if (token.kind === 'end') return false;
    if (depth === 0 && (ahead === 0 || before === ',')) {
      if (token.kind !== 'id' || c.peek(ahead + 1).text !== ':') return false;
      ahead++;
    } else if (token.kind === 'op' && OPENING_BRACKETS.has(token.text)) depth++;
    else if (token.kind === 'op' && CLOSING_BRACKETS.has(token.text) && --depth < 0) return before !== ':' && before !== ',';
    else if (depth === 0 && (token.kind === 'word' || RELATIONS.has(token.text) || /^[<>=:|;]/.test(token.text))) return false;
  }
}
