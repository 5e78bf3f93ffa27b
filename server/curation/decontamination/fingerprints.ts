import { mix } from './hashing.ts';
import type { WordHashes } from './hashing.ts';

/**
 * What an item keeps of its single words: multisets of very short, salted hashes. Enough to count how many of an item's words
 * a statement has, too little to read the item: some 1,000 values stand for the whole vocabulary, differently in each item.
 */
export interface Fingerprints {
  /** Sorted, with repetitions; below `WORD_VALUES`. */
  readonly words: Uint16Array;
  /** Sorted, with repetitions; below `NUMBER_VALUES`. */
  readonly numbers: Uint16Array;
}

const WORD_BITS = 10;
const NUMBER_BITS = 12;

/** Fingerprints of a whole text under a salt. Numbers are counted among the words too. */
export function fingerprints(hashes: WordHashes, numbers: readonly number[], salt: number): Fingerprints {
  const words = new Uint16Array(hashes.low.length);
  const numeric: number[] = [];
  for (let i = 0; i < hashes.low.length; i++) {
    words[i] = fingerprint(hashes.low[i] ?? 0, salt, WORD_BITS);
    if (numbers[i] === 1) numeric.push(fingerprint(hashes.low[i] ?? 0, salt, NUMBER_BITS));
  }
  return { words: words.sort(), numbers: Uint16Array.from(numeric).sort() };
}

/** How much of an item's words (0..1) a statement has, as multisets, and whether it has all of the item's numbers. */
export function compareFingerprints(item: Fingerprints, statement: Fingerprints): { coverage: number; numbersAgree: boolean } {
  const coverage = item.words.length === 0 ? 0 : common(item.words, statement.words) / item.words.length;
  return { coverage, numbersAgree: common(item.numbers, statement.numbers) === item.numbers.length };
}

/** Can all words of an n-gram occur in the item? Rejects n-grams that only share a hash. */
export function mayContain(item: Fingerprints, hashes: WordHashes, from: number, to: number, salt: number): boolean {
  for (let i = from; i < to; i++) if (!includes(item.words, fingerprint(hashes.low[i] ?? 0, salt, WORD_BITS))) return false;
  return true;
}

function fingerprint(hash: number, salt: number, bits: number): number {
  return mix(hash ^ salt) >>> (32 - bits);
}

/** Size of the intersection of two sorted multisets. */
function common(a: Uint16Array, b: Uint16Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) { count++; i++; j++; }
    else if (x < y) i++;
    else j++;
  }
  return count;
}

function includes(sorted: Uint16Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
