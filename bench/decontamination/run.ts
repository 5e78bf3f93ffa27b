/**
 * Speed and quality of decontamination against the plain procedure, on the shared training sets.
 *
 *     node bench/decontamination/run.ts [SHARED_FOLDER]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Decontaminator } from '../../server/curation/decontamination/decontaminator.ts';
import type { CheckedRow } from '../../server/curation/decontamination/decontaminator.ts';
import { TestSetReader } from '../../server/curation/decontamination/testSets.ts';
import { labelMath } from '../../server/curation/filters/math.ts';
import { DomainSchema } from '../../server/protocol/problem.ts';
import { plainHits } from './baseline.ts';

const shared = process.argv[2] ?? join(import.meta.dirname, '../../../shared');
const benchmarksFile = join(shared, 'data/decontam/benchmarks.jsonl');
if (!existsSync(benchmarksFile)) {
  process.stdout.write('skipped: needs shared data\n');
  process.exit(0);
}

const StatementSchema = v.union([
  v.pipe(v.object({ problem: v.string() }), v.transform((row) => row.problem)),
  v.pipe(v.object({ prompt: v.string() }), v.transform((row) => row.prompt)),
  v.pipe(v.looseTuple([v.object({ value: v.string() })]), v.transform(([turn]) => turn.value)),
]);
const PlantedSchema = v.object({ text: v.string(), domain: DomainSchema, expected_hit: v.boolean() });
const ItemSchema = v.object({ benchmark: v.string(), text: v.string(), domain: DomainSchema });

const lines = (file: string): unknown[] => readFileSync(join(shared, file), 'utf8').split('\n').filter((line) => line !== '').map((line): unknown => JSON.parse(line));
const statements = ['deepscaler_aime_1983_2023', 'deepscaler_by_difficulty_6000', 'deepscaler_math_train_2000', 'orz_57k_72k_head']
  .flatMap((file) => lines(`data/train/${file}.jsonl`).map((row) => v.parse(StatementSchema, row)));
// Three copies with other ends make runs long enough to time; the ends keep statements different.
const rows = [0, 1, 2].flatMap((copy) => statements.map((statement) => copy === 0 ? statement : `${statement} (${copy})`));
const items = lines('data/decontam/benchmarks.jsonl').map((row) => v.parse(ItemSchema, row));
const benchmarks = new Map<string, string[]>();
for (const { benchmark, text } of items) benchmarks.set(benchmark, [...benchmarks.get(benchmark) ?? [], text]);

/** Best processor time of some runs, milliseconds: other work on the machine, and waiting for it, do not count. */
async function best(runs: number, work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const asRows = (texts: readonly string[]): CheckedRow[] => texts.map((statement, i) => ({ id: String(i), row: i, line: i, domain: 'math', statement }));
const checked = asRows(rows);
const against = [await new TestSetReader().read(benchmarksFile)];
const own = { path: '', mode: 'balanced' as const, n: null, shipped: false, against };
const shippedOnly = { path: '', mode: 'balanced' as const, n: null, shipped: true, against: [] };

const plain = await best(3, () => plainHits(rows, benchmarks, 9));
const load = await best(5, () => new Decontaminator().warm());
const decontaminator = new Decontaminator();
await decontaminator.check([], own);
const ours = await best(3, () => decontaminator.check(checked, own));
await decontaminator.warm();
const shippedTime = await best(3, () => decontaminator.check(checked, shippedOnly));
const paper = await best(3, () => decontaminator.check(checked, { ...own, mode: 'paper' }));
const small = checked.slice(0, 100);
const onSave = await best(20, () => decontaminator.check(small, shippedOnly));
const labels = await best(3, () => { for (const statement of rows) labelMath(statement, null); });

const perSecond = (milliseconds: number): number => Math.round(rows.length / milliseconds * 1000);
process.stdout.write(`rows ${rows.length}, benchmark items ${items.length}\n`);
process.stdout.write(`plain, 8 passes, n = 9      ${perSecond(plain)} rows/s\n`);
process.stdout.write(`balanced, same benchmarks   ${perSecond(ours)} rows/s, ratio ${(plain / ours).toFixed(1)}\n`);
process.stdout.write(`paper mode, same benchmarks ${perSecond(paper)} rows/s, ratio ${(plain / paper).toFixed(1)}\n`);
process.stdout.write(`balanced, shipped index     ${perSecond(shippedTime)} rows/s; load ${Math.round(load)} ms; 100 rows warm ${onSave.toFixed(1)} ms\n`);
process.stdout.write(`rule labels                 ${perSecond(labels)} rows/s\n`);

const planted = lines('data/decontam/planted.dev.jsonl').map((row) => v.parse(PlantedSchema, row));
function quality(hits: ReadonlySet<number>): string {
  const right = planted.filter((row, i) => row.expected_hit && hits.has(i)).length;
  return `precision ${(right / hits.size).toFixed(3)}, recall ${(right / planted.filter((row) => row.expected_hit).length).toFixed(3)}`;
}
const texts = planted.map(({ text }) => text);
const report = await decontaminator.check(asRows(texts).map((row, i) => ({ ...row, domain: planted[i]?.domain ?? 'math' })), shippedOnly);
process.stdout.write(`planted set: plain n = 9 ${quality(plainHits(texts, benchmarks, 9))}; balanced ${quality(new Set(report.contaminations.map(({ row }) => row)))}\n`);
