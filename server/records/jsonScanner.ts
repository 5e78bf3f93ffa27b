const QUOTE = 0x22, BACKSLASH = 0x5c, NEWLINE = 0x0a, COMMA = 0x2c;
const OPEN_BRACE = 0x7b, CLOSE_BRACE = 0x7d, OPEN_BRACKET = 0x5b, CLOSE_BRACKET = 0x5d;

/** One element of an array: its bytes in the file, [start, end), and the 0-based line on which it starts. */
export interface ElementRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/**
 * Finds the elements of an array in a stream of bytes without parsing them: it follows brackets and strings only, so that a
 * file of any size, or one that is cut off, gives its complete elements. The array is the file's one value, or a member
 * of the file's object (`memberNames`, e.g. `samples` of an Inspect log).
 */
export class JsonScanner {
  readonly #memberNames: ReadonlySet<string>;
  readonly #onElement: (element: ElementRange) => void;
  #offset = 0;
  #line = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Depth of the array whose elements are wanted; -1 while it was not found. */
  #arrayDepth = -1;
  #elementStart = -1;
  #elementLine = 0;
  #lastToken = 0;
  /** Strings at depth 1 of an object are remembered to know the name of the member that follows. */
  #name: number[] | null = null;
  #memberName = '';
  #done = false;

  constructor(onElement: (element: ElementRange) => void, memberNames: readonly string[] = []) {
    this.#onElement = onElement;
    this.#memberNames = new Set(memberNames);
  }

  /** Start of an element that has begun and is not complete, or -1. */
  get pendingStart(): number { return this.#elementStart; }
  get pendingLine(): number { return this.#elementLine; }
  /** True when the wanted array was closed. */
  get closed(): boolean { return this.#done; }
  get found(): boolean { return this.#arrayDepth >= 0 || this.#done; }
  get offset(): number { return this.#offset; }

  push(chunk: Buffer): void {
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i] ?? 0;
      if (this.#inString) {
        // Long strings are most of a file: jump from one quote or backslash to the next.
        i = this.#inside(chunk, i);
        if (!this.#inString) this.#lastToken = this.#offset + i;
      } else {
        this.#outside(byte, this.#offset + i);
      }
    }
    this.#offset += chunk.length;
  }

  #inside(chunk: Buffer, from: number): number {
    for (let i = from; i < chunk.length; i += 1) {
      const byte = chunk[i] ?? 0;
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        if (this.#name !== null) { this.#memberName = Buffer.from(this.#name).toString('utf8'); this.#name = null; }
        return i;
      } else if (byte === NEWLINE) this.#line += 1;
      if (this.#name !== null && this.#name.length < 64) this.#name.push(byte);
    }
    return chunk.length;
  }

  #outside(byte: number, at: number): void {
    if (byte === NEWLINE) { this.#line += 1; return; }
    if (byte <= 0x20 || this.#done) return;
    if (this.#arrayDepth === this.#depth && this.#elementStart < 0 && byte !== COMMA && byte !== CLOSE_BRACKET) {
      this.#elementStart = at;
      this.#elementLine = this.#line;
    }
    if (byte === QUOTE) {
      this.#inString = true;
      if (this.#depth === 1 && this.#arrayDepth < 0) this.#name = [];
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.#depth += 1;
      if (this.#arrayDepth < 0 && byte === OPEN_BRACKET && this.#wanted()) this.#arrayDepth = this.#depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (this.#arrayDepth === this.#depth) this.#finishElement(this.#lastToken + 1);
      this.#depth -= 1;
      if (this.#arrayDepth > this.#depth) this.#done = true;
    } else if (byte === COMMA && this.#arrayDepth === this.#depth) {
      this.#finishElement(this.#lastToken + 1);
    }
    this.#lastToken = at;
  }

  #wanted(): boolean {
    return this.#depth === 1 || (this.#depth === 2 && this.#memberNames.has(this.#memberName));
  }

  #finishElement(end: number): void {
    if (this.#elementStart >= 0) this.#onElement({ start: this.#elementStart, end, line: this.#elementLine });
    this.#elementStart = -1;
  }
}
