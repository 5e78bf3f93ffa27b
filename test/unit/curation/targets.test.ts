// The measured targets of the rule set on labelled data that is not part of the checkout.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as v from 'valibot';
import { Decontaminator } from '../../../server/curation/decontamination/decontaminator.ts';
import type { CheckedRow } from '../../../server/curation/decontamination/decontaminator.ts';
import { TestSetReader } from '../../../server/curation/decontamination/testSets.ts';
import { CODE_LABELS, labelCode } from '../../../server/curation/filters/code.ts';
import { MATH_LABELS, labelMath } from '../../../server/curation/filters/math.ts';
import { DomainSchema } from '../../../server/protocol/problem.ts';
import { sharedData } from '../../support/shared.ts';

function rowsOf<S extends v.GenericSchema>(file: string, schema: S): v.InferOutput<S>[] {
  return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => v.parse(schema, JSON.parse(line)));
}
const PlantedSchema = v.object({ id: v.string(), text: v.string(), domain: DomainSchema, variant: v.string(), expected_hit: v.boolean() });
const PairSchema = v.object({ id: v.string(), text: v.string(), benchmark: v.string(), benchmark_id: v.union([v.string(), v.number()]), label: v.picklist(['same', 'variant', 'different']) });

const LEAST: Readonly<Record<string, number>> = {
  verbatim: 1, embedded: 1, prompt_wrapped: 1, short_verbatim: 1, format_changed: 0.95, drop_first: 0.95, drop_last: 0.95, number_changed: 0.95,
};
const MOST: Readonly<Record<string, number>> = { boilerplate_only: 0.03, clean: 0.03, clean_prompt_wrapped: 0.03, short_number_changed: 0, paraphrase: 0 };

for (const own of [false, true]) {
  test(`planted contaminations are found with ${own ? 'a test set of the user' : 'the shipped index'}`, async (t) => {
    const planted = sharedData(t, 'data/decontam/planted.dev.jsonl');
    const benchmarks = sharedData(t, 'data/decontam/benchmarks.jsonl');
    if (planted === undefined || benchmarks === undefined) return;
    const rows = rowsOf(planted, PlantedSchema);
    const checked = rows.map(({ id, text, domain }, i): CheckedRow => ({ id, row: i, line: i, domain, statement: text }));
    const against = own ? [await new TestSetReader().read(benchmarks)] : [];
    const report = await new Decontaminator().check(checked, { path: planted, mode: 'balanced', n: null, shipped: !own, against });
    assert.deepEqual(report.remarks, []);
    const hits = new Set(report.contaminations.map(({ id }) => id));
    const share = (variant: string): number => {
      const of = rows.filter((row) => row.variant === variant);
      return of.filter(({ id }) => hits.has(id)).length / of.length;
    };
    for (const [variant, least] of Object.entries(LEAST)) assert.ok(share(variant) >= least, `${variant}: recall ${share(variant)}`);
    for (const [variant, most] of Object.entries(MOST)) assert.ok(share(variant) <= most, `${variant}: false alarms ${share(variant)}`);
    const right = rows.filter((row) => row.expected_hit && hits.has(row.id)).length;
    assert.ok(right / hits.size >= 0.97, `precision ${right / hits.size}`);
    assert.ok(right / rows.filter((row) => row.expected_hit).length >= 0.97);
  });
}

test('severities of real pairs', async (t) => {
  const pairs = sharedData(t, 'data/decontam/real_pairs.dev.jsonl');
  const benchmarks = sharedData(t, 'data/decontam/benchmarks.jsonl');
  if (pairs === undefined || benchmarks === undefined) return;
  const rows = rowsOf(pairs, PairSchema);
  const report = await new Decontaminator().check(rows.map(({ id, text }, i) => ({ id, row: i, line: i, domain: 'math', statement: text })), {
    path: pairs, mode: 'balanced', n: null, shipped: false, against: [await new TestSetReader().read(benchmarks)],
  });
  const kinds = { same: [] as string[], variant: [] as string[], different: [] as string[] };
  for (const { id, benchmark, benchmark_id: item, label } of rows) {
    const hit = report.contaminations.find((contamination) => contamination.id === id);
    const overlap = [hit?.best, ...hit?.others ?? []].find((other) => other?.benchmark === benchmark && other.item === String(item));
    kinds[label].push(overlap?.kind ?? 'none');
  }
  const share = (of: readonly string[], kind: string): number => of.filter((found) => found === kind).length / of.length;
  assert.ok(kinds.same.every((kind) => kind === 'contaminated' || kind === 'variant'), String(kinds.same));
  assert.ok(share(kinds.same, 'contaminated') >= 0.8);
  assert.equal(share(kinds.different, 'contaminated'), 0);
  assert.ok(share(kinds.variant, 'contaminated') <= 0.05);
});

const GoldSchema = v.object({ id: v.string(), text: v.string(), answer: v.nullish(v.string()), labels: v.record(v.string(), v.boolean()), ambiguous: v.optional(v.array(v.string()), []) });

for (const [file, names] of [['filters.dev.jsonl', MATH_LABELS], ['filters_code.dev.jsonl', CODE_LABELS]] as const) {
  test(`rule labels of ${file}`, (t) => {
    const path = sharedData(t, `data/curation/${file}`);
    if (path === undefined) return;
    const rows = rowsOf(path, GoldSchema).map((row) => ({ row, found: new Set<string>((names === MATH_LABELS ? labelMath(row.text, row.answer ?? null) : labelCode(row.text)).map(({ name }) => name)) }));
    for (const name of names) {
      const scored = rows.filter(({ row }) => !row.ambiguous.includes(name));
      const right = scored.filter(({ row, found }) => row.labels[name] === true && found.has(name)).length;
      const least = name === 'too_brief' ? 0.8 : 0.9;
      assert.ok(right / scored.filter(({ found }) => found.has(name)).length >= least, `${name}: precision`);
      assert.ok(right / scored.filter(({ row }) => row.labels[name] === true).length >= least, `${name}: recall`);
    }
  });
}
