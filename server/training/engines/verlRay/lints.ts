import type { LaunchRequest, Lint, ModelSize, VerlRayOptions } from '../../../protocol/training.ts';
import { lintError, lintInfo, lintWarning, smallerBatch } from '../../stages/lints.ts';
import type { ResolvedStage } from '../../stages/resolve.ts';
import { atLeast, hasFileLogger, tokensPerGpu, verlOverrides } from './overrides.ts';

/** Attention and key-value heads of the Qwen2.5 models that the recipe starts from. */
const HEADS: Readonly<Record<ModelSize, { readonly attention: number; readonly keyValue: number }>> = { '7B': { attention: 28, keyValue: 4 }, '14B': { attention: 40, keyValue: 8 } };

/** More tokens than this on one GPU ran out of memory in the settings people published for 7B and larger. */
const MANY_TOKENS_PER_GPU = 24_000;

/** Overrides by which the engine finds the run again; changing them would make it blind. */
const OURS = ['trainer.default_local_dir', 'trainer.rollout_data_dir', 'trainer.validation_data_dir', 'trainer.resume_mode', 'trainer.logger', 'trainer.total_training_steps', 'data.train_files', 'data.val_files', 'reward.custom_reward_function.path', 'custom_reward_function.path'];

/** What decides how the policy is trained. Other settings of veRL are for the memory and the speed of a cluster. */
const TRAINING = /^(?:algorithm\.|data\.(?:train_batch_size|max_(?:prompt|response)_length|shuffle|seed|truncation|filter_overlong_prompts)$|actor_rollout_ref\.(?:model\.path$|actor\.(?:ppo_mini_batch_size|ppo_epochs|loss_agg_mode|entropy_coeff|clip_|use_kl_loss|kl_loss|policy_loss|optim\.|grad_clip)|rollout\.(?:n|temperature|top_p|top_k)$))/;

const SECRET = /token|secret|passw|api_?key|credential/i;

/** What veRL would refuse, do differently than asked, or do silently wrong (checked before anything is submitted). */
export function verlLints({ request, choice, recipe, checkpoint }: ResolvedStage): Lint[] {
  const { settings, verlRay } = request;
  if (verlRay === undefined) return [lintError('engine', 'veRL on Ray needs the address of a Ray cluster and its options')];
  const gpus = verlRay.nodes * verlRay.gpusPerNode;
  const sequence = settings.maxPromptLength + settings.maxResponseLength;
  const lints: Lint[] = [...addressLints(verlRay.address), ...parallelLints(verlRay, recipe.size, gpus), ...overrideLints(verlRay, stageValues(request, verlRay))];
  if (choice.kept.length > 0 && choice.kept.length < settings.batchSize) {
    lints.push({ ...lintError('batchSize', `${choice.kept.length} problems are fewer than one batch of ${settings.batchSize}: veRL drops the last partial batch and would have none`), suggestion: smallerBatch(choice.kept.length) });
  }
  if (request.checkpoint.trim() === '') lints.push(lintError('checkpoint', 'choose the checkpoint that the stage starts from'));
  if (checkpoint === 'unseen') lints.push(lintInfo('checkpoint', `${request.checkpoint} is not seen from here: every node must find a model there`));
  if (checkpoint === 'no-weights') lints.push(lintWarning('checkpoint', `${request.checkpoint} holds no model (config.json and weights). Of a veRL checkpoint it is the folder actor/huggingface; where that has no weights, make them with python -m verl.model_merger merge --backend fsdp --local_dir …/actor --target_dir …`));
  if (settings.batchSize * settings.rolloutsPerProblem % gpus !== 0) {
    lints.push(lintError('batchSize', `${settings.batchSize} × ${settings.rolloutsPerProblem} rollouts cannot be split evenly over ${gpus} GPUs`));
  }
  if (settings.overlongFiltering) lints.push(lintError('overlongFiltering', 'veRL has no setting that ignores cut responses in the loss'));
  if (settings.lossAggregation === 'token-mean' && !atLeast(verlRay.verlVersion, '0.7.1')) {
    lints.push(lintWarning('lossAggregation', `token-mean is only exact from veRL 0.7: ${verlRay.verlVersion} averages over micro-batches, so long and short ones weigh the same`));
  }
  const perGpu = tokensPerGpu(settings, verlRay.sequenceParallel);
  if (perGpu > MANY_TOKENS_PER_GPU) {
    lints.push(lintWarning('sequenceParallel', `${perGpu.toLocaleString('en')} tokens on one GPU (${sequence.toLocaleString('en')} / sequence parallel ${verlRay.sequenceParallel}) are likely to run out of memory; raise sequence parallel`));
  }
  if (settings.klCoefficient !== 0) lints.push(lintInfo('klCoefficient', 'with a KL term veRL loads a reference model as well'));
  if (verlRay.nodes > 1 && verlRay.sharedRoot === null) {
    lints.push(lintWarning('sharedRoot', 'the job writes its files on whichever node it runs: the run directory must be on storage that every node sees under the same path'));
  }
  if (verlRay.sharedRoot !== null && !verlRay.sharedRoot.startsWith('/')) lints.push(lintError('sharedRoot', 'the shared folder must be an absolute path'));
  if (!hasFileLogger(verlRay.verlVersion)) lints.push(lintInfo('verlVersion', 'veRL 0.5 writes no metrics file; metrics are read from its console output'));
  if (!hasFileLogger(verlRay.verlVersion)) lints.push(lintInfo('seed', 'veRL 0.5 has no seed for the order of the data'));
  if (verlRay.entryModule !== undefined) lints.push(lintWarning('entryModule', `${verlRay.entryModule} runs in place of veRL: this trains nothing unless that module does`));
  return lints;
}

function addressLints(address: string): Lint[] {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return [lintError('address', `${JSON.stringify(address)} is not the address of a Ray dashboard, such as http://127.0.0.1:8265`)];
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return [lintError('address', 'the address of a Ray dashboard begins with http:// or https://')];
  if (url.username !== '' || url.password !== '') return [lintError('address', 'a password in the address would be stored with the run; a token is asked for at the launch')];
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && !loopback ? [lintWarning('address', `plain http to ${url.hostname}: whoever listens can read and run jobs; use https or an SSH tunnel`)] : [];
}

function parallelLints({ sequenceParallel, tensorParallel, gpusPerNode }: VerlRayOptions, size: ModelSize, gpus: number): Lint[] {
  const { attention, keyValue } = HEADS[size];
  const lints: Lint[] = [];
  if (attention % sequenceParallel !== 0) lints.push(lintError('sequenceParallel', `sequence parallel ${sequenceParallel} does not divide the ${attention} attention heads of a ${size} model`));
  else if (keyValue % sequenceParallel !== 0 && sequenceParallel % keyValue !== 0) lints.push(lintError('sequenceParallel', `sequence parallel ${sequenceParallel} and the ${keyValue} key-value heads of a ${size} model do not divide each other`));
  if (gpus % sequenceParallel !== 0) lints.push(lintError('sequenceParallel', `sequence parallel ${sequenceParallel} does not divide the ${gpus} GPUs`));
  if (attention % tensorParallel !== 0) lints.push(lintError('tensorParallel', `tensor parallel ${tensorParallel} does not divide the ${attention} attention heads of a ${size} model`));
  if (gpus % tensorParallel !== 0) lints.push(lintError('tensorParallel', `tensor parallel ${tensorParallel} does not divide the ${gpus} GPUs`));
  else if (tensorParallel > gpusPerNode) lints.push(lintWarning('tensorParallel', `tensor parallel ${tensorParallel} spans nodes of ${gpusPerNode} GPUs, which is slow`));
  return lints;
}

/** The overrides that a stage makes by itself, as values by key. The paths of a run are not needed for them. */
function stageValues({ settings, checkpoint }: LaunchRequest, options: VerlRayOptions): ReadonlyMap<string, string> {
  const nowhere = { train: '', validation: '', problems: '', rewardFunction: '', rolloutDumps: '', validationDumps: '', checkpoints: '' };
  const overrides = verlOverrides({ settings, checkpoint, options: { ...options, extraOverrides: [] }, project: '', experiment: '', attempt: 1, ...nowhere });
  return new Map(overrides.map((override) => [override.slice(0, override.indexOf('=')), override.slice(override.indexOf('=') + 1)]));
}

function overrideLints({ extraOverrides, env }: VerlRayOptions, stage: ReadonlyMap<string, string>): Lint[] {
  const lints: Lint[] = [];
  for (const override of extraOverrides) {
    const key = override.replace(/^[+~]+/, '').split('=')[0] ?? '';
    const value = override.includes('=') ? override.slice(override.indexOf('=') + 1) : 'left out';
    const known = stage.get(key);
    if (TRAINING.test(key) && value !== known) lints.push(lintWarning('extraOverrides', `${key} is ${value} here and ${known === undefined ? 'no setting' : `${known} by the settings`} of the stage: the run is trained in another way than is shown`));
    if (!/^[+~]{0,2}[\w./@-]+(=.*)?$/s.test(override)) lints.push(lintError('extraOverrides', `${JSON.stringify(override)} is not a Hydra override (key=value)`));
    else if (OURS.includes(key)) lints.push(lintError('extraOverrides', `${key} is set by the workbench, which follows the run by it`));
    if (key === 'trainer.save_freq' && /=\s*-1\s*$/.test(override)) lints.push(lintWarning('extraOverrides', 'save_freq=-1 saves nothing, not even the last step'));
  }
  for (const name of Object.keys(env)) {
    if (SECRET.test(name)) lints.push(lintError('env', `${name} looks like a secret and would be stored with the run; set it on the cluster`));
  }
  return lints;
}
