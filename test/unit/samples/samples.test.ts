import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import * as v from 'valibot';
import { codeSeeds } from '../../../scripts/samples/code/all.ts';
import { codeRollouts } from '../../../scripts/samples/codeRollouts.ts';
import { sampleFiles } from '../../../scripts/samples/files.ts';
import { mathSeeds } from '../../../scripts/samples/math/all.ts';
import { mathRollouts } from '../../../scripts/samples/mathRollouts.ts';
import { verlDump } from '../../../scripts/samples/verlDump.ts';
import { countTokens } from '../../../scripts/samples/compose/tokens.ts';

const workspace = new URL('../../../samples/workspace/', import.meta.url);
const math = mathSeeds.map((seed) => ({ seed, rollouts: mathRollouts(seed) }));
const code = codeSeeds.map((seed) => ({ seed, rollouts: codeRollouts(seed) }));

async function records(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(new URL(path, workspace), 'utf8');
  return text.trimEnd().split('\n').map((line) => v.parse(v.record(v.string(), v.unknown()), JSON.parse(line)));
}

test('the committed sample files are what the generator writes', async () => {
  for (const file of sampleFiles()) {
    const committed = await readFile(fileURLToPath(new URL(file.path, workspace)));
    assert.ok(Buffer.from(file.content).equals(committed), `${file.path} differs: run scripts/samples/write.ts`);
  }
});

test('there are enough problems, of unique id, with unique statements', async () => {
  const sets = [await records('problems/math.jsonl'), await records('problems/code.jsonl')];
  assert.ok((sets[0]?.length ?? 0) >= 60);
  assert.ok((sets[1]?.length ?? 0) >= 25);
  const all = sets.flat();
  assert.equal(new Set(all.map((record) => record['id'])).size, all.length);
  assert.equal(new Set(all.map((record) => record['problem'])).size, all.length);
});

test('every problem has at least 8 rollouts and as many deserving ones as its seed says', () => {
  for (const { seed, rollouts } of [...math, ...code]) {
    assert.ok(rollouts.length >= 8, seed.id);
    assert.equal(rollouts.filter((rollout) => rollout.deserves === 1).length, seed.correct, seed.id);
  }
});

test('every code problem has 4 to 10 tests and every wrong program differs from the right one', () => {
  for (const { seed } of code) {
    assert.ok(seed.cases.length >= 4 && seed.cases.length <= 10, seed.id);
    for (const wrong of seed.wrong) assert.notEqual(wrong.code, seed.solution, seed.id);
  }
});

test('wrong answers differ from the gold answer and all its other forms', () => {
  for (const { seed } of math) {
    for (const wrong of seed.wrong) assert.ok(![seed.answer, ...(seed.forms ?? [])].includes(wrong.answer), `${seed.id}: ${wrong.answer}`);
  }
});

test('the rollouts hold long, cut and oddly tagged responses', () => {
  const all = [...math, ...code].flatMap(({ rollouts }) => rollouts);
  const having = (condition: (response: string, tokens: number, finish: string) => boolean): number =>
    all.filter(({ record }) => condition(record.response, record.tokens, record.finish_reason)).length;
  assert.ok(having((_, tokens) => tokens > 8192) >= 20);
  assert.ok(having((_, tokens) => tokens < 400) >= 20);
  assert.ok(having((_, __, finish) => finish === 'length') >= 3);
  assert.ok(having((response) => !response.startsWith('<think>') && response.includes('</think>')) > all.length / 2);
  assert.ok(having((response) => response.startsWith('<think>') && !response.includes('</think>')) >= 3);
  assert.ok(having((response) => response.split('</think>').length > 2) >= 3);
  for (const { record, deserves } of all) {
    assert.equal(record.tokens, countTokens(record.response), record.id);
    if (record.finish_reason === 'length') assert.equal(deserves, 0, record.id);
  }
});

test('groups without signal and groups with signal are both there', () => {
  const rates = math.map(({ seed, rollouts }) => seed.correct / rollouts.length);
  assert.ok(rates.filter((rate) => rate === 0).length >= 2);
  assert.ok(rates.filter((rate) => rate === 1).length >= 4);
  assert.ok(rates.filter((rate) => rate > 0 && rate < 1).length >= 40);
});

test('exactly one stored score of the veRL dump disagrees with what the rollout deserves', () => {
  const rows = verlDump();
  assert.equal(rows.length, 64);
  assert.deepEqual(rows.filter(({ row, deserves }) => row.score !== deserves).map(({ row }) => [row.gts, row.score]), [['\\frac14', 0]]);
});
