import type { Overlap, OverlapKind } from '../../protocol/decontamination.ts';
import { equalityHash, shortSentences } from './equality.ts';
import { compareFingerprints, fingerprints, mayContain } from './fingerprints.ts';
import type { GramIndex, IndexedItem } from './gramIndex.ts';
import { combine, hashGrams, hashWords, keyOf, widenGrams } from './hashing.ts';
import type { Hashes, WordHashes } from './hashing.ts';
import { saltOf, tokensOf } from './part.ts';
import type { Tokens } from './tokens.ts';

/** A statement made ready for look-ups. */
interface Prepared {
  readonly text: string;
  readonly tokens: Tokens;
  readonly words: WordHashes;
  /** n-grams by position; `base` those they were put together from. */
  readonly grams: Hashes;
  readonly base: Hashes;
}

/** Which n-grams of the index a statement has: enough to count how frequent they are. */
export interface Touched {
  /** Distinct numbers of n-grams. */
  readonly grams: number[];
  /** Highest containment in one item. */
  readonly containment: number;
}

function prepare(index: GramIndex, text: string): Prepared {
  const tokens = tokensOf(text, index.domain, index.mode);
  const words = hashWords(tokens.words);
  const base = hashGrams(words, index.base);
  return { text, tokens, words, base, grams: widenGrams(base, index.n - index.base) };
}

/** Quick look: the n-grams of the index that occur in a statement; null when there are none and no short item either. */
export function touch(index: GramIndex, text: string): Touched | null {
  const statement = prepare(index, text);
  const grams = new Set<number>();
  for (let i = 0; i < statement.grams.low.length; i++) {
    const gram = index.table.find(statement.grams.low[i] ?? 0, statement.grams.high[i] ?? 0);
    if (gram >= 0) grams.add(gram);
  }
  if (grams.size === 0) return shortHits(index, statement).length > 0 ? { grams: [], containment: 1 } : null;
  let containment = 0;
  for (const [item, shared] of sharedByItem(index, grams, index.frequent)) {
    const { distinctive } = index.items[item] ?? { distinctive: 0 };
    if (distinctive > 0) containment = Math.max(containment, shared / distinctive);
  }
  return { grams: [...grams], containment };
}

/**
 * All items that a statement overlaps (decontamination rules 2.3 to 2.5), best first.
 * @param frequent by n-gram: 1 where it is too common to count; the index's own list or a longer one
 */
export function match(index: GramIndex, text: string, frequent: Uint8Array): Overlap[] {
  const statement = prepare(index, text);
  const runs = findRuns(index, statement, frequent);
  const overlaps: Ranked[] = [];
  for (const [item, hit] of runs) {
    const indexed = index.items[item];
    if (indexed === undefined) continue;
    const overlap = grade(index, statement, indexed, hit, frequent);
    if (overlap !== null) overlaps.push(...named(indexed, overlap));
  }
  for (const short of shortHits(index, statement)) {
    const indexed = index.items[short.item];
    if (indexed !== undefined) overlaps.push(...named(indexed, shortOverlap(statement, indexed, short)));
  }
  return overlaps.sort(better);
}

type Ranked = Overlap;
const RANK: Record<OverlapKind, number> = { contaminated: 0, variant: 1, overlaps: 2, boilerplate: 3 };
function better(a: Ranked, b: Ranked): number {
  return RANK[a.kind] - RANK[b.kind] || b.containment - a.containment || b.runTokens - a.runTokens;
}

/** What a statement shares with one item. */
interface Hit {
  readonly grams: Set<number>;
  /** Longest run, as n-gram positions in the statement. */
  runStart: number;
  runGrams: number;
}

/** Runs of shared n-grams: following each other in the statement and in the item alike. */
function findRuns(index: GramIndex, statement: Prepared, frequent: Uint8Array): Map<number, Hit> {
  const hits = new Map<number, Hit>();
  let previous = new Map<number, number>();
  const count = statement.grams.low.length;
  for (let at = 0; at < count; at++) {
    const gram = index.table.find(statement.grams.low[at] ?? 0, statement.grams.high[at] ?? 0);
    if (gram < 0) {
      if (previous.size > 0) previous = new Map();
      continue;
    }
    const current = new Map<number, number>();
    const to = index.offsets[gram + 1] ?? 0;
    for (let i = index.offsets[gram] ?? 0; i < to; i++) {
      const position = index.positions[i] ?? 0;
      const item = index.itemAt[position] ?? 0;
      let hit = hits.get(item);
      if (hit === undefined) {
        hit = { grams: new Set(), runStart: at, runGrams: 0 };
        hits.set(item, hit);
      }
      if (frequent[gram] === 0) hit.grams.add(gram);
      // A run may not go from the end of one item into the beginning of the next.
      const first = index.items[item]?.first ?? 0;
      const length = position > first ? (previous.get(position - 1) ?? 0) + 1 : 1;
      current.set(position, length);
      if (length > hit.runGrams) {
        hit.runGrams = length;
        hit.runStart = at - length + 1;
      }
    }
    previous = current;
  }
  return hits;
}

function grade(index: GramIndex, statement: Prepared, item: IndexedItem, hit: Hit, frequent: Uint8Array): Omit<Overlap, 'benchmark' | 'item'> | null {
  const total = frequent === index.frequent ? item.distinctive : distinctiveGrams(index, item, frequent);
  const shared = hit.grams.size;
  const runTokens = hit.runGrams + index.n - 1;
  const common = { shared, total, containment: total === 0 ? 0 : shared / total, runTokens, span: spanOf(statement, hit.runStart, runTokens) };
  if (index.mode === 'paper') return { ...common, kind: common.containment >= 0.5 ? 'contaminated' : 'overlaps' };
  if (total === 0) {
    // Every n-gram of the item is common: only the whole text tells.
    if (runTokens < item.record.length || equalityHash(statement.text) !== item.record.equality) return null;
    return { ...common, kind: 'contaminated', containment: 1 };
  }
  if (shared === 0) return null;
  const salt = saltOf(item.record.equality);
  if (!mayContain(item.record.fingerprints, statement.words, hit.runStart, hit.runStart + runTokens, salt)) return null;
  const sameProblem = (common.containment >= 0.5 && total >= 5) || common.containment >= 0.9;
  if (!sameProblem) return isMostlyCommon(index, statement, hit, frequent) ? null : { ...common, kind: 'overlaps' };
  const { coverage, numbersAgree } = compareFingerprints(item.record.fingerprints, fingerprints(statement.words, statement.tokens.numbers, salt));
  return { ...common, kind: numbersAgree && coverage >= 0.9 ? 'contaminated' : 'variant' };
}

/**
 * Is the run boilerplate but for a few words? Frequent lists hold whole n-grams; one that straddles the end of a stock phrase
 * ("... where m and n are" + the next word) is not in them, yet says no more. Fewer new words than half an n-gram do not count.
 */
function isMostlyCommon(index: GramIndex, statement: Prepared, hit: Hit, frequent: Uint8Array): boolean {
  const end = hit.runStart + hit.runGrams + index.n - 1;
  let covered = hit.runStart;
  let fresh = end - hit.runStart;
  for (let at = Math.max(0, hit.runStart - index.n + 1); at < end; at++) {
    const gram = at < statement.grams.low.length ? index.table.find(statement.grams.low[at] ?? 0, statement.grams.high[at] ?? 0) : -1;
    if (gram < 0 || frequent[gram] === 0) continue;
    const to = Math.min(end, at + index.n);
    const from = Math.max(covered, at);
    if (to > from) fresh -= to - from;
    covered = Math.max(covered, to);
  }
  return fresh * 2 < index.n;
}

interface ShortHit {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** Items shorter than n whose whole text is a sentence of the statement (rule 2.4): same tokens first, then the equality key. */
function shortHits(index: GramIndex, statement: Prepared): ShortHit[] {
  if (index.mode === 'paper' || index.short.size === 0) return [];
  const hits: ShortHit[] = [];
  for (const span of shortSentences(statement.text, statement.tokens, index.n)) {
    const candidates = index.short.get(wholeKey(index, statement, span.from, span.to));
    if (candidates === undefined) continue;
    const equality = equalityHash(statement.text.slice(span.start, span.end));
    for (const item of candidates) {
      if (index.items[item]?.record.equality === equality && !hits.some((hit) => hit.item === item)) hits.push({ item, from: span.from, to: span.to });
    }
  }
  return hits;
}

/** Hash of the tokens `from`..`to - 1` as one, made as `ItemRecord.grams` of a short item is. */
function wholeKey(index: GramIndex, statement: Prepared, from: number, to: number): number {
  if (to - from >= index.base) {
    const whole = combine(statement.base, from, to - index.base + 1);
    return keyOf(whole.low, whole.high);
  }
  const words = { low: statement.words.low.subarray(from, to), high: statement.words.high.subarray(from, to) };
  const whole = hashGrams(words, to - from);
  return keyOf(whole.low[0] ?? 0, whole.high[0] ?? 0);
}

function shortOverlap(statement: Prepared, item: IndexedItem, hit: ShortHit): Omit<Overlap, 'benchmark' | 'item'> {
  return { kind: 'contaminated', shared: 1, total: 1, containment: 1, runTokens: item.record.length, span: spanOf(statement, hit.from, hit.to - hit.from) };
}

function named(item: IndexedItem, overlap: Omit<Overlap, 'benchmark' | 'item'>): Overlap[] {
  return item.names.map((name) => ({ ...overlap, benchmark: name.benchmark, item: name.id }));
}

function spanOf(statement: Prepared, from: number, count: number): Overlap['span'] {
  const start = statement.tokens.starts[from] ?? 0;
  const end = statement.tokens.ends[from + count - 1] ?? statement.text.length;
  return { start, end, text: statement.text.slice(start, end) };
}

function distinctiveGrams(index: GramIndex, item: IndexedItem, frequent: Uint8Array): number {
  const grams = new Set(index.gramAt.subarray(item.first, item.first + item.record.grams.low.length));
  let count = 0;
  for (const gram of grams) if (frequent[gram] === 0) count++;
  return count;
}

function sharedByItem(index: GramIndex, grams: ReadonlySet<number>, frequent: Uint8Array): Map<number, number> {
  const shared = new Map<number, number>();
  for (const gram of grams) {
    if (frequent[gram] === 1) continue;
    const items = new Set<number>();
    const to = index.offsets[gram + 1] ?? 0;
    for (let i = index.offsets[gram] ?? 0; i < to; i++) items.add(index.itemAt[index.positions[i] ?? 0] ?? 0);
    for (const item of items) shared.set(item, (shared.get(item) ?? 0) + 1);
  }
  return shared;
}
