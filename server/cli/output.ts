import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes one JSON line and waits when the reader is slow, so that memory stays bounded in a pipe. */
export async function writeLine(out: Writable, value: unknown): Promise<void> {
  if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain');
}

/**
 * Puts results that are decided in any order back into input order: `add(i, value)` emits as soon as all before it have
 * been emitted.
 */
export class InOrder<T> {
  readonly #waiting = new Map<number, T>();
  readonly #emit: (value: T) => Promise<void>;
  #next = 0;
  #tail: Promise<void> = Promise.resolve();

  constructor(emit: (value: T) => Promise<void>) {
    this.#emit = emit;
  }

  add(index: number, value: T): Promise<void> {
    this.#waiting.set(index, value);
    this.#tail = this.#tail.then(async () => {
      for (let ready = this.#waiting.get(this.#next); ready !== undefined; ready = this.#waiting.get(this.#next)) {
        this.#waiting.delete(this.#next);
        this.#next += 1;
        await this.#emit(ready);
      }
    });
    return this.#tail;
  }
}
