// What the problem page and its host say to each other.
import * as v from 'valibot';
import { DecisionSchema, ProblemRowSchema, ProblemSchema } from '../../server/protocol/problem.ts';
import { RolloutGroupSchema } from '../../server/protocol/rollout.ts';
import { callSpec } from '../ui/messages.ts';

/** Stores a decision (null takes the last one back); the host adds id and time. Answers with the new row. */
export const Decide = callSpec('decide', v.object({ decision: v.nullable(v.omit(DecisionSchema, ['id', 'at'])) }), v.object({ row: ProblemRowSchema }));

/** The problem's rollouts in one file, group by group. */
export const RecordSchema = v.array(v.object({ path: v.string(), name: v.string(), group: RolloutGroupSchema }));
export type ProblemRecord = v.InferOutput<typeof RecordSchema>;

/** Host to page. */
export const ProblemEventSchema = v.variant('type', [
  v.object({ type: v.literal('start'), path: v.string(), name: v.string(), id: v.string() }),
  v.object({ type: v.literal('problem'), problem: ProblemSchema, row: ProblemRowSchema, fileAnswer: v.nullable(v.string()) }),
  v.object({ type: v.literal('record'), record: RecordSchema, issue: v.nullable(v.string()) }),
  v.object({ type: v.literal('failed'), message: v.string() }),
  v.object({ type: v.literal('connection'), since: v.nullable(v.number()) }),
]);
export type ProblemEvent = v.InferOutput<typeof ProblemEventSchema>;

/** Page to host. */
export const ProblemActionSchema = v.variant('type', [
  v.object({ type: v.literal('openLine') }),
  v.object({ type: v.literal('openRollout'), path: v.string(), ref: v.number() }),
  v.object({ type: v.literal('copy'), text: v.string() }),
  v.object({ type: v.literal('retry') }),
]);
export type ProblemAction = v.InferOutput<typeof ProblemActionSchema>;

/** Kept by the page for a restored tab, read by the host's serializer. */
export const ProblemStateSchema = v.object({ version: v.literal(1), path: v.string(), id: v.string() });
