import type { Readable } from 'node:stream';

const NEWLINE = 10;

/** A line without its end, or a line that was longer than allowed and has been skipped. */
export type Line = { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer } | { readonly kind: 'too-long'; readonly number: number };

/**
 * Splits a stream into lines on demand: while nobody asks for the next line the stream is paused, so that the sender is
 * held back. Unlike a `for await` it can be told to stop reading without destroying the stream, to which replies may
 * still have to be written.
 */
export class LineReader {
  readonly #input: Readable;
  readonly #maxBytes: number;
  readonly #ready: Line[] = [];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #skipping = false;
  #number = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(input: Readable, maxBytes: number) {
    this.#input = input;
    this.#maxBytes = maxBytes;
    input.on('data', (chunk: Buffer) => this.#take(chunk));
    input.once('end', () => this.#finish(true));
    input.once('close', () => this.#finish(false));
    input.once('error', () => this.#finish(false));
    input.pause();
  }

  /** True when nothing is being read, so that a peer that has gone would not be noticed by reading. */
  get isIdle(): boolean {
    return this.#ended || this.#input.isPaused();
  }

  /** The next line; null at the end. One call at a time. */
  async next(): Promise<Line | null> {
    while (this.#ready.length === 0 && !this.#ended) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      this.#input.resume();
      await woken;
    }
    return this.#ready.shift() ?? null;
  }

  /** Reads no further; lines that are complete are still handed out. */
  stop(): void {
    this.#input.pause();
    this.#finish(false);
  }

  #take(chunk: Buffer): void {
    if (this.#ended) return;
    let rest = chunk;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      this.#add(rest.subarray(0, at));
      this.#endLine();
      rest = rest.subarray(at + 1);
    }
    if (rest.length > 0) this.#add(rest);
    if (this.#ready.length > 0) {
      this.#input.pause();
      this.#notify();
    }
  }

  #add(bytes: Buffer): void {
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes > this.#maxBytes) {
      this.#skipping = true;
      this.#pending = [];
    }
    if (!this.#skipping) this.#pending.push(bytes);
  }

  #endLine(): void {
    const number = ++this.#number;
    if (this.#skipping) this.#ready.push({ kind: 'too-long', number });
    else this.#ready.push({ kind: 'line', number, bytes: Buffer.concat(this.#pending) });
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#skipping = false;
  }

  #finish(whole: boolean): void {
    if (this.#ended) return;
    if (whole && this.#pendingBytes > 0) this.#endLine();
    this.#ended = true;
    this.#notify();
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
