import type { Writable } from 'node:stream';

/** As many messages of one kind as somebody reads. */
const MOST = 5;

/** Messages about single records, each kind at most a few times; how many more there were is said at the end. */
export class Complaints {
  readonly #out: Writable;
  readonly #counts = new Map<string, number>();

  constructor(out: Writable) {
    this.#out = out;
  }

  /** @param kind in words for a count: `records could not be read` */
  add(kind: string, message: string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= MOST) this.#out.write(`rlvr: ${message}\n`);
  }

  /** Says what was left out: to be called once, when all has been read. */
  end(): void {
    for (const [kind, count] of this.#counts) if (count > MOST) this.#out.write(`rlvr: … ${count} ${kind} in all; the first ${MOST} are named above\n`);
    this.#counts.clear();
  }
}
