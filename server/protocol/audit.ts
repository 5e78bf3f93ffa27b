import * as v from 'valibot';
import { FileIssueSchema } from './problem.ts';
import { VerdictSchema } from './verdict.ts';

/** What the second checker says of a pair; `failed`: it threw, hung, or ran out of memory. */
export const OpinionSchema = v.picklist(['equal', 'different', 'failed']);
export type Opinion = v.InferOutput<typeof OpinionSchema>;

/** A pair of gold and answer as both checkers saw it. */
export const AuditedPairSchema = v.object({
  gold: v.string(),
  answer: v.string(),
  /** How often the pair occurs. */
  count: v.number(),
  /** The first rollouts with this pair, as `rollouts/get` names them; empty for pairs that are no rollouts. */
  refs: v.array(v.number()),
  verdict: VerdictSchema,
  opinion: OpinionSchema,
});
export type AuditedPair = v.InferOutput<typeof AuditedPairSchema>;

/** Counts of distinct pairs, unless they say otherwise. */
export const AuditSummarySchema = v.object({
  pairs: v.number(),
  occurrences: v.number(),
  /** Pairs that both checkers judged; fewer than `pairs` when it was cancelled. */
  asked: v.number(),
  agreed: v.number(),
  /** Disagreements: ours correct and the other different, and the other way round. */
  onlyOurs: v.number(),
  onlyTheirs: v.number(),
  /** Occurrences of the pairs on which they disagree. */
  paidDifferently: v.number(),
  /** Pairs on which the other checker failed. */
  failed: v.number(),
});
export type AuditSummary = v.InferOutput<typeof AuditSummarySchema>;

/** An audit of a rollouts file. */
export const RolloutAuditSchema = v.object({
  ...AuditSummarySchema.entries,
  rollouts: v.number(),
  /** Rollouts that have no pair: no answer in the response, not a math problem, or no problem found. */
  withoutAnswer: v.number(),
  notMath: v.number(),
  /** Rollouts whose pair came after the most that are audited. */
  beyondLimit: v.number(),
  cancelled: v.boolean(),
  issues: v.array(FileIssueSchema),
  /** The second checker with its versions. */
  checker: v.string(),
});
export type RolloutAudit = v.InferOutput<typeof RolloutAuditSchema>;

/** The second checker on the server's machine: what it is, or what installing it would do. */
export const SecondOpinionStatusSchema = v.object({
  /** Versions when it is installed. */
  installed: v.nullable(v.string()),
  folder: v.string(),
  packages: v.array(v.string()),
  downloadMb: v.number(),
  diskMb: v.number(),
});
export type SecondOpinionStatus = v.InferOutput<typeof SecondOpinionStatusSchema>;
