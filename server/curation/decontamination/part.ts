import type { DecontaminationMode } from '../../protocol/decontamination.ts';
import type { Domain } from '../../protocol/problem.ts';
import { equalityHash } from './equality.ts';
import { fingerprints } from './fingerprints.ts';
import type { Fingerprints } from './fingerprints.ts';
import { combine, hashGrams, hashString, hashWords, keyOf, widenGrams } from './hashing.ts';
import type { Hashes } from './hashing.ts';
import { breather } from '../../records/work.ts';
import { balancedTokens, paperTokens } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** An item of a benchmark, as text. */
export interface BenchmarkItem {
  readonly benchmark: string;
  readonly id: string;
  readonly text: string;
  readonly domain: Domain;
}

/** Length of the n-grams of each domain. */
export interface GramLengths {
  readonly math: number;
  readonly code: number;
}
export const DEFAULT_LENGTHS: GramLengths = { math: 9, code: 14 };
export const SHORTEST_GRAM = 5;
export const LONGEST_GRAM = 20;

/**
 * Indexes hash 8-grams; longer ones are put together from them, so that one saved index serves every published choice of n
 * (8, 9, 10, 13, 14, 16). Both sides of a comparison start from the same base.
 */
export const BASE_LENGTH = 8;

/** n-gram length that the hashes start from when n-grams of length `n` are compared. */
export function baseOf(n: number): number {
  return Math.min(n, BASE_LENGTH);
}

/** What the index knows of one item: hashes only. The same problem in several benchmarks is one record with several names. */
export interface ItemRecord {
  readonly names: { readonly benchmark: number; readonly id: string }[];
  readonly domain: Domain;
  /** Hash of the equality key. */
  readonly equality: number;
  /** Number of tokens. */
  readonly length: number;
  /** n-grams by position; of an item with fewer than n tokens one hash of all of them. n is the part's length of the domain. */
  readonly grams: Hashes;
  /** Only in balanced mode; the salt is `saltOf` the equality key. */
  readonly fingerprints: Fingerprints;
}

/** n-grams of one length that are boilerplate of the field. */
export interface Boilerplate {
  readonly n: number;
  readonly keys: readonly number[];
}
export const NO_BOILERPLATE: Boilerplate = { n: 0, keys: [] };

/** An index of some benchmarks under one mode and n: what is built from a file of items, shipped, and cached. */
export interface IndexPart {
  readonly mode: DecontaminationMode;
  readonly lengths: GramLengths;
  readonly benchmarks: { readonly name: string; readonly hash: string; readonly items: number }[];
  readonly items: ItemRecord[];
  readonly boilerplate: { readonly math: Boilerplate; readonly code: Boilerplate };
}

export function tokensOf(text: string, domain: Domain, mode: DecontaminationMode): Tokens {
  return mode === 'paper' ? paperTokens(text) : balancedTokens(text, domain);
}

export function saltOf(equality: number): number {
  return equality >>> 0;
}

/** Builds the index of items that are given as text, of n-grams of the base length. Items without a single token are left out and counted. Works in slices. */
export async function buildPart(items: Iterable<BenchmarkItem>, mode: DecontaminationMode, base: number, hashes: ReadonlyMap<string, string>): Promise<IndexPart & { readonly empty: number }> {
  const breathe = breather();
  const benchmarks: { name: string; hash: string; items: number }[] = [];
  const numbers = new Map<string, number>();
  const records = new Map<string, ItemRecord>();
  let empty = 0;
  for (const item of items) {
    await breathe();
    let benchmark = numbers.get(item.benchmark);
    if (benchmark === undefined) {
      benchmark = benchmarks.length;
      numbers.set(item.benchmark, benchmark);
      benchmarks.push({ name: item.benchmark, hash: hashes.get(item.benchmark) ?? '', items: 0 });
    }
    const record = recordOf(item, benchmark, mode, base);
    if (record === null) {
      empty++;
      continue;
    }
    const entry = benchmarks[benchmark];
    if (entry !== undefined) entry.items++;
    const key = `${item.domain} ${record.equality}`;
    const known = records.get(key);
    if (known === undefined) records.set(key, record);
    else if (!known.names.some((name) => name.benchmark === benchmark)) known.names.push({ benchmark, id: item.id });
  }
  return { mode, lengths: { math: base, code: base }, benchmarks, items: [...records.values()], boilerplate: { math: NO_BOILERPLATE, code: NO_BOILERPLATE }, empty };
}

function recordOf(item: BenchmarkItem, benchmark: number, mode: DecontaminationMode, n: number): ItemRecord | null {
  const tokens = tokensOf(item.text, item.domain, mode);
  const length = tokens.words.length;
  if (length === 0) return null;
  const words = hashWords(tokens.words);
  const equality = equalityHash(item.text);
  return {
    names: [{ benchmark, id: item.id }],
    domain: item.domain,
    equality,
    length,
    grams: hashGrams(words, Math.min(n, length)),
    fingerprints: mode === 'paper' ? { words: new Uint16Array(), numbers: new Uint16Array() } : fingerprints(words, tokens.numbers, saltOf(equality)),
  };
}

/**
 * The same part for longer n-grams. From hashes of 8-grams one can tell 13-grams, but not 5-grams: a domain whose n is below
 * the part's loses its items and is named in `missing`.
 */
export function withLengths(part: IndexPart, lengths: GramLengths): { part: IndexPart; missing: Domain[] } {
  const missing = (['math', 'code'] as const).filter((domain) => lengths[domain] < part.lengths[domain]);
  const items: ItemRecord[] = [];
  for (const item of part.items) {
    const by = lengths[item.domain] - part.lengths[item.domain];
    if (by >= 0) items.push(by === 0 ? item : { ...item, grams: widenItem(item, part.lengths[item.domain], by) });
  }
  return { part: { ...part, lengths, items }, missing };
}

function widenItem(item: ItemRecord, base: number, by: number): Hashes {
  if (item.length < base) return item.grams;
  if (item.length >= base + by) return widenGrams(item.grams, by);
  const whole = combine(item.grams, 0, item.grams.low.length);
  return { low: Uint32Array.of(whole.low), high: Uint8Array.of(whole.high) };
}

/** Keys of a text's n-grams, given as its words, by position and made as the index makes its own. */
export function gramKeys(words: readonly string[], n: number): number[] {
  const base = baseOf(n);
  const { low, high } = widenGrams(hashGrams(hashWords(words), base), n - base);
  return Array.from(low, (value, i) => keyOf(value, high[i] ?? 0));
}

/** A content hash for users to compare lists of benchmarks; 40 bits are plenty to tell versions apart. */
export function contentHash(texts: Iterable<string>): string {
  let all = 0;
  for (const text of texts) all = hashString(`${all.toString(36)} ${text}`);
  return all.toString(16).padStart(10, '0');
}
