import { mix } from './hashing.ts';

/** Numbers 40-bit hashes 0, 1, 2, ... in order of first appearance; an open-addressing table without objects. */
export class GramTable {
  #low: Uint32Array;
  #high: Uint8Array;
  /** Number + 1 of the hash in a slot; 0 = free. */
  #numbers: Uint32Array;
  #mask: number;
  #size = 0;

  constructor(expected: number) {
    let capacity = 16;
    while (capacity < expected * 2) capacity *= 2;
    this.#low = new Uint32Array(capacity);
    this.#high = new Uint8Array(capacity);
    this.#numbers = new Uint32Array(capacity);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Number of the hash, or -1. */
  find(low: number, high: number): number {
    return (this.#numbers[this.#slot(low, high)] ?? 0) - 1;
  }

  /** Number of the hash; a new one if it was unknown. At most `expected` different hashes may be added. */
  add(low: number, high: number): number {
    const slot = this.#slot(low, high);
    const known = this.#numbers[slot] ?? 0;
    if (known !== 0) return known - 1;
    if (this.#size * 2 > this.#mask) throw new Error('more n-grams than the table was made for');
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#numbers[slot] = ++this.#size;
    return this.#size - 1;
  }

  #slot(low: number, high: number): number {
    let slot = mix(low ^ (high << 13)) & this.#mask;
    while (this.#numbers[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
