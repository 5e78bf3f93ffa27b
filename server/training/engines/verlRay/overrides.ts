/**
 * The settings of a stage as Hydra overrides of `verl.trainer.main_ppo`, per published version of veRL. Defaults moved
 * between versions, so everything that matters is written out. Keys were composed on the packages themselves
 * (`npm run verify:verl-compose`).
 */
import type { StageSettings, VerlRayOptions } from '../../../protocol/training.ts';
import { hydraBoolean, hydraNumber, hydraString } from './hydraValue.ts';

export type VerlVersion = VerlRayOptions['verlVersion'];

const VERSIONS: readonly VerlVersion[] = ['0.5.0', '0.6.1', '0.7.1', '0.8.0', '0.9.1'];

/** Whether `version` is `since` or newer. */
export function atLeast(version: VerlVersion, since: VerlVersion): boolean {
  return VERSIONS.indexOf(version) >= VERSIONS.indexOf(since);
}

/** Since 0.6 veRL writes its metrics to a file; before, they are read from the console. */
export function hasFileLogger(version: VerlVersion): boolean {
  return atLeast(version, '0.6.1');
}

export interface OverrideInput {
  readonly settings: StageSettings;
  readonly options: VerlRayOptions;
  readonly checkpoint: string;
  readonly project: string;
  readonly experiment: string;
  /** Absolute paths as every node of the cluster sees them. */
  readonly train: string;
  readonly validation: string;
  readonly problems: string;
  readonly rewardFunction: string;
  readonly rolloutDumps: string;
  readonly validationDumps: string;
  readonly checkpoints: string;
  /** The first attempt of a run starts from the checkpoint; later ones go on where the last one saved. */
  readonly attempt: number;
}

const ACTOR = 'actor_rollout_ref.actor';
const ROLLOUT = 'actor_rollout_ref.rollout';
const MODEL = 'actor_rollout_ref.model';

/** Largest number of tokens one GPU holds in a micro batch; one whole sequence must fit into a sequence-parallel group. */
export function tokensPerGpu(settings: StageSettings, sequenceParallel: number): number {
  return Math.ceil((settings.maxPromptLength + settings.maxResponseLength) / sequenceParallel);
}

/** All overrides in the order in which people look for them: algorithm, data, policy, sampling, reward, trainer. */
export function verlOverrides(input: OverrideInput): string[] {
  return [
    ...algorithm(input),
    ...data(input),
    ...actor(input),
    ...rollout(input),
    ...reward(input),
    ...trainer(input),
    ...input.options.extraOverrides,
  ];
}

function algorithm({ settings }: OverrideInput): string[] {
  return [
    'algorithm.adv_estimator=grpo',
    'algorithm.norm_adv_by_std_in_grpo=True',
    'algorithm.use_kl_in_reward=False',
    `${ACTOR}.use_kl_loss=${hydraBoolean(settings.klCoefficient !== 0)}`,
    ...(settings.klCoefficient === 0 ? [] : [`${ACTOR}.kl_loss_coef=${hydraNumber(settings.klCoefficient)}`]),
  ];
}

function data({ settings, options, train, validation }: OverrideInput): string[] {
  return [
    `data.train_files=${hydraString(train)}`,
    `data.val_files=${hydraString(validation)}`,
    `data.train_batch_size=${settings.batchSize}`,
    `data.max_prompt_length=${settings.maxPromptLength}`,
    `data.max_response_length=${settings.maxResponseLength}`,
    'data.filter_overlong_prompts=True',
    'data.truncation=error',
    'data.shuffle=True',
    ...(atLeast(options.verlVersion, '0.6.1') ? [`data.seed=${settings.seed}`] : []),
  ];
}

function actor({ settings, options, checkpoint }: OverrideInput): string[] {
  const newer = atLeast(options.verlVersion, '0.6.1');
  return [
    `${MODEL}.path=${hydraString(checkpoint)}`,
    `${MODEL}.use_remove_padding=True`,
    `${MODEL}.enable_gradient_checkpointing=True`,
    // With weights that the next stage can start from, beside the shards that a resume needs.
    `${ACTOR}.checkpoint.save_contents=[model,optimizer,extra,hf_model]`,
    // Exactly one update per generation: the mini batch is the whole batch and it is passed once.
    `${ACTOR}.ppo_mini_batch_size=${Math.floor(settings.batchSize / settings.updatesPerBatch)}`,
    `${ACTOR}.ppo_epochs=1`,
    `${ACTOR}.loss_agg_mode=${settings.lossAggregation}`,
    `${ACTOR}.entropy_coeff=${hydraNumber(settings.entropyCoefficient)}`,
    `${ACTOR}.clip_ratio=${hydraNumber(settings.clipRatio)}`,
    `${ACTOR}.clip_ratio_low=${hydraNumber(settings.clipRatio)}`,
    `${ACTOR}.clip_ratio_high=${hydraNumber(settings.clipRatio)}`,
    `${ACTOR}.optim.lr=${hydraNumber(settings.learningRate)}`,
    `${ACTOR}.optim.weight_decay=${hydraNumber(settings.weightDecay)}`,
    `${ACTOR}.optim.lr_warmup_steps=${settings.warmupSteps}`,
    newer ? `${ACTOR}.optim.lr_scheduler_type=constant` : `${ACTOR}.optim.warmup_style=constant`,
    // Old workers read the first, the engines of newer versions only the second.
    `${ACTOR}.grad_clip=${hydraNumber(settings.gradientClip)}`,
    ...(newer ? [`${ACTOR}.optim.clip_grad=${hydraNumber(settings.gradientClip)}`] : []),
    `${ACTOR}.use_dynamic_bsz=True`,
    `${ACTOR}.ppo_max_token_len_per_gpu=${tokensPerGpu(settings, options.sequenceParallel)}`,
    `${ACTOR}.ulysses_sequence_parallel_size=${options.sequenceParallel}`,
    `${ACTOR}.fsdp_config.param_offload=True`,
    `${ACTOR}.fsdp_config.optimizer_offload=True`,
  ];
}

function rollout({ settings, options }: OverrideInput): string[] {
  const sequence = settings.maxPromptLength + settings.maxResponseLength;
  return [
    `${ROLLOUT}.name=vllm`,
    `${ROLLOUT}.n=${settings.rolloutsPerProblem}`,
    `${ROLLOUT}.temperature=${hydraNumber(settings.temperature)}`,
    `${ROLLOUT}.top_p=${hydraNumber(settings.topP)}`,
    `${ROLLOUT}.top_k=-1`,
    `${ROLLOUT}.tensor_model_parallel_size=${options.tensorParallel}`,
    `${ROLLOUT}.gpu_memory_utilization=0.7`,
    `${ROLLOUT}.max_num_batched_tokens=${Math.max(8192, sequence)}`,
    `${ROLLOUT}.log_prob_use_dynamic_bsz=True`,
    `${ROLLOUT}.log_prob_max_token_len_per_gpu=${2 * tokensPerGpu(settings, options.sequenceParallel)}`,
    // The recipe's evaluation (§4.1): temperature 0.6, top-p 0.95. How many samples is a matter of cost.
    `${ROLLOUT}.val_kwargs.n=8`,
    `${ROLLOUT}.val_kwargs.temperature=0.6`,
    `${ROLLOUT}.val_kwargs.top_p=0.95`,
    `${ROLLOUT}.val_kwargs.do_sample=True`,
  ];
}

/** The key of the reward function moved: 0.9 still accepts the old one but never reads it, and other scores would be used. */
function reward({ settings, options, rewardFunction, problems }: OverrideInput): string[] {
  const renamed = atLeast(options.verlVersion, '0.7.1');
  const prefix = renamed ? 'reward.custom_reward_function' : 'custom_reward_function';
  return [
    `${prefix}.path=${hydraString(rewardFunction)}`,
    `${prefix}.name=compute_score`,
    `+${prefix}.reward_kwargs.problems=${hydraString(problems)}`,
    `+${prefix}.reward_kwargs.thinking_opened=${hydraBoolean(settings.thinkingOpened)}`,
    // Older `naive` verifies one rollout after the other; `batch` hands over all at once. Newer `naive` uses threads.
    renamed ? 'reward.reward_manager.name=naive' : 'reward_model.reward_manager=batch',
  ];
}

function trainer({ settings, options, project, experiment, rolloutDumps, validationDumps, checkpoints, attempt }: OverrideInput): string[] {
  return [
    `trainer.nnodes=${options.nodes}`,
    `trainer.n_gpus_per_node=${options.gpusPerNode}`,
    `trainer.project_name=${hydraString(project)}`,
    `trainer.experiment_name=${hydraString(experiment)}`,
    `trainer.logger=${hasFileLogger(options.verlVersion) ? '[console,file]' : '[console]'}`,
    `trainer.total_training_steps=${settings.steps}`,
    // An upper bound: an epoch has at least one step, and the number of steps ends the run.
    `trainer.total_epochs=${settings.steps}`,
    'trainer.val_before_train=True',
    `trainer.test_freq=${settings.validateEvery}`,
    `trainer.save_freq=${settings.saveEvery}`,
    'trainer.max_actor_ckpt_to_keep=2',
    `trainer.resume_mode=${attempt === 1 ? 'disable' : 'auto'}`,
    `trainer.default_local_dir=${hydraString(checkpoints)}`,
    `trainer.rollout_data_dir=${hydraString(rolloutDumps)}`,
    `trainer.validation_data_dir=${hydraString(validationDumps)}`,
    'trainer.critic_warmup=0',
    ...(atLeast(options.verlVersion, '0.9.1') ? ['trainer.use_v1=True', 'trainer.v1.trainer_mode=sync'] : []),
  ];
}
