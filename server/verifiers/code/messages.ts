import * as v from 'valibot';

// What comes out of a box. The helper inside is ours, but a box is hostile as a whole: every message is checked.

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const measured = { cpu: seconds, charged: seconds, wall: seconds };

export const HelloSchema = v.object({ python: v.string(), landlock: v.boolean(), seccomp: v.boolean(), uid: v.number() });
export type Hello = v.InferOutput<typeof HelloSchema>;

/** The end of one frame of the candidate, with what it used since the load or the test began. */
export const FrameEndSchema = v.object({ ...measured, type: v.picklist(['l', 'f', 'o', 'v', 'x', 'b']) });
export type FrameEnd = v.InferOutput<typeof FrameEndSchema>;

/**
 * The candidate is gone. `reason`: why the helper ended it, null when it ended by itself or by somebody else.
 * `time` and `wall` are the limits; `protocol` and `closed`: it wrote nonsense into its channel or closed it.
 */
export const DeathSchema = v.object({
  ...measured,
  reason: v.nullable(v.picklist(['stop', 'time', 'wall', 'threads', 'protocol', 'output', 'closed'])),
  phase: v.picklist(['idle', 'load', 'test', 'wait']),
  exit: v.nullable(v.number()),
  signal: v.nullable(v.number()),
  totalCpu: seconds,
  maxRssKb: seconds,
});
export type Death = v.InferOutput<typeof DeathSchema>;

/** Why a load or a test failed, in the candidate's own words. */
export const TroubleSchema = v.object({
  kind: v.picklist(['exception', 'memory', 'output', 'none']),
  error: v.pipe(v.string(), v.maxLength(64_000)),
});
export type Trouble = v.InferOutput<typeof TroubleSchema>;
