// What the inspector remembers when it is hidden or reloaded: where the reader was and how the page was arranged.
import * as v from 'valibot';
import { RolloutQuerySchema } from '../../server/protocol/rollout.ts';

const InspectorStateSchema = v.object({
  version: v.literal(1),
  query: RolloutQuerySchema,
  cursor: v.nullable(v.object({ group: v.number(), row: v.number() })),
  topGroup: v.number(),
  raw: v.boolean(),
  promptOpen: v.boolean(),
  thinkingOpen: v.boolean(),
  thinkingWhole: v.optional(v.boolean(), false),
});
export type InspectorState = v.InferOutput<typeof InspectorStateSchema>;

/** State of another version or shape counts as none. */
export function parseState(stored: unknown): InspectorState | null {
  const parsed = v.safeParse(InspectorStateSchema, stored);
  return parsed.success ? parsed.output : null;
}
