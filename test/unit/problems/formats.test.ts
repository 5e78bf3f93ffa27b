import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ProblemStore } from '../../../server/problems/store.ts';
import { sharedData } from '../../support/shared.ts';

/** Every problem file of the shared format samples: schema, number of problems, those that are invalid, issues. */
const FILES: Readonly<Record<string, readonly [schema: string, count: number, invalid: number, issues: number]>> = {
  'aime24_simplerl.jsonl': ['deepscaler', 10, 0, 0],
  'aqua.jsonl': ['aqua', 20, 0, 0],
  'college_math.jsonl': ['collegemath', 20, 0, 0],
  'dapo_aime2024.parquet': ['verl', 960, 0, 1],
  'deepscaler_test_amc.json': ['deepscaler', 20, 0, 0],
  'deepscaler_test_minerva.json': ['deepscaler', 10, 0, 0],
  'deepscaler_test_olympiad_bench.json': ['deepscaler', 10, 0, 0],
  'deepscaler_train_aime.json': ['deepscaler', 20, 0, 0],
  'deepscaler_train_math.json': ['deepscaler', 20, 0, 0],
  'gaokao2023en.jsonl': ['question-answer', 20, 0, 0],
  'gsm8k_train.jsonl': ['gsm8k', 30, 0, 0],
  'humaneval.jsonl': ['humaneval', 20, 4, 0],
  'humanevalplus_mini.jsonl': ['humaneval', 10, 10, 0],
  'kodcode_final.json': ['kodcode', 8, 8, 0],
  'kodcode_seeds2questions.jsonl': ['messages', 8, 8, 0],
  'leetcodedataset_v0.2.0.jsonl': ['leetcodedataset', 10, 0, 0],
  'livecodebench_code_generation_lite_1row.jsonl': ['livecodebench', 1, 0, 0],
  'math500.jsonl': ['math', 20, 0, 0],
  'nemo_gym_acereason_math.jsonl': ['nemo-gym', 5, 0, 0],
  'numinamath_1.5_2rows.jsonl': ['numinamath-1.5', 2, 2, 0],
  'numinamath_cot_2rows.jsonl': ['numinamath-cot', 2, 0, 0],
  'olympiadbench.jsonl': ['olympiadbench', 10, 0, 0],
  'omni_math_2rows.jsonl': ['omni-math', 2, 0, 0],
  'openai_batch_input.jsonl': ['openai-batch-input', 10, 10, 0],
  'orz_57k.json': ['orz', 20, 0, 0],
  'orz_57k_truncated.json': ['orz', 10, 0, 1],
  'orz_eval_math500.json': ['orz-eval', 20, 0, 0],
  'orz_reasoner_quasar.json': ['orz', 12, 0, 0],
  'polaris_amc23.parquet': ['verl', 83, 0, 0],
  'polaris_minerva.parquet': ['verl', 272, 1, 0],
  'qwq_livecodebench_v5.jsonl': ['livecodebench-qwq', 10, 10, 0],
  'rllm_code_codeforces.json': ['deepcoder', 15, 0, 0],
  'rllm_code_contests.json': ['deepcoder', 8, 0, 0],
  'rllm_code_leetcode.json': ['deepcoder', 10, 1, 0],
  'sandboxfusion_code_contests.jsonl': ['sandboxfusion', 8, 0, 0],
  'sandboxfusion_livecodebench_v1.jsonl': ['livecodebench-sandboxfusion', 3, 0, 0],
  'sandboxfusion_mbpp.jsonl': ['mbpp', 20, 0, 0],
  'skywork_or1_eval_aime24.parquet': ['verl', 30, 0, 0],
  'skywork_or1_eval_aime25.parquet': ['verl', 30, 0, 0],
  'taco_generation_example.json': ['taco-generations', 10, 10, 0],
  'ttrl_math.json': ['ttrl', 20, 0, 0],
  'verl_deepscaler_sub1209.parquet': ['verl', 1209, 3, 1],
  'verl_lightr1_math500.parquet': ['verl', 500, 0, 0],
  'verl_prompt_only.parquet': ['verl', 200, 200, 1],
  'verl_tinyv_aime.parquet': ['verl', 30, 0, 0],
  'verl_tinyv_bigmath_5rowgroups.parquet': ['verl', 5000, 146, 1],
  'synthetic/apps.jsonl': ['taco', 2, 1, 0],
  'synthetic/deepcoder_lcb.jsonl': ['deepcoder', 2, 0, 0],
  'synthetic/deepcoder_primeintellect.jsonl': ['deepcoder', 1, 0, 0],
  'synthetic/livecodebench_functional.jsonl': ['livecodebench', 1, 0, 0],
  'synthetic/matharena_hmmt.jsonl': ['matharena', 3, 0, 0],
  'synthetic/openr1_math.jsonl': ['openr1', 3, 0, 0],
  'synthetic/primeintellect_verifiable_coding.jsonl': ['primeintellect', 1, 0, 0],
  'synthetic/skywork_or1_train.jsonl': ['verl', 3, 0, 0],
  'synthetic/synthetic1_math.jsonl': ['synthetic-1', 3, 0, 0],
};

test('every problem file of the format samples is imported', async (t) => {
  const folder = sharedData(t, 'data/formats');
  if (folder === undefined) return;
  const store = new ProblemStore();
  t.after(() => store.dispose());
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(FILES)) {
    const path = join(folder, name);
    const info = await store.open({ path });
    found[name] = [info.schema, info.count, info.byState['invalid'] ?? 0, info.issues.length];
    const { rows } = await store.list({ path, query: {}, offset: 0, limit: 3 });
    for (const row of rows) {
      const { problem } = await store.get({ path, id: row.id });
      assert.ok(problem.statement.length > 0, name);
      assert.ok(problem.prompt.length > 0, name);
      assert.equal(problem.provenance.file, path);
    }
  }
  assert.deepEqual(found, FILES);
});

test('the cut-off ORZ file gives 10 records and names the eleventh', async (t) => {
  const path = sharedData(t, 'data/formats/orz_57k_truncated.json');
  if (path === undefined) return;
  const store = new ProblemStore();
  t.after(() => store.dispose());
  const info = await store.open({ path });
  assert.equal(info.count, 10);
  assert.match(info.issues[0]?.message ?? '', /^record 11 is incomplete \(byte \d+\)/);
});

test('the shared code problems keep their tests, public before private', async (t) => {
  const path = sharedData(t, 'data/code/problems.dev.jsonl');
  if (path === undefined) return;
  const store = new ProblemStore();
  t.after(() => store.dispose());
  const info = await store.open({ path });
  assert.equal(info.count, 1117);
  assert.deepEqual(info.byState, { ok: 1117 });
  const { problem } = await store.get({ path, id: 'leetcode/most-expensive-item-that-can-not-be-bought' });
  assert.equal(problem.tests?.funcName, 'mostExpensiveItem');
  assert.deepEqual(problem.tests.cases[0], { input: '2\n5', output: '3' });
});

test('training sets of the shared data open completely', async (t) => {
  const folder = sharedData(t, 'data/train');
  if (folder === undefined) return;
  const store = new ProblemStore();
  t.after(() => store.dispose());
  for (const [name, count] of [['deepscaler_by_difficulty_6000.jsonl', 6000], ['orz_57k_72k_head.jsonl', 4510], ['deepscaler_math_train_2000.jsonl', 2000]] as const) {
    assert.equal((await store.open({ path: join(folder, name) })).count, count);
  }
});
