import type { GramIndex } from './gramIndex.ts';
import type { Touched } from './matcher.ts';

const SMALLEST_COUNT = 10;
const SHARE_OF_ROWS = 0.00025;
/** A statement that holds this much of an item is a leak of it. */
export const LEAK_CONTAINMENT = 0.5;

/**
 * Counts in how many different statements each n-gram of the index occurs, and finds those that are boilerplate of the set being
 * checked (decontamination rule 2.3). An item that leaked many times is no boilerplate: an n-gram does not count as frequent
 * when most statements that have it hold at least half of one item.
 */
export class FrequencyCounter {
  readonly #statements: Uint32Array;
  readonly #leaks: Uint32Array;
  readonly #index: GramIndex;
  #counted = 0;

  constructor(index: GramIndex) {
    this.#index = index;
    this.#statements = new Uint32Array(index.table.size);
    this.#leaks = new Uint32Array(index.table.size);
  }

  /** Adds a statement that was not seen before; `touched` is null when it has no n-gram of the index. */
  add(touched: Touched | null): void {
    this.#counted++;
    if (touched === null) return;
    for (const gram of touched.grams) {
      this.#statements[gram] = (this.#statements[gram] ?? 0) + 1;
      if (touched.containment >= LEAK_CONTAINMENT) this.#leaks[gram] = (this.#leaks[gram] ?? 0) + 1;
    }
  }

  /** The index's frequent n-grams and those of this set; the index's own array when there are no more. */
  frequent(): Uint8Array {
    const threshold = Math.max(SMALLEST_COUNT, Math.ceil(this.#counted * SHARE_OF_ROWS));
    let all: Uint8Array | null = null;
    this.#statements.forEach((count, gram) => {
      if (count < threshold || this.#index.frequent[gram] === 1 || (this.#leaks[gram] ?? 0) * 2 > count) return;
      all ??= this.#index.frequent.slice();
      all[gram] = 1;
    });
    return all ?? this.#index.frequent;
  }
}
