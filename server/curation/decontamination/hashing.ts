/** n-gram hashes keep 40 bits: below one false n-gram in 10^4 statements, before the words themselves are compared. */
export const HASH_BYTES = 5;

/** Two independent 32-bit hashes of each word of a text. */
export interface WordHashes {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** 40-bit hashes: the lower 32 bits and the upper 8. */
export interface Hashes {
  readonly low: Uint32Array;
  readonly high: Uint8Array;
}

const LOW_SEED = 0x9e3779b1;
const HIGH_SEED = 0x7f4a7c15;
const LOW_FACTOR = 0x2c1b3c6d;
const HIGH_FACTOR = 0x297a2d39;

export function hashWords(words: readonly string[]): WordHashes {
  const low = new Uint32Array(words.length);
  const high = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    let a = LOW_SEED;
    let b = HIGH_SEED;
    for (let c = 0; c < word.length; c++) {
      const code = word.charCodeAt(c);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
    }
    low[i] = mix(a);
    high[i] = mix(b);
  }
  return { low, high };
}

/** Hashes of all n-grams of a text, by position; a rolling polynomial of the words' hashes. Empty for a text of fewer than n words. */
export function hashGrams(words: WordHashes, n: number): Hashes {
  const count = Math.max(0, words.low.length - n + 1);
  const low = new Uint32Array(count);
  const high = new Uint8Array(count);
  if (count === 0) return { low, high };
  const lowPower = power(LOW_FACTOR, n);
  const highPower = power(HIGH_FACTOR, n);
  let a = 0;
  let b = 0;
  for (let i = 0; i < words.low.length; i++) {
    a = (Math.imul(a, LOW_FACTOR) + at(words.low, i)) | 0;
    b = (Math.imul(b, HIGH_FACTOR) + at(words.high, i)) | 0;
    if (i >= n) {
      a = (a - Math.imul(at(words.low, i - n), lowPower)) | 0;
      b = (b - Math.imul(at(words.high, i - n), highPower)) | 0;
    }
    if (i >= n - 1) {
      low[i - n + 1] = mix(a);
      high[i - n + 1] = mix(b) & 0xff;
    }
  }
  return { low, high };
}

/**
 * Hashes of n-grams from those of shorter ones: an n-gram is known when all `by + 1` grams within it are known.
 * Both sides of a comparison must have been made this way.
 */
export function widenGrams(grams: Hashes, by: number): Hashes {
  if (by === 0) return grams;
  const count = Math.max(0, grams.low.length - by);
  const low = new Uint32Array(count);
  const high = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const combined = combine(grams, i, i + by + 1);
    low[i] = combined.low;
    high[i] = combined.high;
  }
  return { low, high };
}

/** One hash of the grams `from`..`to - 1`. */
export function combine(grams: Hashes, from: number, to: number): { low: number; high: number } {
  let a = to - from;
  let b = 0;
  for (let i = from; i < to; i++) {
    a = (Math.imul(a, LOW_FACTOR) + mix(at(grams.low, i) ^ Math.imul(at(grams.high, i), HIGH_SEED))) | 0;
    b = (Math.imul(b, HIGH_FACTOR) + mix(at(grams.high, i) ^ Math.imul(at(grams.low, i), LOW_SEED))) | 0;
  }
  return { low: mix(a), high: mix(b) & 0xff };
}

/** A 40-bit hash of a string, as a safe integer. */
export function hashString(text: string): number {
  const words = hashWords([text]);
  return keyOf(at(words.low, 0), at(words.high, 0) & 0xff);
}

/** The 40 bits as one number, for maps. */
export function keyOf(low: number, high: number): number {
  return high * 0x1_0000_0000 + low;
}

/** Finaliser of MurmurHash3: every input bit reaches every output bit. */
export function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base);
  return result;
}
/** Typed arrays give `undefined` only outside their bounds, where no caller goes. */
function at(values: Uint32Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}
