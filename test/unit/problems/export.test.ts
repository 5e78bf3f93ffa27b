import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { asyncBufferFromFile, parquetReadObjects, parquetMetadataAsync } from 'hyparquet';
import { writeVerlParquet } from '../../../server/problems/export/verlParquet.ts';
import { ProblemStore } from '../../../server/problems/store.ts';
import { tempDir } from '../../support/tempDir.ts';
import type { Cleanup } from '../../support/tempDir.ts';

const RECORDS = [
  { id: 'm', domain: 'math', problem: 'What is $2+3$?', prompt: [{ role: 'user', content: 'What is $2+3$? Put it in a box.' }], answer: '5', source: { dataset: 'mine', url: 'https://example.org/1', licence: 'MIT' }, pass_rate: { correct: 6, attempts: 8, model: 'small' }, difficulty: { value: 2, scale: '0-8' } },
  { id: 'c', domain: 'code', problem: 'Add.', tests: { func_name: 'add', cases: [{ input: '1\n2', output: '3' }], time_limit_s: 2, memory_mb: 64 }, starter_code: 'def add(a, b):' },
  { id: 'n', domain: 'math', problem: 'Nothing.', answer: null },
  { id: 'x', domain: 'math', problem: 'Dropped.', answer: '1' },
];

async function prepared(t: Cleanup): Promise<{ store: ProblemStore; path: string; folder: string }> {
  const folder = tempDir(t);
  const path = join(folder, 'set.jsonl');
  await writeFile(path, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const store = new ProblemStore();
  t.after(() => store.dispose());
  await store.decide({ path, changes: [
    { id: 'x', decision: { id: 'x', action: 'drop', reason: 'too easy', at: 'now' } },
    { id: 'm', decision: { id: 'm', action: 'edit', answer: '5.0', at: 'now' } },
  ] });
  return { store, path, folder };
}

test('JSON lines: what goes in comes out again, edited; the rest is listed with reasons', async (t) => {
  const { store, path, folder } = await prepared(t);
  const target = join(folder, 'out.jsonl');
  const result = await store.export({ path, target, format: 'jsonl' });
  assert.deepEqual(result, { written: 2, removed: 2, removedPath: `${target}.removed.jsonl`, warnings: [] });
  const removed = (await readFile(`${target}.removed.jsonl`, 'utf8')).trim().split('\n').map((text) => JSON.parse(text) as { id: string; removed_by: string; reasons: string[] });
  assert.deepEqual(removed.map(({ id, removed_by, reasons }) => [id, removed_by, reasons]), [['n', 'invalid', ['no answer']], ['x', 'dropped', ['too easy']]]);
  for (const id of ['m', 'c']) {
    const [before, after] = await Promise.all([store.get({ path, id }), store.get({ path: target, id })]);
    const { provenance: first, ...one } = before.problem;
    const { provenance: second, ...two } = after.problem;
    assert.deepEqual({ ...two, prompt: one.prompt }, one);
    assert.equal(second.dataset, first.dataset);
    assert.equal(second.url, first.url);
  }
  assert.equal((await store.get({ path: target, id: 'm' })).problem.answer, '5.0');
});

test('a repeated id keeps its number in an export: a run finds its problems by it', async (t) => {
  const folder = tempDir(t);
  const path = join(folder, 'set.jsonl');
  await writeFile(path, ['2', '4'].map((answer) => `${JSON.stringify({ id: '7', domain: 'math', problem: `What is half of twice $${answer}$?`, answer, source: { dataset: 'd', id: 'original' } })}\n`).join(''));
  const store = new ProblemStore();
  t.after(() => store.dispose());
  const target = join(folder, 'out.jsonl');
  // Only the second one: alone in its file, nothing else says that it is a second.
  await store.decide({ path, changes: [{ id: '7', decision: { id: '7', action: 'drop', at: 'now' } }] });
  for (const id of ['7', '7#2']) assert.equal((await store.get({ path, id })).problem.id, id);
  await store.export({ path, target, format: 'jsonl' });
  assert.equal((await store.get({ path: target, id: '7#2' })).problem.answer, '4');
});

test('veRL Parquet has the exact columns and comes back with its tests', async (t) => {
  const { store, path, folder } = await prepared(t);
  const target = join(folder, 'out.parquet');
  assert.equal((await store.export({ path, target, format: 'verl-parquet' })).written, 2);
  const file = await asyncBufferFromFile(target);
  const { schema } = await parquetMetadataAsync(file);
  assert.deepEqual(schema.map(({ name }) => name).slice(0, 12), ['schema', 'data_source', 'prompt', 'list', 'element', 'role', 'content', 'ability', 'reward_model', 'style', 'ground_truth', 'extra_info']);
  const rows: unknown = await parquetReadObjects({ file });
  assert.deepEqual(rows, [
    { data_source: 'mine', prompt: [{ role: 'user', content: 'What is $2+3$?\n\nPlease reason step by step, and put your final answer within \\boxed{}.' }], ability: 'math', reward_model: { style: 'rule', ground_truth: '5.0' },
      extra_info: { index: 0n, split: 'train', id: 'm', question: 'What is $2+3$?', source: 'mine', source_index: 0n, url: 'https://example.org/1', licence: 'MIT', pass_rate: 0.75, correct: 6n, attempts: 8n, attempts_model: 'small', difficulty: 2, difficulty_scale: '0-8' } },
    { data_source: 'set', prompt: [{ role: 'user', content: 'Add.\n\nUse this starter code:\n```python\ndef add(a, b):\n```\n\nPut the whole program into one ```python block.' }], ability: 'code', reward_model: { style: 'rule', ground_truth: 'c' },
      extra_info: { index: 1n, split: 'train', id: 'c', question: 'Add.', source: 'set', source_index: 1n, url: null, licence: null, pass_rate: null, correct: null, attempts: null, attempts_model: null, difficulty: null, difficulty_scale: null } },
  ]);
  const again = await store.get({ path: target, id: 'c' });
  assert.deepEqual(again.problem.tests, { funcName: 'add', cases: [{ input: '1\n2', output: '3' }], timeLimitSeconds: 2, memoryMb: 64 });
  assert.equal(again.row.state, 'ok');
  assert.deepEqual((await store.get({ path: target, id: 'm' })).problem.passRate, { correct: 6, attempts: 8, model: 'small' });
});

test('the rows of an export are those of a run, and what of a prompt is not in them is said', async (t) => {
  const { store, path, folder } = await prepared(t);
  const [exported, ofRun] = [join(folder, 'exported.parquet'), join(folder, 'train.parquet')];
  const system = { role: 'system', content: 'You are a careful mathematician who answers every question in the style of the old masters, with all the steps written out.' };
  await writeFile(path, `${JSON.stringify({ ...RECORDS[0], prompt: [system, ...RECORDS[0]?.prompt ?? []] })}\n`);
  const result = await store.export({ path, target: exported, format: 'verl-parquet' });
  assert.match(result.warnings.join(), /1 problem has more in the prompt than the statement/);
  await writeVerlParquet([(await store.get({ path, id: 'm' })).problem], ofRun, { split: 'train' });
  const prompts = async (file: string): Promise<unknown> => (await parquetReadObjects({ file: await asyncBufferFromFile(file) })).map((row): unknown => row['prompt']);
  assert.deepEqual(await prompts(exported), [[{ role: 'user', content: 'What is $2+3$?\n\nPlease reason step by step, and put your final answer within \\boxed{}.' }]]);
  assert.deepEqual(await prompts(exported), await prompts(ofRun));
});

test('several row groups, and a failure that leaves nothing behind', async (t) => {
  const { store, path, folder } = await prepared(t);
  const { problem } = await store.get({ path, id: 'm' });
  const target = join(folder, 'many.parquet');
  assert.equal((await writeVerlParquet(Array.from({ length: 2500 }, (_, i) => ({ ...problem, id: String(i) })), target, { split: 'train' })).rows, 2500);
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(target));
  assert.deepEqual(metadata.row_groups.map((group) => Number(group.num_rows)), [1000, 1000, 500]);
  const broken = join(folder, 'broken.parquet');
  await assert.rejects(writeVerlParquet([problem, { ...problem, answer: null }], broken, { split: 'train' }), /has no answer/);
  assert.ok(!existsSync(broken) && !existsSync(`${broken}.writing`));
});

test('a cancelled export leaves no file', async (t) => {
  const { store, path, folder } = await prepared(t);
  await writeFile(path, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join('').repeat(500));
  for (const format of ['jsonl', 'verl-parquet'] as const) {
    const abort = new AbortController();
    const target = join(folder, `cancelled.${format}`);
    await assert.rejects(store.export({ path, target, format }, { signal: abort.signal, progress: ({ done }) => { if (done > 0) abort.abort(); } }), { name: 'AbortError' });
    assert.ok(!existsSync(target) && !existsSync(`${target}.writing`) && !existsSync(`${target}.removed.jsonl`));
  }
});
