import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';
import { FUNCTIONS } from './vocabulary.ts';

/** How what can be read in two ways is read; which one is meant only shows beside the other side of a pair. */
export interface Reading {
  /**
   * Short letters in italics behind a number: `product` for variables (`2cm`), `unit` for single letters that are units
   * (`10m`), `named` for every unit, because the other side names it (`5mi`, `5 miles`); by default the likelier.
   */
  readonly letters?: 'product' | 'unit' | 'named';
  /** `4:30`: a time of day, or the ratio. */
  readonly clock?: 'time' | 'ratio';
  /** `(1,234)`: two values, or the thousands of one. */
  readonly groups?: 'split' | 'joined';
  /** `[\frac n2]`: a group, or the whole part of what it holds. */
  readonly square?: 'floor';
}

/**
 * State and levels that all readers of the grammar share. The reader of expressions is built up in layers, one file each:
 * brackets, functions, commands, atoms, powers, expression. A lower layer reaches a higher level of the grammar through the
 * abstract methods here.
 */
export abstract class Reader {
  readonly cursor: Cursor;
  /** Open bars of absolute values: a bar then closes. */
  protected bars = 0;
  /** Inside braces of a set: a bar or colon then means "such that". */
  protected inSet = 0;
  protected groups = 0;
  /** Inside a part of a formula, where no unit can stand: a fraction, a root, an exponent, an argument. */
  protected formulas = 0;
  /** Unit of a sign of money that stands in the value being read. */
  protected currency: string | null = null;
  /** Names that the answer itself defines as functions. */
  protected readonly defined = new Set<string>();
  protected readonly reading: Reading;

  constructor(cursor: Cursor, reading: Reading = {}) {
    this.cursor = cursor;
    this.reading = reading;
  }

  abstract list(): Node;
  abstract cell(): Node;
  abstract sum(): Node;
  abstract product(): Node;
  abstract power(): Node;
  protected abstract signed(): Node;
  protected abstract primary(): Node;
  protected abstract exponent(): Node;
  protected abstract named(letter: string): Node;
  protected abstract startsPrimary(token: Token): boolean;
  protected abstract phraseAhead(token: Token): boolean;
  protected abstract suffixes(value: Node): Node;
  protected abstract degreeAhead(): boolean;
  protected abstract isRemark(): boolean;

  protected inside<T>(read: () => T): T {
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

  /** Reads a part of a formula. */
  protected formula<T>(read: () => T): T {
    this.formulas++;
    const result = this.inside(read);
    this.formulas--;
    return result;
  }

  /** Tries a reader; where it fails nothing was read and the result is null. */
  attempt(read: () => Node): Node | null {
    const { bars, inSet, groups, formulas, currency } = this;
    const result = this.cursor.attempt(read);
    if (result === null) Object.assign(this, { bars, inSet, groups, formulas, currency });
    return result;
  }

  protected subscript(): string {
    const c = this.cursor;
    if (!c.isOp('{')) {
      const token = c.next();
      // `a_ia_j`: as TeX reads it, the subscript is one letter where the next letter has one of its own.
      if (token.kind === 'word' && !token.roman && token.text.length === 2 && c.isOp('_')) {
        c.tokens.splice(c.index, 0, { ...token, kind: 'id', text: token.text.charAt(1), start: token.start + 1 });
        return token.text.charAt(0);
      }
      return subscriptPart(token);
    }
    let depth = 0;
    let name = '';
    do {
      const token = c.next();
      if (token.kind === 'end') c.fail('a subscript is not closed');
      if (token.text === '{' && token.kind === 'op') depth++;
      else if (token.text === '}' && token.kind === 'op') depth--;
      else name += subscriptPart(token);
    } while (depth > 0);
    return name.slice(0, 40);
  }

  protected skipGroup(): void {
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
}

/** A token of a subscript as its name has it: `x_{\max}` is `x_{\text{max}}`. */
function subscriptPart(token: Token): string {
  return token.kind === 'cmd' && !FUNCTIONS.has(token.text) ? `\\${token.text}` : token.text;
}
