import * as v from 'valibot';
import { DomainSchema, FileIssueSchema, MessageSchema } from './problem.ts';
import { ThinkingStartSchema } from './thinking.ts';
import { VerdictKindSchema, VerdictSchema } from './verdict.ts';

/** How the `<think>` tags of a response stand. `onlyClose`: the chat template opened the thinking part (R1 style). */
export const ThinkShapeSchema = v.picklist(['none', 'closed', 'onlyClose', 'unclosed', 'repeated']);
export type ThinkShape = v.InferOutput<typeof ThinkShapeSchema>;

/** Tokens of a response; `estimated` when counted as characters / 4 because the file has no token count. */
export const TokenCountSchema = v.object({ value: v.number(), estimated: v.boolean() });
export type TokenCount = v.InferOutput<typeof TokenCountSchema>;

/** One sampled response, as read from a file. */
export const RolloutSchema = v.object({
  /** 0-based record number in the file. */
  index: v.number(),
  line: v.nullable(v.number()),
  /** Number within the group from 0: the record's own, else its place among the group's rollouts in the file; null where the file is not known. */
  sample: v.nullable(v.number()),
  id: v.string(),
  problemId: v.nullable(v.string()),
  /** Rollouts with the same key form a group. */
  groupKey: v.string(),
  domain: v.nullable(DomainSchema),
  prompt: v.array(MessageSchema),
  response: v.string(),
  /** Whether the response starts inside the thinking part; decided once, here. */
  thinking: ThinkingStartSchema,
  /** Gold answer if the record carries one. */
  gold: v.nullable(v.string()),
  storedScore: v.nullable(v.number()),
  step: v.nullable(v.number()),
  model: v.nullable(v.string()),
  tokens: TokenCountSchema,
  /** Cut at the length limit: by finish reason or flag of the record; null when the file does not say. */
  cut: v.nullable(v.boolean()),
  /** Further scalar fields of the record, bounded, for display. */
  extra: v.record(v.string(), v.string()),
});
export type Rollout = v.InferOutput<typeof RolloutSchema>;

/** State of one square in a group's picture. */
export const SquareStateSchema = v.picklist(['correct', 'incorrect', 'unverifiable', 'error', 'unverified']);
export type SquareState = v.InferOutput<typeof SquareStateSchema>;

/** A line of the inspector's list. `ref` names the rollout in later requests. */
export const RolloutRowSchema = v.object({
  ref: v.number(),
  index: v.number(),
  line: v.nullable(v.number()),
  sample: v.number(),
  state: SquareStateSchema,
  /** `verdict`: by our verifier; `stored`: from the file's score; `none`: neither. */
  stateFrom: v.picklist(['verdict', 'stored', 'none']),
  cut: v.nullable(v.boolean()),
  reward: v.nullable(v.number()),
  storedScore: v.nullable(v.number()),
  advantage: v.nullable(v.number()),
  tokens: TokenCountSchema,
  thinkShare: v.nullable(v.number()),
  thinkShape: ThinkShapeSchema,
  extracted: v.nullable(v.string()),
  step: v.nullable(v.number()),
});
export type RolloutRow = v.InferOutput<typeof RolloutRowSchema>;

export const RolloutGroupSchema = v.object({
  key: v.string(),
  problemId: v.nullable(v.string()),
  title: v.string(),
  domain: v.nullable(DomainSchema),
  gold: v.nullable(v.string()),
  step: v.nullable(v.number()),
  /** Rollouts of the group in the file, and those with a known reward. */
  count: v.number(),
  judged: v.number(),
  correct: v.number(),
  meanTokens: v.number(),
  /** False when all known rewards are equal: the group gives no gradient. */
  signal: v.boolean(),
  rows: v.array(RolloutRowSchema),
});
export type RolloutGroup = v.InferOutput<typeof RolloutGroupSchema>;

/**
 * Filter of the inspector. `query` is its search line: words are searched in prompt and response;
 * `reward:0`, `cut:true`, `length:>8000`, `verdict:unverifiable`, `step:12`, `domain:code`, `think:unclosed`, `problem:ID` filter.
 */
export const RolloutQuerySchema = v.object({
  query: v.optional(v.string()),
  sort: v.optional(v.picklist(['file', 'passRate', 'spread', 'tokens', 'title'])),
  descending: v.optional(v.boolean()),
});
export type RolloutQuery = v.InferOutput<typeof RolloutQuerySchema>;

export const RolloutFileInfoSchema = v.object({
  path: v.string(),
  schema: v.string(),
  size: v.number(),
  rollouts: v.number(),
  groups: v.number(),
  steps: v.array(v.number()),
  issues: v.array(FileIssueSchema),
  /** Bumped whenever the file or its verdicts changed; pages drop answers of an older generation. */
  generation: v.number(),
});
export type RolloutFileInfo = v.InferOutput<typeof RolloutFileInfoSchema>;

export const RolloutTotalsSchema = v.object({
  rollouts: v.number(),
  groups: v.number(),
  judged: v.number(),
  correct: v.number(),
  cut: v.number(),
  noSignal: v.number(),
  meanTokens: v.number(),
});
export type RolloutTotals = v.InferOutput<typeof RolloutTotalsSchema>;

/** A stretch of the response; offsets are UTF-16 units. `tag` parts are the think tags themselves. */
export const SegmentSchema = v.object({
  kind: v.picklist(['thinking', 'answer', 'tag']),
  start: v.number(),
  end: v.number(),
  tokens: v.number(),
});
export type Segment = v.InferOutput<typeof SegmentSchema>;

/** Everything a page needs to show one rollout. Long texts are cut here and fetched on by `rollouts/text`. */
export const RolloutPageSchema = v.object({
  row: RolloutRowSchema,
  groupKey: v.string(),
  problemId: v.nullable(v.string()),
  domain: v.nullable(DomainSchema),
  gold: v.nullable(v.string()),
  prompt: v.array(MessageSchema),
  response: v.string(),
  /** Length of the whole response in UTF-16 units; larger than `response.length` when it was cut for transport. */
  responseLength: v.number(),
  segments: v.array(SegmentSchema),
  thinking: ThinkingStartSchema,
  verdict: v.nullable(VerdictSchema),
  model: v.nullable(v.string()),
  extra: v.record(v.string(), v.string()),
});
export type RolloutPage = v.InferOutput<typeof RolloutPageSchema>;

/** One result of a verification, streamed in the order in which it is decided. */
export const VerifiedSchema = v.object({
  /** Record in the file, number within its group where the file is known, 0-based line. */
  index: v.number(),
  sample: v.nullable(v.number()),
  line: v.nullable(v.number()),
  id: v.string(),
  problemId: v.nullable(v.string()),
  title: v.string(),
  gold: v.nullable(v.string()),
  storedScore: v.nullable(v.number()),
  /** The response was read as starting inside the thinking part. */
  thinkingOpened: v.boolean(),
  verdict: VerdictSchema,
});
export type Verified = v.InferOutput<typeof VerifiedSchema>;

export const VerifySummarySchema = v.object({
  total: v.number(),
  done: v.number(),
  byVerdict: v.record(VerdictKindSchema, v.number()),
  cancelled: v.boolean(),
  issues: v.array(FileIssueSchema),
});
export type VerifySummary = v.InferOutput<typeof VerifySummarySchema>;
