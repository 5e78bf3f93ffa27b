import * as v from 'valibot';

/** What a reward function may return: 0 or 1, a boolean, null for "cannot be verified", or an object with a reason. */
const RewardSchema = v.union([v.literal(0), v.literal(1), v.boolean(), v.null()]);
const ReturnedSchema = v.union([
  RewardSchema,
  v.object({ reward: RewardSchema, reason: v.optional(v.string()), extracted: v.optional(v.string()) }),
]);

export interface CustomResult {
  readonly reward: 0 | 1 | null;
  readonly reason: string | null;
  readonly extracted: string | null;
}

const MAX_TEXT = 2_000;

/** The result of a reward function, from the JSON that its isolate sent. Null when it is none of the allowed values. */
export function parseReturned(json: string): CustomResult | null {
  const parsed = v.safeParse(ReturnedSchema, JSON.parse(json));
  if (!parsed.success) return null;
  const value = parsed.output;
  const object = value !== null && typeof value === 'object' ? value : { reward: value };
  const reward = object.reward === null ? null : object.reward === true || object.reward === 1 ? 1 : 0;
  return {
    reward,
    reason: 'reason' in object && object.reason !== undefined ? object.reason.slice(0, MAX_TEXT) : null,
    extracted: 'extracted' in object && object.extracted !== undefined ? object.extracted.slice(0, MAX_TEXT) : null,
  };
}
