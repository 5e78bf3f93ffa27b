// What the launcher and its host say to each other.
import * as v from 'valibot';
import { DomainSchema } from '../../server/protocol/problem.ts';
import { ModelSizeSchema } from '../../server/protocol/training.ts';
import { EngineSchema, LaunchPreviewSchema, LaunchRequestSchema, RecipeSchema, RunInfoSchema, VerlRayOptionsSchema } from '../../server/protocol/training.ts';
import { callSpec } from '../ui/messages.ts';

/** A request as the page makes it; the host adds the folder of runs. */
export const PageLaunchSchema = v.omit(LaunchRequestSchema, ['root']);
export type PageLaunch = v.InferOutput<typeof PageLaunchSchema>;

export const Preview = callSpec('preview', PageLaunchSchema, LaunchPreviewSchema);
/** Starts the run; the host then opens its dashboard. The same `runId` sent twice starts one run. */
export const LaunchRun = callSpec('launch', PageLaunchSchema, RunInfoSchema);
/** Asks for a folder or file with the editor's own dialog; null when cancelled. */
export const Browse = callSpec('browse', v.object({ title: v.string(), folder: v.boolean() }), v.object({ path: v.nullable(v.string()) }));

const DataFileSchema = v.object({ path: v.string(), name: v.string(), schema: v.string(), domain: v.nullable(DomainSchema) });
export type DataFile = v.InferOutput<typeof DataFileSchema>;

/** A run of this folder that succeeded and left a model to start from. */
const FinishedRunSchema = v.object({ runId: v.string(), recipeId: v.string(), stageId: v.string(), startedAt: v.string(), step: v.number(), path: v.string() });
export type FinishedRun = v.InferOutput<typeof FinishedRunSchema>;

/** Host to page. */
export const LauncherEventSchema = v.variant('type', [
  v.object({ type: v.literal('start'), recipes: v.array(RecipeSchema), problems: v.array(DataFileSchema), rollouts: v.array(DataFileSchema), finished: v.array(FinishedRunSchema), root: v.string(), trusted: v.boolean(), recipeId: v.nullable(v.string()), stageId: v.nullable(v.string()) }),
  v.object({ type: v.literal('failed'), message: v.string() }),
  v.object({ type: v.literal('progress'), done: v.number(), total: v.nullable(v.number()), message: v.optional(v.string()) }),
  v.object({ type: v.literal('connection'), since: v.nullable(v.number()) }),
]);
export type LauncherEvent = v.InferOutput<typeof LauncherEventSchema>;

/** Page to host. */
export const LauncherActionSchema = v.variant('type', [
  v.object({ type: v.literal('copy'), text: v.string() }),
  v.object({ type: v.literal('retry') }),
]);
export type LauncherAction = v.InferOutput<typeof LauncherActionSchema>;

/** By the domain of a stage: the files that the user chose. Without an entry they are those of the domain. */
const ChoicesSchema = v.record(v.string(), v.array(v.string()));
export type Choices = v.InferOutput<typeof ChoicesSchema>;

/** The form as it is kept for a restored tab: what was chosen, and edits as they were typed. */
export const LauncherStateSchema = v.object({
  version: v.literal(1),
  recipeId: v.string(),
  size: v.optional(ModelSizeSchema),
  stageId: v.string(),
  /** By recipe and stage, then by setting: the text in the field. */
  edits: v.record(v.string(), v.record(v.string(), v.string())),
  runId: v.nullable(v.string()),
  problems: ChoicesSchema,
  validation: ChoicesSchema,
  /** Null: where the recipe starts this stage from. */
  checkpoint: v.nullable(v.string()),
  engine: EngineSchema,
  rollouts: ChoicesSchema,
  verlRay: VerlRayOptionsSchema,
});
export type LauncherState = v.InferOutput<typeof LauncherStateSchema>;
