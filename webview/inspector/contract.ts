// What the rollout inspector and its host say to each other.
import * as v from 'valibot';
import { GetRollout, GetRolloutText, ListGroups } from '../../server/protocol/methods.ts';
import { RolloutFileInfoSchema, RolloutQuerySchema } from '../../server/protocol/rollout.ts';
import { callSpec } from '../ui/messages.ts';

/** A page of groups in the order of the query. The host adds the file's path. */
export const Groups = callSpec('groups',
  v.object({ query: RolloutQuerySchema, offset: v.number(), limit: v.number() }), ListGroups.result);
export const OneRollout = callSpec('rollout', v.object({ ref: v.number() }), GetRollout.result);
export const RolloutText = callSpec('text', v.object({ ref: v.number(), offset: v.number(), length: v.number() }), GetRolloutText.result);

/** Host to page. */
export const InspectorEventSchema = v.variant('type', [
  /** Sent on every "ready", before anything else. */
  v.object({ type: v.literal('start'), file: v.string(), folder: v.string(), trusted: v.boolean() }),
  v.object({ type: v.literal('opening'), done: v.number(), total: v.nullable(v.number()) }),
  v.object({ type: v.literal('opened'), info: RolloutFileInfoSchema }),
  v.object({ type: v.literal('failed'), message: v.string() }),
  /** The file or its verdicts changed; `info` is the new state. */
  v.object({ type: v.literal('changed'), info: RolloutFileInfoSchema }),
  /** The server is away (`since`: ms since the epoch) or back (null). */
  v.object({ type: v.literal('connection'), since: v.nullable(v.number()) }),
  /** Show one rollout, e.g. after a click in the problem page; unsets filters that would hide it. */
  v.object({ type: v.literal('reveal'), ref: v.number() }),
  /** A verification that this page asked for began or ended. */
  v.object({ type: v.literal('verifying'), active: v.boolean() }),
]);
export type InspectorEvent = v.InferOutput<typeof InspectorEventSchema>;

/** Page to host. */
export const InspectorActionSchema = v.variant('type', [
  /** What "Verify Selection" would verify; sent whenever it changes. `line` is the 0-based line of the shown rollout. */
  v.object({ type: v.literal('selection'), refs: v.array(v.number()), line: v.nullable(v.number()) }),
  v.object({ type: v.literal('verifySelection'), refs: v.array(v.number()) }),
  v.object({ type: v.literal('verifyAll') }),
  v.object({ type: v.literal('openProblem'), problemId: v.string() }),
  v.object({ type: v.literal('openLine'), line: v.number() }),
  v.object({ type: v.literal('copy'), text: v.string() }),
  v.object({ type: v.literal('retry') }),
]);
export type InspectorAction = v.InferOutput<typeof InspectorActionSchema>;
