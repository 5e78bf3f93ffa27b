// What the dashboard and its host say to each other.
import * as v from 'valibot';
import { RunEventSchema, RunInfoSchema, RunStatusSchema } from '../../server/protocol/training.ts';

/** A stage of the run's recipe with the newest run of it in the same folder, if there is one. */
const StageRunSchema = v.object({
  id: v.string(),
  title: v.string(),
  run: v.nullable(v.object({ directory: v.string(), status: RunStatusSchema, step: v.number(), plannedSteps: v.number() })),
});
export type StageRun = v.InferOutput<typeof StageRunSchema>;

/** Host to page. */
export const DashboardEventSchema = v.variant('type', [
  /** Begins a snapshot: what the page held before is void, all events follow from the first. */
  v.object({ type: v.literal('start'), directory: v.string(), run: RunInfoSchema, trusted: v.boolean() }),
  v.object({ type: v.literal('stages'), stages: v.array(StageRunSchema) }),
  v.object({ type: v.literal('run'), run: RunInfoSchema }),
  /** In order and without gaps after those sent before. */
  v.object({ type: v.literal('events'), events: v.array(RunEventSchema) }),
  v.object({ type: v.literal('failed'), message: v.string() }),
  v.object({ type: v.literal('connection'), since: v.nullable(v.number()) }),
]);
export type DashboardEvent = v.InferOutput<typeof DashboardEventSchema>;

/** Page to host. */
export const DashboardActionSchema = v.variant('type', [
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.literal('resume') }),
  v.object({ type: v.literal('openFolder') }),
  v.object({ type: v.literal('openRollouts'), path: v.string() }),
  v.object({ type: v.literal('openRun'), directory: v.string() }),
  /** The launcher, at a stage of the run's recipe. */
  v.object({ type: v.literal('launchStage'), stageId: v.string() }),
  v.object({ type: v.literal('retry') }),
]);
export type DashboardAction = v.InferOutput<typeof DashboardActionSchema>;

/** Kept by the page for a restored tab, read by the host's serializer. */
export const DashboardStateSchema = v.object({ version: v.literal(1), directory: v.string() });
