// What is said before a stage is launched, whatever executes it.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_DECONTAMINATION, type SetComparison } from '../../../server/protocol/decontamination.ts';
import type { LaunchRequest, Lint } from '../../../server/protocol/training.ts';
import { verlLints } from '../../../server/training/engines/verlRay/lints.ts';
import { findStage } from '../../../server/training/recipes/recipes.ts';
import { lookAtCheckpoint } from '../../../server/training/stages/checkpoint.ts';
import { stageLints } from '../../../server/training/stages/lints.ts';
import type { ResolvedStage } from '../../../server/training/stages/resolve.ts';
import { tempDir } from '../../support/tempDir.ts';
import { problem } from './support.ts';

const comparison = (change: Partial<SetComparison> = {}): SetComparison => ({ path: '/sets/a.jsonl', options: DEFAULT_DECONTAMINATION, benchmarks: [], remarks: [], testSet: false, ...change });

function stageOf(stageId: string, change: Partial<LaunchRequest> = {}, settings: Partial<LaunchRequest['settings']> = {}, resolved: Partial<ResolvedStage> = {}): ResolvedStage {
  const { recipe, stage } = findStage('acereason-7b', stageId);
  const kept = Array.from({ length: 49_000 }, (_, index) => problem(String(index)));
  return {
    recipe, stage, directory: '/runs/a', comparisons: [comparison()], checkpoint: 'hub', recorded: null, validation: [problem('v')],
    choice: { kept, total: kept.length, removed: {}, unknownPassRate: 0 },
    request: {
      runId: 'a', root: '/runs', recipeId: recipe.id, stageId, settings: { ...stage.settings, ...settings }, problems: ['/sets/a.jsonl'], validation: ['/sets/v.jsonl'], checkpoint: '/models/mine', engine: 'verl-ray',
      verlRay: { address: 'http://127.0.0.1:8265', verlVersion: '0.9.1', nodes: 1, gpusPerNode: 8, sharedRoot: null, tensorParallel: 1, sequenceParallel: 4, python: 'python3', env: {}, extraOverrides: [] }, ...change,
    },
    ...resolved,
  };
}
const said = (lints: readonly Lint[]): string[] => lints.map(({ severity, field }) => `${severity} ${field ?? ''}`);

test('the recipe as it is has nothing to say', () => {
  assert.deepEqual(said(stageLints(stageOf('math-8k', { checkpoint: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B' }))), []);
  assert.deepEqual(said(stageLints(stageOf('math-16k'))), []);
});

test('learning rates that no policy survives are refused, high ones and none at all are worth a word', () => {
  const rate = (learningRate: number): Lint | undefined => stageLints(stageOf('math-8k', {}, { learningRate })).find(({ field }) => field === 'learningRate');
  assert.deepEqual([rate(5)?.severity, rate(5)?.suggestion?.text], ['error', '1e-6']);
  assert.match(rate(1e-4)?.message ?? '', /100 times the recipe’s learning rate/);
  assert.deepEqual([rate(1e-4)?.severity, rate(0)?.severity, rate(5e-6)], ['warning', 'warning', undefined]);
});

test('more rollouts a step than memory holds are refused, whatever executes the stage', () => {
  assert.deepEqual(said(stageLints(stageOf('math-32k', {}, { rolloutsPerProblem: 512 }))), []);
  assert.deepEqual(said(stageLints(stageOf('math-32k', {}, { rolloutsPerProblem: 1_000_000_000 }))), ['error rolloutsPerProblem']);
});

test('many passes over few problems are worth a word', () => {
  const few = { choice: { kept: Array.from({ length: 128 }, (_, index) => problem(String(index))), total: 128, removed: {}, unknownPassRate: 0 } };
  assert.match(stageLints(stageOf('math-8k', {}, {}, few)).find(({ field }) => field === 'steps')?.message ?? '', /2,000 steps are 2,000 passes over the 128 problems/);
  assert.deepEqual(said(stageLints(stageOf('math-8k', { engine: 'rehearsal' }, {}, few))), ['info steps']);
});

test('a stage after the first that starts from the initial policy is warned of, unless nothing is trained', () => {
  const checkpoint = 'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B';
  assert.deepEqual(said(stageLints(stageOf('math-24k', { checkpoint }))), ['warning checkpoint']);
  assert.match(stageLints(stageOf('math-24k', { checkpoint }))[0]?.message ?? '', /not from a checkpoint of Math 16K/);
  assert.deepEqual(said(stageLints(stageOf('math-24k', { checkpoint, engine: 'rehearsal' }))), []);
});

test('what the paper changes in the course of code 32K is marked as its start, and said', () => {
  const { stage } = findStage('acereason-7b', 'code-32k');
  assert.deepEqual(stage.fields.filter(({ source }) => source.from === 'paper-start').map(({ key }) => key), ['maxDifficulty', 'rolloutsPerProblem', 'temperature']);
  const [lint] = stageLints(stageOf('code-32k'));
  assert.equal(lint?.severity, 'info');
  assert.match(lint.message, /launch the stage in parts: .*Rollouts per problem.*8, rising to 16.*Temperature.*0\.6, rising to 1\.0/);
});

test('problems that stay out for a reason that the user should know', () => {
  const removed = { 'invalid: gold cannot be read': 3, 'in one of your test sets': 1, 'in the validation set': 2 };
  const lints = stageLints(stageOf('math-8k', {}, {}, { choice: { kept: stageOf('math-8k').choice.kept, total: 9, removed, unknownPassRate: 0 } }));
  assert.deepEqual(said(lints), ['warning problems', 'warning problems', 'warning validation']);
  assert.deepEqual(lints.map(({ message }) => message.slice(0, 40)), ['1 problem of the chosen sets is in one o', '3 problems have a gold answer that the m', '2 problems of the chosen sets are valida']);
});

test('what could not be compared is said once, whatever the number of sets', () => {
  const remark = { about: 'benchmarks' as const, path: '/gone.jsonl', message: '/gone.jsonl: no such file' };
  const own = { about: 'set' as const, path: null, message: 'nothing to compare with: no benchmark of math problems' };
  const lints = stageLints(stageOf('math-8k', {}, {}, { comparisons: [comparison({ remarks: [remark, own] }), comparison({ path: '/sets/b.jsonl', remarks: [remark] })] }));
  assert.deepEqual(lints.map(({ message }) => message), ['not compared with everything: /gone.jsonl: no such file', 'a.jsonl: nothing to compare with: no benchmark of math problems']);
});

test('prompts that hold more than the statement are not what is trained on, and that is said', () => {
  const prompt = [{ role: 'system', content: 'Answer in the manner of the old masters. '.repeat(10) }, { role: 'user', content: 'What is it?' }];
  const kept = [...stageOf('math-8k').choice.kept, problem('few-shot', { prompt })];
  assert.match(stageLints(stageOf('math-8k', {}, {}, { choice: { kept, total: kept.length, removed: {}, unknownPassRate: 0 } }))[0]?.message ?? '', /^1 problem has more in the prompt/);
});

test('a folder to start from is looked into', async (t) => {
  const folder = tempDir(t);
  const saved = join(folder, 'global_step_500/actor/huggingface');
  await mkdir(saved, { recursive: true });
  await writeFile(join(saved, 'config.json'), '{}');
  assert.deepEqual([await lookAtCheckpoint('org/model'), await lookAtCheckpoint(join(folder, 'none')), await lookAtCheckpoint(saved)], ['hub', 'unseen', 'no-weights']);
  await writeFile(join(saved, 'model-00001-of-00002.safetensors'), '');
  assert.equal(await lookAtCheckpoint(saved), 'model');
  const lints = (checkpoint: ResolvedStage['checkpoint']): string[] => said(verlLints(stageOf('math-16k', {}, {}, { checkpoint })));
  assert.deepEqual([lints('model'), lints('unseen'), lints('no-weights')], [[], ['info checkpoint'], ['warning checkpoint']]);
});
