import * as v from 'valibot';

/**
 * Leniencies and strictnesses that an evaluation may want. All are off in rewards; a verdict that one of them touched
 * carries a warning `option.<name>`.
 */
export const MathOptionsSchema = v.object({
  /** Without a box, take `<answer>...</answer>`, then what follows "answer is", then the last number. */
  fallback: v.boolean(),
  /** An inequality is not accepted for a gold that is none: the problem's own inequality cannot be handed back. */
  asymmetricRelations: v.boolean(),
  /** Relative difference up to which two numbers count as equal, e.g. 0.01; null for none. */
  tolerance: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
  /** The answer must have the gold's form: a sum, a product, a fraction in lowest terms, an evaluated number. */
  requiredForm: v.boolean(),
  /** An answer that quotes an expression of the problem, less simple than the gold, is incorrect instead of a warning. */
  refuseHandedBack: v.boolean(),
});
export type MathOptions = v.InferOutput<typeof MathOptionsSchema>;

export const REWARD_OPTIONS: MathOptions = { fallback: false, asymmetricRelations: false, tolerance: null, requiredForm: false, refuseHandedBack: false };
