import * as v from 'valibot';
import { DomainSchema } from './problem.ts';

/** Model sizes the recipe knows; they differ in the code stages' difficulty filter. */
export const ModelSizeSchema = v.picklist(['7B', '14B']);
export type ModelSize = v.InferOutput<typeof ModelSizeSchema>;

export const EngineSchema = v.picklist(['rehearsal', 'verl-ray']);
export type Engine = v.InferOutput<typeof EngineSchema>;

/** Where a value comes from: fixed by the paper (with its section), the first of several that the paper goes through in the stage while it stays here, or our choice. */
export const ValueSourceSchema = v.object({ from: v.picklist(['paper', 'paper-start', 'ours']), note: v.string() });
export type ValueSource = v.InferOutput<typeof ValueSourceSchema>;

/**
 * Settings of a stage. Lengths in tokens, batch in problems (prompts), learning rate absolute.
 * Source: AceReason-Nemotron, arXiv 2505.16400v3 sections 3.1 to 3.4.
 */
export const StageSettingsSchema = v.object({
  domain: DomainSchema,
  maxPromptLength: v.pipe(v.number(), v.integer(), v.minValue(1)),
  maxResponseLength: v.pipe(v.number(), v.integer(), v.minValue(1)),
  rolloutsPerProblem: v.pipe(v.number(), v.integer(), v.minValue(1)),
  batchSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  updatesPerBatch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  learningRate: v.pipe(v.number(), v.minValue(0)),
  temperature: v.pipe(v.number(), v.minValue(0)),
  topP: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  klCoefficient: v.number(),
  entropyCoefficient: v.number(),
  clipRatio: v.number(),
  gradientClip: v.number(),
  weightDecay: v.number(),
  warmupSteps: v.pipe(v.number(), v.integer(), v.minValue(0)),
  lossAggregation: v.picklist(['token-mean', 'seq-mean-token-mean', 'seq-mean-token-sum']),
  /** Keep only problems solved at most this many times of `passRateAttempts`; null keeps all. */
  maxSolved: v.nullable(v.number()),
  passRateAttempts: v.number(),
  /** Code: keep only problems of at most this difficulty (0 to 8 failures of 8 attempts); null keeps all. */
  maxDifficulty: v.nullable(v.number()),
  steps: v.pipe(v.number(), v.integer(), v.minValue(1)),
  validateEvery: v.pipe(v.number(), v.integer(), v.minValue(1)),
  saveEvery: v.pipe(v.number(), v.integer(), v.minValue(1)),
  overlongFiltering: v.boolean(),
  /** The chat template ends the prompt with `<think>`: a response without `</think>` was cut inside its thoughts and is paid 0. Runs older than this setting had it. */
  thinkingOpened: v.optional(v.boolean(), true),
  seed: v.pipe(v.number(), v.integer()),
});
export type StageSettings = v.InferOutput<typeof StageSettingsSchema>;

/** How a setting is shown and edited in the launcher. */
export const SettingFieldSchema = v.object({
  key: v.string(),
  label: v.string(),
  group: v.string(),
  unit: v.nullable(v.string()),
  source: ValueSourceSchema,
  /** Allowed values for a choice; null for numbers, text and switches. */
  choices: v.nullable(v.array(v.string())),
  help: v.string(),
});
export type SettingField = v.InferOutput<typeof SettingFieldSchema>;

export const StageSchema = v.object({
  /** e.g. `math-8k`; unique within the recipe. */
  id: v.string(),
  title: v.string(),
  settings: StageSettingsSchema,
  /** One entry per key of `settings`. */
  fields: v.array(SettingFieldSchema),
});
export type Stage = v.InferOutput<typeof StageSchema>;

export const RecipeSchema = v.object({
  id: v.string(),
  title: v.string(),
  size: ModelSizeSchema,
  initialPolicy: v.string(),
  stages: v.array(StageSchema),
});
export type Recipe = v.InferOutput<typeof RecipeSchema>;

/** What the rehearsal needs: recorded rollouts to sample from. */
export const RehearsalOptionsSchema = v.object({ rollouts: v.array(v.string()) });

/** What veRL on a Ray cluster needs. Credentials never travel here: the server reads them from its environment or a secret handed in once. */
export const VerlRayOptionsSchema = v.object({
  address: v.string(),
  verlVersion: v.picklist(['0.5.0', '0.6.1', '0.7.1', '0.8.0', '0.9.1']),
  nodes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  gpusPerNode: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Directory for the run on storage that every node sees; null: the run directory itself. */
  sharedRoot: v.nullable(v.string()),
  tensorParallel: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sequenceParallel: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Python on the cluster, e.g. `python3`. */
  python: v.string(),
  /** Module run instead of `verl.trainer.main_ppo`; only for the stand-in of tests and demonstrations. */
  entryModule: v.optional(v.string()),
  env: v.record(v.string(), v.string()),
  extraOverrides: v.array(v.string()),
});
export type VerlRayOptions = v.InferOutput<typeof VerlRayOptionsSchema>;

/** Everything that defines a run. The same `runId` sent twice starts one run. */
export const LaunchRequestSchema = v.object({
  runId: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)),
  /** Absolute folder that holds run directories, usually `<workspace>/runs`. */
  root: v.string(),
  recipeId: v.string(),
  stageId: v.string(),
  settings: StageSettingsSchema,
  /** Absolute paths of problem sets (curated: decisions beside them apply). */
  problems: v.array(v.string()),
  validation: v.array(v.string()),
  /** Model directory or hub name that the stage starts from. */
  checkpoint: v.string(),
  engine: EngineSchema,
  rehearsal: v.optional(RehearsalOptionsSchema),
  verlRay: v.optional(VerlRayOptionsSchema),
});
export type LaunchRequest = v.InferOutput<typeof LaunchRequestSchema>;

/** Something the launcher should say before anything is started. Errors forbid the launch. */
export const LintSchema = v.object({
  severity: v.picklist(['error', 'warning', 'info']),
  field: v.nullable(v.string()),
  message: v.string(),
  /** A value of `field` that would put it right, as typed into the form, with the words for it. Never applied by itself. */
  suggestion: v.optional(v.object({ text: v.string(), label: v.string() })),
});
export type Lint = v.InferOutput<typeof LintSchema>;

export const LaunchPreviewSchema = v.object({
  directory: v.string(),
  /** Files that will be written, as they will be; Parquet files as a description. */
  files: v.array(v.object({ name: v.string(), text: v.string() })),
  /** Exactly what the engine is asked to execute. */
  command: v.string(),
  lints: v.array(LintSchema),
  problems: v.object({ total: v.number(), kept: v.number(), removed: v.record(v.string(), v.number()) }),
  stepsPerEpoch: v.number(),
});
export type LaunchPreview = v.InferOutput<typeof LaunchPreviewSchema>;

export const RunStatusSchema = v.picklist(['preparing', 'pending', 'running', 'stopping', 'stopped', 'succeeded', 'failed', 'lost']);
export type RunStatus = v.InferOutput<typeof RunStatusSchema>;

/** A run that ended one way or another and will not go on by itself. */
export const FINAL_STATUSES: readonly RunStatus[] = ['stopped', 'succeeded', 'failed'];

/**
 * Metrics of one step by name, veRL's names where veRL has one:
 * `critic/score/mean` (reward), `response_length/mean`, `response_length/max`, `response_length/clip_ratio` (share cut),
 * `actor/entropy`, `actor/grad_norm`, `actor/ppo_kl`, `actor/pg_clipfrac`, `actor/lr`, `timing_s/step|gen|reward|update_actor`,
 * `val-core/<set>/<var>/mean@N`; ours: `groups/no_signal`, `groups/all_correct`, `groups/all_wrong` (shares 0..1), `verifier/error_rate`.
 */
export const MetricsSchema = v.record(v.string(), v.nullable(v.number()));
export type Metrics = v.InferOutput<typeof MetricsSchema>;

export const RunEventBodySchema = v.variant('type', [
  v.object({ type: v.literal('status'), status: RunStatusSchema, message: v.string() }),
  v.object({ type: v.literal('step'), step: v.number(), metrics: MetricsSchema }),
  v.object({ type: v.literal('rollouts'), step: v.number(), path: v.string(), count: v.number() }),
  v.object({ type: v.literal('checkpoint'), step: v.number(), path: v.string() }),
  v.object({ type: v.literal('log'), stream: v.picklist(['stdout', 'stderr', 'server']), text: v.string() }),
  v.object({ type: v.literal('alert'), severity: v.picklist(['warning', 'error']), code: v.string(), message: v.string(), step: v.nullable(v.number()) }),
]);
export type RunEventBody = v.InferOutput<typeof RunEventBodySchema>;

/** An event is numbered from 1 without gaps and on disk (events.jsonl) before it is sent. */
export const RunEventSchema = v.object({
  seq: v.number(),
  /** ISO date-time, UTC. */
  time: v.string(),
  body: RunEventBodySchema,
});
export type RunEvent = v.InferOutput<typeof RunEventSchema>;

/** A line of the Runs view. */
export const RunInfoSchema = v.object({
  runId: v.string(),
  directory: v.string(),
  recipeId: v.string(),
  stageId: v.string(),
  title: v.string(),
  engine: EngineSchema,
  /** Plain words for the engine, e.g. `rehearsal (trains no model)`. */
  engineLabel: v.string(),
  status: RunStatusSchema,
  message: v.string(),
  step: v.number(),
  plannedSteps: v.number(),
  /** The model of the last checkpoint, for a next stage to start from; null where none was saved, and of a rehearsal, which has no model. */
  checkpoint: v.nullable(v.object({ step: v.number(), path: v.string() })),
  lastSeq: v.number(),
  startedAt: v.string(),
  updatedAt: v.string(),
  latest: MetricsSchema,
  settings: StageSettingsSchema,
  problems: v.array(v.string()),
  /** Errors found while reading the directory (torn line, missing file). */
  issues: v.array(v.string()),
});
export type RunInfo = v.InferOutput<typeof RunInfoSchema>;
