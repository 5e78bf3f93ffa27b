/**
 * Builds the index of public benchmarks that the product ships, server/curation/data/benchmarks.<mode>.idx, from ../shared/data.
 * Deterministic: the same inputs give the same bytes. Only hashes go in (docs/decontamination.md).
 *
 *     node scripts/buildBenchmarks.ts [SHARED_FOLDER]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { encodeParts } from '../server/curation/decontamination/codec.ts';
import { DEFAULT_LENGTHS, boilerplateKey, buildPart, contentHash } from '../server/curation/decontamination/part.ts';
import type { BenchmarkItem, IndexPart } from '../server/curation/decontamination/part.ts';
import { DomainSchema } from '../server/protocol/problem.ts';
import type { Domain } from '../server/protocol/problem.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shared = process.argv[2] ?? join(root, '..', 'shared');
const folder = join(root, 'server', 'curation', 'data');

/** Names for people, by the name in the data. Order decides which name comes first for a problem of several benchmarks. */
const NAMES: Readonly<Record<string, string>> = {
  aime24: 'AIME 2024', aime25: 'AIME 2025', math500: 'MATH-500', amc23: 'AMC 12 2022–2023', olympiadbench: 'OlympiadBench',
  gsm8k: 'GSM8K test', humaneval: 'HumanEval', codecontests_test: 'CodeContests test',
};
/** Further files of data/benchmarks; the others there are copies of the above, or (MATH test, College Math) not evaluated on. */
const FILES: Readonly<Record<string, string>> = {
  hmmt_feb_2025: 'HMMT Feb 2025', hmmt_feb_2024: 'HMMT Feb 2024', hmmt_nov24_feb24_feb25: 'HMMT 2024–2025',
  cmimc_2024: 'CMIMC 2024', minerva_math: 'Minerva Math', gaokao2023en: 'GAOKAO 2023 (English)',
  olymmath_en_easy: 'OlymMATH easy', olymmath_en_hard: 'OlymMATH hard',
};

const ItemSchema = v.object({ benchmark: v.string(), id: v.union([v.string(), v.number()]), text: v.string(), domain: DomainSchema });
const FileItemSchema = v.object({ id: v.string(), problem: v.string() });

function records(path: string): unknown[] {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

function allItems(): BenchmarkItem[] {
  const items: BenchmarkItem[] = [];
  const known = records(join(shared, 'data/decontam/benchmarks.jsonl')).map((record) => v.parse(ItemSchema, record));
  for (const [key, name] of Object.entries(NAMES)) {
    const own = known.filter((item) => item.benchmark === key);
    if (own.length === 0) throw new Error(`no items of ${key}`);
    for (const item of own) items.push({ benchmark: name, id: String(item.id), text: item.text, domain: item.domain });
  }
  for (const [file, name] of Object.entries(FILES)) {
    for (const record of records(join(shared, 'data/benchmarks', `${file}.jsonl`))) {
      const item = v.parse(FileItemSchema, record);
      items.push({ benchmark: name, id: item.id.slice(item.id.lastIndexOf('/') + 1), text: item.problem, domain: 'math' });
    }
  }
  return items;
}

function boilerplate(domain: Domain): number[] {
  const file = domain === 'math' ? 'boilerplate.math9.tsv' : 'boilerplate.code14.tsv';
  const keys = new Set<number>();
  for (const line of readFileSync(join(shared, 'data/decontam', file), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const key = boilerplateKey(line.split('\t')[0] ?? '', domain, DEFAULT_LENGTHS[domain]);
    if (key === null) throw new Error(`${file}: not an n-gram: ${line}`);
    keys.add(key);
  }
  // Sorted, so that not even the order of the list is kept.
  return [...keys].sort((a, b) => a - b);
}

const items = allItems();
const byBenchmark = new Map<string, BenchmarkItem[]>();
for (const item of items) byBenchmark.set(item.benchmark, [...byBenchmark.get(item.benchmark) ?? [], item]);
const hashes = new Map([...byBenchmark].map(([name, own]) => [name, contentHash(own.map((item) => item.text))]));
for (const mode of ['balanced', 'paper'] as const) {
  const { empty, ...part } = buildPart(items, mode, DEFAULT_LENGTHS, hashes);
  if (empty > 0) throw new Error(`${empty} items without a word`);
  const shipped: IndexPart = mode === 'paper' ? part : { ...part, boilerplate: { math: boilerplate('math'), code: boilerplate('code') } };
  const bytes = encodeParts([shipped], 11);
  writeFileSync(join(folder, `benchmarks.${mode}.idx`), bytes);
  process.stderr.write(`${mode}: ${items.length} items of ${byBenchmark.size} benchmarks, ${part.items.length} different, ${bytes.length} bytes\n`);
}
