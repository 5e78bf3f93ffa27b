import { limits } from '../limits.ts';
import { ParseError } from './parseError.ts';
import type { Token } from './tokenize.ts';

/** Walks over tokens; every reader of the grammar shares one. */
export class Cursor {
  readonly tokens: Token[];
  readonly source: string;
  index = 0;
  private depth = 0;

  constructor(tokens: Token[], source: string) {
    this.tokens = tokens;
    this.source = source;
  }

  peek(ahead = 0): Token {
    const token = this.tokens[this.index + ahead] ?? this.tokens.at(-1);
    if (token === undefined) throw new ParseError('nothing to read', 0);
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.index++;
    return token;
  }

  isOp(...texts: string[]): boolean {
    const token = this.peek();
    return token.kind === 'op' && texts.includes(token.text);
  }

  isCmd(...names: string[]): boolean {
    const token = this.peek();
    return token.kind === 'cmd' && names.includes(token.text);
  }

  takeOp(...texts: string[]): boolean {
    if (!this.isOp(...texts)) return false;
    this.index++;
    return true;
  }

  expectOp(text: string): void {
    if (!this.takeOp(text)) this.fail(`expected ${text}`);
  }

  atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  fail(message: string): never {
    const token = this.peek();
    throw new ParseError(token.kind === 'end' ? `${message} but the answer ends` : `${message} at "${this.source.slice(token.start, token.start + 12)}"`, token.start);
  }

  /** Runs a reader one level deeper. Throws ParseError beyond `limits.depth`. */
  nested<T>(read: () => T): T {
    if (++this.depth > limits.depth) throw new ParseError(`nested deeper than ${limits.depth} levels`, this.peek().start);
    const result = read();
    this.depth--;
    return result;
  }

  /** Tries a reader; on a ParseError nothing was read and the result is null. */
  attempt<T>(read: () => T): T | null {
    const { index, depth } = this;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.index = index;
      this.depth = depth;
      return null;
    }
  }
}
