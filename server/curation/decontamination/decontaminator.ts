import type { CheckRemark, Contamination, DecontaminationMode, DecontaminationReport } from '../../protocol/decontamination.ts';
import type { Domain } from '../../protocol/problem.ts';
import { breather, messageOf } from '../../records/work.ts';
import type { Work } from '../../records/work.ts';
import { ofBenchmarks, ofSet } from './remarks.ts';
import { FrequencyCounter } from './frequency.ts';
import { joinParts } from './gramIndex.ts';
import type { GramIndex } from './gramIndex.ts';
import { hashString } from './hashing.ts';
import { rangeInFile } from './jsonSpan.ts';
import type { RecordText } from './jsonSpan.ts';
import { match, touch } from './matcher.ts';
import { BASE_LENGTH, DEFAULT_LENGTHS, LONGEST_GRAM, SHORTEST_GRAM, baseOf, buildPart, contentHash, withLengths } from './part.ts';
import type { GramLengths, IndexPart } from './part.ts';
import { looksLikeBenchmark, onePerBenchmark } from './report.ts';
import { loadShipped } from './shipped.ts';
import { TestSetReader } from './testSets.ts';
import type { TestSet } from './testSets.ts';
import { TOKENIZER_VERSION } from './tokens.ts';

/** A problem to check. */
export interface CheckedRow {
  readonly id: string;
  readonly row: number;
  readonly line: number | null;
  readonly domain: Domain;
  readonly statement: string;
  /** Everything else the model is shown (system message, few-shot examples), where there is more than the statement. */
  readonly context?: string | null;
}

export interface CheckOptions {
  /** Of the file that is checked, for the report. */
  readonly path: string;
  readonly mode: DecontaminationMode;
  /** Null: 9 for math, 14 for code. */
  readonly n: number | null;
  /** Compare with the benchmarks that come with the product? */
  readonly shipped: boolean;
  readonly against: readonly TestSet[];
  /** The record's text in the file, asked only for problems that overlap; null where there is none (Parquet). */
  readonly recordText?: (row: CheckedRow) => Promise<RecordText | null>;
}

const MOST_CACHED = 24;
const MOST_JOINED = 3;
const PROGRESS_ROWS = 2_000;

/**
 * Checks problems against benchmarks by shared n-grams. Keeps indexes between checks, so that checking a file on save costs
 * only its own statements.
 */
export class Decontaminator {
  /** The user's own test sets, kept as long as their files do not change. */
  readonly testSets = new TestSetReader();
  readonly #shipped = new Map<DecontaminationMode, Promise<IndexPart>>();
  readonly #parts = new Map<string, Promise<IndexPart & { readonly empty: number }>>();
  readonly #joined = new Map<string, Promise<Indexes>>();

  /** Loads the shipped index ahead of the first check. */
  async warm(mode: DecontaminationMode = 'balanced'): Promise<void> {
    await this.#indexes({ mode, n: null, shipped: true, against: [] }, []);
  }

  /** Rejects only when cancelled and when n is out of range; a benchmark that cannot be used is named in the report's remarks. */
  async check(rows: readonly CheckedRow[], options: CheckOptions, work: Work = {}): Promise<DecontaminationReport> {
    const started = performance.now();
    const remarks: CheckRemark[] = [];
    const { indexes, lengths, benchmarks } = await this.#indexes(options, remarks);
    const unchecked: Domain[] = [];
    for (const domain of ['math', 'code'] as const) {
      const count = rows.filter((row) => row.domain === domain).length;
      if (count === 0 || (indexes[domain]?.items.length ?? 0) > 0) continue;
      unchecked.push(domain);
      remarks.push(ofSet(`nothing to compare with: no benchmark of ${domain} problems, so ${count} ${count === 1 ? 'problem was' : 'problems were'} not checked`));
    }
    const contaminations = await findAll(rows, indexes, options, work);
    const itself = looksLikeBenchmark(contaminations, rows.length);
    if (itself !== null) remarks.push(ofSet(`this looks like the benchmark itself: nearly all problems are items of ${itself}`));
    const checked = rows.filter((row) => !unchecked.includes(row.domain)).length;
    return { path: options.path, checked, unchecked, testSet: false, mode: options.mode, n: { ...lengths }, benchmarks, remarks, contaminations, durationMs: Math.round(performance.now() - started) };
  }

  async #indexes(options: Pick<CheckOptions, 'mode' | 'n' | 'shipped' | 'against'>, remarks: CheckRemark[]): Promise<Indexes> {
    const { mode, n } = options;
    if (n !== null && (n < SHORTEST_GRAM || n > LONGEST_GRAM || !Number.isInteger(n))) throw new RangeError(`n is a whole number from ${SHORTEST_GRAM} to ${LONGEST_GRAM}, not ${n}`);
    const lengths = n === null ? DEFAULT_LENGTHS : { math: n, code: n };
    const parts: IndexPart[] = [];
    const keys: string[] = [`${mode} ${lengths.math} ${lengths.code}`];
    // The list of boilerplate is needed for the user's own test sets too.
    const shipped = options.shipped || mode === 'balanced' ? await this.#loadShipped(mode, lengths, options.shipped ? remarks : []) : null;
    if (shipped !== null) {
      parts.push(options.shipped ? shipped : { ...shipped, items: [], benchmarks: [] });
      keys.push(options.shipped ? 'shipped' : 'boilerplate');
    }
    for (const set of options.against) {
      if (set.unreadable !== undefined) remarks.push(ofBenchmarks(set.path, set.unreadable));
      if (set.items.length === 0) {
        if (set.unreadable === undefined) remarks.push(ofBenchmarks(set.path, 'no problem in it to compare with'));
      } else {
        const { key, part } = await this.#partOf(set, mode, lengths);
        if (part.empty > 0) remarks.push(ofBenchmarks(set.path, `${part.empty} of ${set.items.length} items have no words and were left out`));
        parts.push(part);
        keys.push(key);
      }
    }
    const key = keys.join(' | ');
    let joined = this.#joined.get(key);
    if (joined === undefined) {
      joined = join(parts, mode, lengths);
      remember(this.#joined, key, joined, MOST_JOINED);
    }
    return await joined;
  }

  async #loadShipped(mode: DecontaminationMode, lengths: GramLengths, remarks: CheckRemark[]): Promise<IndexPart | null> {
    let loading = this.#shipped.get(mode);
    if (loading === undefined) {
      loading = loadShipped(mode);
      this.#shipped.set(mode, loading);
      loading.catch(() => this.#shipped.delete(mode));
    }
    try {
      const { part, missing } = withLengths(await loading, lengths);
      if (missing.length > 0) remarks.push(ofBenchmarks(null, `the shipped benchmarks are hashed ${BASE_LENGTH}-grams and cannot be searched for shorter ones: take n = ${BASE_LENGTH} or more, or give test sets of your own`));
      return missing.length === 2 ? null : part;
    } catch (error) {
      remarks.push(ofBenchmarks(null, messageOf(error)));
      return null;
    }
  }

  async #partOf(set: TestSet, mode: DecontaminationMode, lengths: GramLengths): Promise<{ key: string; part: IndexPart & { empty: number } }> {
    const names = [...new Set(set.items.map((item) => item.benchmark))];
    const hashes = new Map(names.map((name) => [name, contentHash(set.items.filter((item) => item.benchmark === name).map((item) => item.text))]));
    const all = contentHash(set.items.map((item) => `${item.benchmark} ${item.id} ${item.domain} ${item.text}`));
    const key = `${all} ${mode} ${lengths.math} ${lengths.code} ${TOKENIZER_VERSION}`;
    const part = this.#parts.get(key) ?? buildPart(set.items, mode, baseOf(Math.min(lengths.math, lengths.code)), hashes).then((built) => widened(built, lengths));
    remember(this.#parts, key, part, MOST_CACHED);
    return { key, part: await part };
  }
}

function widened(part: IndexPart & { readonly empty: number }, lengths: GramLengths): IndexPart & { readonly empty: number } {
  return { ...withLengths(part, lengths).part, empty: part.empty };
}

interface Indexes {
  readonly indexes: { readonly math: GramIndex | null; readonly code: GramIndex | null };
  readonly lengths: GramLengths;
  readonly benchmarks: { name: string; items: number; hash: string }[];
}

async function join(parts: readonly IndexPart[], mode: DecontaminationMode, lengths: GramLengths): Promise<Indexes> {
  const benchmarks = parts.flatMap((part) => part.benchmarks.map((benchmark) => ({ ...benchmark })));
  const of = async (domain: Domain): Promise<GramIndex | null> => parts.length === 0 ? null : joinParts(parts, mode, domain, lengths[domain]);
  return { indexes: { math: await of('math'), code: await of('code') }, lengths, benchmarks };
}

/** Two passes: the first counts n-grams over the whole set, the second judges the rows that had any. */
async function findAll(rows: readonly CheckedRow[], indexes: Indexes['indexes'], options: CheckOptions, work: Work): Promise<Contamination[]> {
  const breathe = breather(work.signal);
  work.signal?.throwIfAborted();
  const counters = { math: indexes.math && new FrequencyCounter(indexes.math), code: indexes.code && new FrequencyCounter(indexes.code) };
  const seen = new Set<number>();
  const touched: CheckedRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const index = row === undefined ? null : indexes[row.domain];
    if (row === undefined || index === null) continue;
    const found = touch(index, row.statement);
    if (found !== null || (row.context ?? null) !== null) touched.push(row);
    const key = hashString(row.statement);
    if (!seen.has(key)) {
      seen.add(key);
      counters[row.domain]?.add(found);
    }
    if (i % PROGRESS_ROWS === 0) work.progress?.({ done: i, total: rows.length });
    await breathe();
  }
  const frequent = { math: counters.math?.frequent(), code: counters.code?.frequent() };
  const all: Contamination[] = [];
  for (const row of touched) {
    const index = indexes[row.domain];
    const common = frequent[row.domain];
    if (index === null || common === undefined) continue;
    const contamination = await judge(row, index, common, options);
    if (contamination !== null) all.push(contamination);
    await breathe();
  }
  work.progress?.({ done: rows.length, total: rows.length });
  return all;
}

async function judge(row: CheckedRow, index: GramIndex, frequent: Uint8Array, options: CheckOptions): Promise<Contamination | null> {
  let value = row.statement;
  let overlaps = match(index, value, frequent);
  if (overlaps.length === 0 && typeof row.context === 'string') {
    value = row.context;
    overlaps = match(index, value, frequent);
  }
  const [best, ...others] = onePerBenchmark(overlaps);
  if (best === undefined) return null;
  const record = await options.recordText?.(row) ?? null;
  const range = record === null ? null : rangeInFile(record, value, best.span.start, best.span.end);
  return { id: row.id, row: row.row, line: row.line, range, best, others, ignored: null };
}

/** Keeps the latest entries of a cache. */
function remember<V>(cache: Map<string, V>, key: string, value: V, most: number): void {
  cache.delete(key);
  cache.set(key, value);
  for (const oldest of cache.keys()) {
    if (cache.size <= most) break;
    cache.delete(oldest);
  }
}
