import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { StageSettings, VerlRayOptions } from '../../../server/protocol/training.ts';
import { parseConsoleMetrics, pythonNumber } from '../../../server/training/engines/verlRay/console.ts';
import { commandFile, entrypoint, jobEnvironment } from '../../../server/training/engines/verlRay/command.ts';
import { readDump } from '../../../server/training/engines/verlRay/dumps.ts';
import { hydraString } from '../../../server/training/engines/verlRay/hydraValue.ts';
import { verlLints } from '../../../server/training/engines/verlRay/lints.ts';
import { LogCursor } from '../../../server/training/engines/verlRay/logTail.ts';
import { MetricsLog } from '../../../server/training/engines/verlRay/metricsLog.ts';
import { verlOverrides, type VerlVersion } from '../../../server/training/engines/verlRay/overrides.ts';
import { jobPaths, submissionId } from '../../../server/training/engines/verlRay/paths.ts';
import { shellWord } from '../../../server/training/engines/shellWord.ts';
import { findStage } from '../../../server/training/recipes/recipes.ts';
import type { ResolvedStage } from '../../../server/training/stages/resolve.ts';
import { problem } from './support.ts';

const OPTIONS: VerlRayOptions = {
  address: 'http://127.0.0.1:8265', verlVersion: '0.9.1', nodes: 1, gpusPerNode: 8, sharedRoot: null, tensorParallel: 1, sequenceParallel: 4,
  python: 'python3', env: {}, extraOverrides: [],
};

function overrides(verlVersion: VerlVersion, change: Partial<VerlRayOptions> = {}, attempt = 1, settings: Partial<StageSettings> = {}): string[] {
  const { stage } = findStage('acereason-7b', 'math-16k');
  const paths = jobPaths('/runs/a', OPTIONS);
  return verlOverrides({
    settings: { ...stage.settings, ...settings }, options: { ...OPTIONS, verlVersion, ...change }, checkpoint: '/models/step 300', project: 'acereason-7b', experiment: 'a', attempt, ...paths,
  });
}

const value = (words: readonly string[], key: string): string | undefined => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);

test('the overrides hold the stage’s settings and exactly one update per generation', () => {
  const words = overrides('0.9.1');
  const A = 'actor_rollout_ref.actor';
  assert.equal(value(words, 'algorithm.adv_estimator'), 'grpo');
  assert.equal(value(words, 'data.train_batch_size'), '128');
  assert.equal(value(words, `${A}.ppo_mini_batch_size`), '128');
  assert.equal(value(words, `${A}.ppo_epochs`), '1');
  assert.equal(value(words, `${A}.loss_agg_mode`), 'token-mean');
  assert.equal(value(words, `${A}.use_kl_loss`), 'False');
  assert.equal(value(words, `${A}.optim.lr`), '0.000001');
  assert.equal(value(words, 'actor_rollout_ref.rollout.n'), '16');
  assert.equal(value(words, 'data.max_response_length'), '16384');
  assert.equal(value(words, `${A}.ppo_max_token_len_per_gpu`), String((2048 + 16384) / 4));
  assert.equal(value(words, 'actor_rollout_ref.model.path'), "'/models/step 300'");
  assert.equal(value(words, '+reward.custom_reward_function.reward_kwargs.thinking_opened'), 'True');
  assert.equal(value(words, 'trainer.resume_mode'), 'disable');
  assert.equal(value(overrides('0.9.1', {}, 2), 'trainer.resume_mode'), 'auto');
  assert.deepEqual(words.filter((word, index) => words.findIndex((other) => other.split('=')[0] === word.split('=')[0]) !== index), [], 'no key twice');
});

test('the reward function is told what the stage says of the chat template', () => {
  for (const version of ['0.5.0', '0.6.1', '0.7.1', '0.8.0', '0.9.1'] as const) {
    const prefix = version < '0.7' ? '+custom_reward_function' : '+reward.custom_reward_function';
    assert.equal(value(overrides(version, {}, 1, { thinkingOpened: false }), `${prefix}.reward_kwargs.thinking_opened`), 'False', version);
  }
});

test('each version gets the reward key it reads and only keys it knows', () => {
  for (const version of ['0.5.0', '0.6.1'] as const) {
    const words = overrides(version);
    assert.ok(value(words, 'custom_reward_function.path') !== undefined && value(words, 'reward.custom_reward_function.path') === undefined, version);
    assert.equal(value(words, 'reward_model.reward_manager'), 'batch');
  }
  for (const version of ['0.7.1', '0.8.0', '0.9.1'] as const) {
    const words = overrides(version);
    assert.ok(value(words, 'custom_reward_function.path') === undefined && value(words, 'reward.custom_reward_function.path') !== undefined, version);
  }
  assert.equal(value(overrides('0.5.0'), 'trainer.logger'), '[console]');
  assert.equal(value(overrides('0.6.1'), 'trainer.logger'), '[console,file]');
  assert.equal(value(overrides('0.8.0'), 'trainer.use_v1'), undefined);
  assert.equal(value(overrides('0.9.1'), 'trainer.v1.trainer_mode'), 'sync');
  assert.equal(value(overrides('0.5.0'), 'data.seed'), undefined);
  assert.equal(jobEnvironment({ ...OPTIONS, verlVersion: '0.5.0' }, '/m')['VERL_FILE_LOGGER_PATH'], undefined);
});

test('a shell gives every word to the program as it was', () => {
  const words = ["it's", 'a b', '$HOME', '`id`', 'x;y', '*', '', "trainer.logger=[console,file]", '"', '\\', 'line\nbreak'];
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
  assert.deepEqual(out.split('\0').slice(0, -1), words);
});

test('command.sh is the submission in the words of Ray’s client, without a token', () => {
  const words = overrides('0.9.1');
  const text = commandFile(OPTIONS, 'rlvr-a-1', words, jobEnvironment(OPTIONS, '/runs/a/attempts/1/metrics.jsonl'));
  const out = execFileSync('sh', ['-c', `ray() { printf '%s\\0' "$@"; }\n${text.replace('exec ray', 'ray')}`], { encoding: 'utf8' }).split('\0').slice(0, -1);
  assert.deepEqual(out.slice(0, 4), ['job', 'submit', '--address', OPTIONS.address]);
  assert.deepEqual(out.slice(out.indexOf('--') + 1), ['python3', '-m', 'verl.trainer.main_ppo', ...words]);
  assert.equal(entrypoint(OPTIONS, ['a=b']), 'python3 -m verl.trainer.main_ppo a=b');
});

test('Hydra strings are quoted where its grammar would read something else', () => {
  assert.equal(hydraString('/runs/a/train.parquet'), '/runs/a/train.parquet');
  assert.equal(hydraString('true'), "'true'");
  assert.equal(hydraString('1e3'), "'1e3'");
  assert.equal(hydraString("it's"), "'it\\'s'");
  assert.equal(hydraString('a,b'), "'a,b'");
});

test('job ids are the same for the same attempt and differ between directories of one name', () => {
  assert.equal(submissionId('/runs/a', 1), submissionId('/runs/a', 1));
  assert.notEqual(submissionId('/runs/a', 1), submissionId('/runs/a', 2));
  assert.notEqual(submissionId('/runs/a', 1), submissionId('/other/a', 1));
});

function resolved(change: Partial<VerlRayOptions>, settings: Partial<ResolvedStage['request']['settings']> = {}, kept = 5000): ResolvedStage {
  const { recipe, stage } = findStage('acereason-7b', 'math-32k');
  return {
    recipe, stage, directory: '/runs/a', comparisons: [], validation: [], checkpoint: 'hub', recorded: null,
    choice: { kept: Array.from({ length: kept }, (_, index) => problem(String(index))), total: kept, removed: {}, unknownPassRate: 0 },
    request: {
      runId: 'a', root: '/runs', recipeId: recipe.id, stageId: stage.id, settings: { ...stage.settings, ...settings }, problems: ['/p'], validation: ['/v'],
      checkpoint: '/m', engine: 'verl-ray', verlRay: { ...OPTIONS, ...change },
    },
  };
}

test('lints say beforehand what veRL would refuse or do silently wrong', () => {
  const found = (stage: ResolvedStage): string[] => verlLints(stage).map(({ severity, field }) => `${severity} ${field ?? ''}`);
  assert.deepEqual(found(resolved({})), []);
  assert.deepEqual(found(resolved({}, {}, 100)), ['error batchSize'], 'fewer problems than a batch');
  assert.deepEqual(verlLints(resolved({}, {}, 100)).find(({ field }) => field === 'batchSize')?.suggestion, { text: '64', label: 'Use a batch of 64' });
  assert.deepEqual(found(resolved({ sequenceParallel: 8 })), ['error sequenceParallel'], '8 does not divide 28 heads');
  assert.deepEqual(found(resolved({ sequenceParallel: 1 })), ['warning sequenceParallel'], '34,816 tokens on a GPU');
  assert.deepEqual(found(resolved({ verlVersion: '0.6.1' })), ['warning lossAggregation']);
  assert.deepEqual(found(resolved({ address: 'http://cluster.example:8265' })), ['warning address']);
  assert.deepEqual(found(resolved({ address: 'https://me:secret@cluster.example' })), ['error address']);
  assert.deepEqual(found(resolved({ address: 'cluster' })), ['error address']);
  assert.deepEqual(found(resolved({ env: { HF_TOKEN: 'x' } })), ['error env']);
  assert.deepEqual(found(resolved({ extraOverrides: ['trainer.default_local_dir=/x', 'trainer.save_freq=-1', 'no override'] })), ['error extraOverrides', 'warning extraOverrides', 'error extraOverrides']);
  // Off-policy by the back door is said; the same value again, and what is for memory and speed, are the user's affair.
  const trained = verlLints(resolved({ extraOverrides: ['actor_rollout_ref.actor.ppo_mini_batch_size=32', '+algorithm.rollout_is=True', 'actor_rollout_ref.actor.ppo_epochs=1', 'actor_rollout_ref.rollout.gpu_memory_utilization=0.8'] }));
  assert.deepEqual(trained.map(({ severity, message }) => `${severity} ${message.split(':')[0] ?? ''}`), [
    'warning actor_rollout_ref.actor.ppo_mini_batch_size is 32 here and 128 by the settings of the stage',
    'warning algorithm.rollout_is is True here and no setting of the stage',
  ]);
  assert.deepEqual(found(resolved({ nodes: 2 })), ['warning sharedRoot']);
  assert.deepEqual(found(resolved({}, { overlongFiltering: true })), ['error overlongFiltering']);
});

test('console metrics are read through Ray’s colours and Python’s way of printing numbers', () => {
  const line = '\u001b[36m(TaskRunner pid=12, ip=10.0.0.2)\u001b[0m step:7 - critic/score/mean:np.float64(0.5) - actor/lr:1e-06 - actor/grad_norm:nan - val-core/a:b/acc/mean@8:0.25 - note:hello';
  assert.deepEqual(parseConsoleMetrics(line), { step: 7, metrics: { 'critic/score/mean': 0.5, 'actor/lr': 1e-6, 'actor/grad_norm': null, 'val-core/a:b/acc/mean@8': 0.25 } });
  assert.equal(parseConsoleMetrics('step:7'), null);
  assert.equal(parseConsoleMetrics('training step: 7 - of 9'), null);
  assert.deepEqual(['np.int64(3)', 'np.float32(-1.5)', '-inf', 'tensor(0.25, device=cuda)', '.5', 'x'].map(pythonNumber), [3, -1.5, null, 0.25, 0.5, undefined]);
});

test('the log cursor hands every byte over once, in whole lines, across reconnections and split characters', () => {
  const text = 'one\ntwo ü\nthree\n';
  const first = new LogCursor(0);
  const got = [...first.push('one\ntw'), ...first.push('o ü\nthr')].join('');
  assert.equal(got, 'one\ntwo ü\n');
  const second = new LogCursor(Buffer.byteLength(got));
  assert.equal([...second.push('one\ntwo ü\nth'), ...second.push('ree\nlast')].join(''), 'three\n');
  assert.equal(second.flush().join(''), 'last');
  const long = new LogCursor(0).push(`${'x'.repeat(40_000)}\n${text}`);
  assert.equal(long.join(''), `${'x'.repeat(40_000)}\n${text}`);
  assert.ok(long.every((piece) => piece.length <= 16 * 1024));
});

test('the metrics file is read on from where it ended; an unfinished line waits; a shorter file is a new one', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-verl-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'metrics.jsonl');
  const log = new MetricsLog(path);
  assert.deepEqual(await log.read(), []);
  await writeFile(path, '{"step":1,"data":{"a":1,"b":null,"c":"text"}}\n{"step":2,"da');
  assert.deepEqual(await log.read(), [{ step: 1, metrics: { a: 1, b: null } }]);
  await appendFile(path, 'ta":{"a":2}}\n');
  assert.deepEqual(await log.read(), [{ step: 2, metrics: { a: 2 } }]);
  await writeFile(path, '{"step":9,"data":{}}\n');
  assert.deepEqual(await log.read(), [{ step: 9, metrics: {} }]);
});

test('dumps give the shares of groups without signal, whichever version wrote them', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-verl-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, '1.jsonl');
  const line = (input: string, score: number, more: object = {}): string => `${JSON.stringify({ input, output: 'o', score, step: 1, ...more })}\n`;
  await writeFile(path, line('p', 1) + line('q', 0) + line('p', 0) + line('q', 0));
  assert.deepEqual(await readDump(path), { count: 4, metrics: { 'groups/no_signal': 0.5, 'groups/all_correct': 0, 'groups/all_wrong': 0.5 } });
  // Two prompts with the same text are two groups where there are ids.
  await writeFile(path, line('p', 1, { uid: 'aa_0_0' }) + line('p', 1, { uid: 'aa_0_1' }) + line('p', 0, { uid: 'bb_0_0' }) + line('p', 1, { uid: 'bb_0_1' }));
  assert.deepEqual((await readDump(path))?.metrics, { 'groups/no_signal': 0.5, 'groups/all_correct': 0.5, 'groups/all_wrong': 0 });
  await writeFile(path, line('p', 0, { verifier_error: 1 }) + line('p', 1, { verifier_error: 0 }));
  assert.equal((await readDump(path))?.metrics['verifier/error_rate'], 0.5);
  await writeFile(path, line('p', 1) + '{"input":');
  assert.equal(await readDump(path), null);
});
