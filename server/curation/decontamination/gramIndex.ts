import type { DecontaminationMode } from '../../protocol/decontamination.ts';
import type { Domain } from '../../protocol/problem.ts';
import { breather } from '../../records/work.ts';
import { GramTable } from './gramTable.ts';
import { keyOf } from './hashing.ts';
import { baseOf } from './part.ts';
import type { IndexPart, ItemRecord } from './part.ts';

/** An item of the joined index, its benchmark by name. */
export interface IndexedItem {
  readonly record: ItemRecord;
  readonly names: readonly { readonly benchmark: string; readonly id: string }[];
  /** Position of its first n-gram among all; n-gram i of the item is at `first + i`. */
  readonly first: number;
  /** Distinct n-grams that no frequent list holds. */
  readonly distinctive: number;
  /** Distinct n-grams. */
  readonly distinct: number;
}

/** All items of one domain, searchable by n-gram. Items shorter than n are found by `short` instead. */
export interface GramIndex {
  readonly domain: Domain;
  readonly mode: DecontaminationMode;
  readonly n: number;
  /** n of the hashes that the n-grams are put together from; equal to `n` unless the index was widened. */
  readonly base: number;
  readonly items: readonly IndexedItem[];
  readonly table: GramTable;
  /** Occurrences of n-gram g: `positions[offsets[g]]` up to `offsets[g + 1]`, ascending. */
  readonly offsets: Uint32Array;
  readonly positions: Uint32Array;
  /** By position: number of the n-gram, and of the item. */
  readonly gramAt: Uint32Array;
  readonly itemAt: Uint32Array;
  /** 1 where the n-gram is frequent: shipped boilerplate, or in three or more different items. */
  readonly frequent: Uint8Array;
  /** Items with fewer than n tokens by the hash of all their tokens. */
  readonly short: ReadonlyMap<number, readonly number[]>;
}

const FREQUENT_ITEMS = 3;
/** Items that share this much of the smaller one are copies of one problem, not witnesses that its words are common. */
const SAME_ITEM = 0.5;

/** N-grams that are looked at between two questions whether a time slice is used up. */
const GRAMS_AT_ONCE = 4096;

/** Joins parts, all of this mode and n, into the index of one domain. Works in slices. */
export async function joinParts(parts: readonly IndexPart[], mode: DecontaminationMode, domain: Domain, n: number): Promise<GramIndex> {
  const breathe = breather();
  const entries = uniqueItems(parts, domain);
  const long = entries.filter((entry) => entry.record.length >= n);
  const total = long.reduce((sum, entry) => sum + entry.record.grams.low.length, 0);
  const shipped = mode === 'balanced' ? parts.flatMap(({ boilerplate }) => boilerplate[domain].n === n ? boilerplate[domain].keys : []) : [];
  const table = new GramTable(total + shipped.length);
  const gramAt = new Uint32Array(total);
  const itemAt = new Uint32Array(total);
  const firsts: number[] = [];
  const short = new Map<number, number[]>();
  let position = 0;
  for (const [item, entry] of entries.entries()) {
    await breathe();
    const { low, high } = entry.record.grams;
    firsts.push(position);
    if (entry.record.length < n) {
      const key = keyOf(low[0] ?? 0, high[0] ?? 0);
      short.set(key, [...short.get(key) ?? [], item]);
      continue;
    }
    for (let i = 0; i < low.length; i++, position++) {
      gramAt[position] = table.add(low[i] ?? 0, high[i] ?? 0);
      itemAt[position] = item;
    }
  }
  // Boilerplate that no item has is known too: it tells which words of a statement are common.
  const boilerplate: number[] = [];
  for (const [i, key] of shipped.entries()) {
    boilerplate.push(table.add(key % 0x1_0000_0000, Math.floor(key / 0x1_0000_0000)));
    if (i % GRAMS_AT_ONCE === 0) await breathe();
  }
  const { offsets, positions } = occurrences(gramAt, table.size);
  const frequent = new Uint8Array(table.size);
  for (const gram of boilerplate) frequent[gram] = 1;
  if (mode === 'balanced') await markCommonToItems({ offsets, positions, gramAt, itemAt, firsts, entries, frequent }, breathe);
  const items: IndexedItem[] = [];
  for (const [item, entry] of entries.entries()) {
    await breathe();
    const first = firsts[item] ?? 0;
    const grams = new Set(entry.record.length < n ? [] : gramAt.subarray(first, first + entry.record.grams.low.length));
    let distinctive = 0;
    for (const gram of grams) if (frequent[gram] === 0) distinctive++;
    items.push({ record: entry.record, names: entry.names, first, distinct: grams.size, distinctive });
  }
  return { domain, mode, n, base: baseOf(n), items, table, offsets, positions, gramAt, itemAt, frequent, short };
}

interface Entry {
  readonly record: ItemRecord;
  readonly names: { benchmark: string; id: string }[];
}

/** Items of all parts; the same text in two parts is one item with both names. */
function uniqueItems(parts: readonly IndexPart[], domain: Domain): Entry[] {
  const byEquality = new Map<number, Entry>();
  for (const part of parts) {
    for (const record of part.items) {
      if (record.domain !== domain) continue;
      const names = record.names.map((name) => ({ benchmark: part.benchmarks[name.benchmark]?.name ?? '?', id: name.id }));
      const known = byEquality.get(record.equality);
      if (known === undefined) byEquality.set(record.equality, { record, names });
      else for (const name of names) if (!known.names.some((other) => other.benchmark === name.benchmark)) known.names.push(name);
    }
  }
  return [...byEquality.values()];
}

/** Counting sort of the positions by their n-gram. */
function occurrences(gramAt: Uint32Array, grams: number): { offsets: Uint32Array; positions: Uint32Array } {
  const offsets = new Uint32Array(grams + 1);
  for (const gram of gramAt) offsets[gram + 1] = (offsets[gram + 1] ?? 0) + 1;
  for (let g = 0; g < grams; g++) offsets[g + 1] = (offsets[g + 1] ?? 0) + (offsets[g] ?? 0);
  const next = offsets.slice(0, grams);
  const positions = new Uint32Array(gramAt.length);
  gramAt.forEach((gram, position) => {
    const slot = next[gram] ?? 0;
    positions[slot] = position;
    next[gram] = slot + 1;
  });
  return { offsets, positions };
}

interface Counted {
  readonly offsets: Uint32Array;
  readonly positions: Uint32Array;
  readonly gramAt: Uint32Array;
  readonly itemAt: Uint32Array;
  readonly firsts: readonly number[];
  readonly entries: readonly Entry[];
  readonly frequent: Uint8Array;
}

/** Rule 2.3: n-grams of three or more different items are frequent. Copies of one problem in several benchmarks count once. */
async function markCommonToItems(index: Counted, breathe: () => Promise<void>): Promise<void> {
  const candidates: { gram: number; items: number[] }[] = [];
  for (let gram = 0; gram + 1 < index.offsets.length; gram++) {
    if (gram % GRAMS_AT_ONCE === 0) await breathe();
    const from = index.offsets[gram] ?? 0;
    const to = index.offsets[gram + 1] ?? 0;
    if (to - from < FREQUENT_ITEMS) continue;
    const items = new Set<number>();
    for (let i = from; i < to; i++) items.add(index.itemAt[index.positions[i] ?? 0] ?? 0);
    if (items.size >= FREQUENT_ITEMS) candidates.push({ gram, items: [...items] });
  }
  const copies = copiesOfItems(candidates, index.entries);
  for (const { gram, items } of candidates) {
    if (new Set(items.map((item) => copies.get(item) ?? item)).size >= FREQUENT_ITEMS) index.frequent[gram] = 1;
  }
}

/** For each item that is a copy of others: the first of them. */
function copiesOfItems(candidates: readonly { items: number[] }[], entries: readonly Entry[]): Map<number, number> {
  const shared = new Map<number, number>();
  for (const { items } of candidates) {
    // An n-gram of very many items says nothing about copies, and would make pairs without end.
    if (items.length > 12) continue;
    for (let a = 0; a < items.length; a++) {
      for (let b = a + 1; b < items.length; b++) {
        const pair = (items[a] ?? 0) * entries.length + (items[b] ?? 0);
        shared.set(pair, (shared.get(pair) ?? 0) + 1);
      }
    }
  }
  const first = new Map<number, number>();
  const rootOf = (item: number): number => {
    let root = item;
    for (let up = first.get(root); up !== undefined && up !== root; up = first.get(root)) root = up;
    return root;
  };
  for (const [pair, count] of shared) {
    const a = Math.floor(pair / entries.length);
    const b = pair % entries.length;
    const smaller = Math.min(entries[a]?.record.grams.low.length ?? 0, entries[b]?.record.grams.low.length ?? 0);
    if (count >= SAME_ITEM * smaller) first.set(Math.max(rootOf(a), rootOf(b)), Math.min(rootOf(a), rootOf(b)));
  }
  return new Map([...first.keys()].map((item) => [item, rootOf(item)]));
}
