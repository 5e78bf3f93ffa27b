import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ProblemStore } from '../../../server/problems/store.ts';
import { discover } from '../../../server/rollouts/discover.ts';
import { RolloutStore } from '../../../server/rollouts/store.ts';
import { sharedData } from '../../support/shared.ts';

/** Every rollout file of the shared data: schema, rollouts, groups, judged, correct. */
const FILES: Readonly<Record<string, readonly [schema: string, rollouts: number, groups: number, judged: number, correct: number]>> = {
  'formats/gsm8k_example_model_solutions.jsonl': ['gsm8k-solutions', 40, 10, 40, 12],
  'formats/inspect_message_dedup.eval': ['inspect', 1, 1, 1, 0],
  'formats/inspect_mmlu_choices.eval': ['inspect', 1, 1, 1, 0],
  'formats/inspect_popularity.eval': ['inspect', 10, 10, 0, 0],
  'formats/inspect_popularity.json': ['inspect', 3, 3, 3, 2],
  'formats/inspect_streaming.eval': ['inspect', 4, 2, 4, 3],
  'formats/lcb_output_eval_all.json': ['livecodebench-eval', 12, 12, 12, 10],
  'formats/nemo_gym_rollouts_code_gen.jsonl': ['nemo-gym-rollouts', 5, 5, 5, 1],
  'formats/nemo_gym_rollouts_math_with_judge.jsonl': ['nemo-gym-rollouts', 5, 5, 5, 3],
  'formats/nemo_gym_rollouts_mcqa.jsonl': ['nemo-gym-rollouts', 5, 5, 5, 3],
  'formats/nemo_skills_output.jsonl': ['nemo-skills', 5, 5, 5, 4],
  'formats/nemo_skills_output-rs0.jsonl': ['nemo-skills', 5, 5, 5, 4],
  'formats/nemo_skills_output-rs1.jsonl': ['nemo-skills', 5, 5, 5, 4],
  'formats/openai_batch_output.jsonl': ['openai-batch', 10, 10, 0, 0],
  'formats/primerl_train_rollouts_fixture.jsonl': ['verifiers', 3, 2, 3, 1],
  'formats/taco_generation_example.json': ['generations', 10, 10, 0, 0],
  'formats/verifiers_results_fixture.jsonl': ['verifiers', 5, 2, 5, 2],
  'formats/synthetic/lm_eval_samples_gsm8k_2026-01-15T10-20-30.123456.jsonl': ['lm-eval', 6, 6, 6, 5],
  'formats/synthetic/openr1_math.jsonl': ['openr1-generations', 6, 3, 6, 3],
  'formats/synthetic/synthetic1_math.jsonl': ['synthetic-1', 3, 3, 3, 3],
  'formats/synthetic/trl_completions_00001.parquet': ['trl-completions', 24, 6, 24, 18],
  'formats/synthetic/verl_rollout_step_1.jsonl': ['verl-dump', 12, 3, 12, 9],
  'rollouts/math500_r1_and_distills.jsonl': ['problem-response', 70, 60, 0, 0],
  'rollouts/math_qwen25math_groups_of_8.jsonl': ['problem-response', 800, 100, 800, 728],
  'rollouts/math_r1style_answer_tag.jsonl': ['problem-response', 1767, 128, 0, 0],
  'rollouts/nemo_gym_math_examples.jsonl': ['problem-response', 25, 25, 25, 14],
  'code/responses.dev.jsonl': ['problem-response', 714, 714, 0, 0],
};

test('every rollout file of the shared data is read', async (t) => {
  const folder = sharedData(t, 'data');
  if (folder === undefined) return;
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(FILES)) {
    const path = join(folder, name);
    const info = await store.open({ path });
    const { totals, groups } = await store.groups({ path, query: {}, offset: 0, limit: 3 });
    found[name] = [info.schema, info.rollouts, info.groups, totals.judged, totals.correct];
    assert.deepEqual(info.issues, [], name);
    for (const group of groups) {
      for (const row of group.rows) assert.ok((await store.get({ path, ref: row.ref })).responseLength > 0, name);
    }
  }
  assert.deepEqual(found, FILES);
});

test('code responses are resolved against their problem set', async (t) => {
  const folder = sharedData(t, 'data/code');
  if (folder === undefined) return;
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  const path = join(folder, 'responses.dev.jsonl');
  let resolved = 0;
  for await (const item of store.select({ kind: 'file', path, refs: null })) {
    assert.ok('rollout' in item);
    const result = await store.resolve(item.rollout, [join(folder, 'problems.dev.jsonl')]);
    assert.ok(result.ok && result.task.domain === 'code' && result.task.tests !== null);
    resolved += 1;
  }
  assert.equal(resolved, 714);
});

test('all data files of the shared folder are discovered, none with an issue', async (t) => {
  const folder = sharedData(t, 'data');
  if (folder === undefined) return;
  const { files, issues } = await discover({ roots: [folder] });
  assert.deepEqual(issues, []);
  const rollouts = files.filter((file) => file.kind === 'rollouts').map((file) => file.path.slice(folder.length + 1));
  assert.deepEqual(rollouts.sort(), Object.keys(FILES).sort());
  assert.ok(files.filter((file) => file.kind === 'problems').length > 70);
});
