import * as v from 'valibot';
import { MathOptionsSchema } from './options.ts';
import { MathDetailSchema, WarningSchema } from '../../protocol/verdict.ts';

/** What the math verifier says of one (gold, answer) pair: a verdict without the response around it. */
export const JudgementSchema = v.object({
  verdict: v.picklist(['correct', 'incorrect', 'unverifiable']),
  /** Stable id of the rule that decided. */
  rule: v.string(),
  reason: v.string(),
  warnings: v.array(WarningSchema),
  detail: MathDetailSchema,
});
export type Judgement = v.InferOutput<typeof JudgementSchema>;

/** One pair as it travels into an isolate. `joined`: the boxes of a row, read together if the gold is a list. */
export const PairSchema = v.object({
  gold: v.string(),
  answer: v.string(),
  joined: v.array(v.string()),
  statement: v.nullable(v.string()),
  options: v.optional(MathOptionsSchema),
});
export type Pair = v.InferOutput<typeof PairSchema>;
