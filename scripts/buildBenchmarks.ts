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
import { LEAK_CONTAINMENT } from '../server/curation/decontamination/frequency.ts';
import { joinParts } from '../server/curation/decontamination/gramIndex.ts';
import { touch } from '../server/curation/decontamination/matcher.ts';
import { BASE_LENGTH, DEFAULT_LENGTHS, buildPart, contentHash, gramKeys, withLengths } from '../server/curation/decontamination/part.ts';
import type { BenchmarkItem, Boilerplate, IndexPart } from '../server/curation/decontamination/part.ts';
import { balancedTokens } from '../server/curation/decontamination/tokens.ts';
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
/**
 * Further files of data/benchmarks. The others there are copies of the above, or large or formulaic sets that the recipe does not
 * evaluate on (MATH test, College Math, GAOKAO, OlymMATH): their stock phrases would cost false alarms.
 */
const FILES: Readonly<Record<string, string>> = {
  hmmt_feb_2025: 'HMMT Feb 2025', hmmt_feb_2024: 'HMMT Feb 2024', hmmt_nov24_feb24_feb25: 'HMMT 2024–2025',
  cmimc_2024: 'CMIMC 2024', minerva_math: 'Minerva Math',
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

/** The given list of boilerplate, and what is as common in the training sets at hand: in five or more different statements. */
async function boilerplate(domain: Domain, part: IndexPart): Promise<Boilerplate> {
  const n = DEFAULT_LENGTHS[domain];
  const keys = new Set<number>();
  const file = domain === 'math' ? 'boilerplate.math9.tsv' : 'boilerplate.code14.tsv';
  for (const line of readFileSync(join(shared, 'data/decontam', file), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const { words } = balancedTokens(line.split('\t')[0] ?? '', domain);
    if (words.length !== n) throw new Error(`${file}: not an n-gram: ${line}`);
    for (const key of gramKeys(words, n)) keys.add(key);
  }
  if (domain === 'math') for (const key of await commonInTraining(part)) keys.add(key);
  // Sorted, so that not even the order of the list is kept.
  return { n, keys: [...keys].sort((a, b) => a - b) };
}

const TRAINING = ['deepscaler_aime_1983_2023', 'deepscaler_by_difficulty_6000', 'deepscaler_math_train_2000', 'orz_57k_72k_head'];
const COMMON_STATEMENTS = 5;
const TrainingSchema = v.union([
  v.pipe(v.object({ problem: v.string() }), v.transform((row) => row.problem)),
  v.pipe(v.object({ prompt: v.string() }), v.transform((row) => row.prompt)),
  v.pipe(v.looseTuple([v.object({ value: v.string() })]), v.transform(([turn]) => turn.value)),
]);

/** Keys of n-grams that are boilerplate of the training sets (decontamination rule 2.3); statements that hold half of an item do not count. */
async function commonInTraining(part: IndexPart): Promise<number[]> {
  const n = DEFAULT_LENGTHS.math;
  const index = await joinParts([withLengths(part, DEFAULT_LENGTHS).part], 'balanced', 'math', n);
  const statements = new Set(TRAINING.flatMap((file) => records(join(shared, 'data/train', `${file}.jsonl`)).map((row) => v.parse(TrainingSchema, row))));
  const counts = new Map<number, number>();
  for (const statement of statements) {
    if ((touch(index, statement)?.containment ?? 0) >= LEAK_CONTAINMENT) continue;
    for (const key of new Set(gramKeys(balancedTokens(statement, 'math').words, n))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= COMMON_STATEMENTS).map(([key]) => key);
}

const items = allItems();
const byBenchmark = new Map<string, BenchmarkItem[]>();
for (const item of items) byBenchmark.set(item.benchmark, [...byBenchmark.get(item.benchmark) ?? [], item]);
const hashes = new Map([...byBenchmark].map(([name, own]) => [name, contentHash(own.map((item) => item.text))]));
for (const mode of ['balanced', 'paper'] as const) {
  const { empty, ...part } = await buildPart(items, mode, BASE_LENGTH, hashes);
  if (empty > 0) throw new Error(`${empty} items without a word`);
  const shipped: IndexPart = mode === 'paper' ? part : { ...part, boilerplate: { math: await boilerplate('math', part), code: await boilerplate('code', part) } };
  const bytes = encodeParts([shipped], 11);
  writeFileSync(join(folder, `benchmarks.${mode}.idx`), bytes);
  process.stderr.write(`${mode}: ${items.length} items of ${byBenchmark.size} benchmarks, ${part.items.length} different, ${bytes.length} bytes\n`);
}
