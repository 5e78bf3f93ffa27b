// What the audit page and its host say to each other.
import * as v from 'valibot';
import { AuditedPairSchema, RolloutAuditSchema } from '../../server/protocol/audit.ts';

/** Where an audit stands. An `ended` one may have been cancelled; its summary says so. */
export const AuditProgressSchema = v.variant('phase', [
  v.object({ phase: v.literal('idle') }),
  v.object({ phase: v.literal('preparing') }),
  v.object({ phase: v.literal('reading'), done: v.number(), total: v.number() }),
  v.object({ phase: v.literal('asking'), done: v.number(), total: v.number() }),
  v.object({ phase: v.literal('ended'), audit: RolloutAuditSchema }),
  v.object({ phase: v.literal('failed'), message: v.string() }),
]);
export type AuditProgress = v.InferOutput<typeof AuditProgressSchema>;

/** Host to page. */
export const AuditEventSchema = v.variant('type', [
  v.object({ type: v.literal('start'), path: v.string(), name: v.string(), trusted: v.boolean() }),
  v.object({ type: v.literal('progress'), progress: AuditProgressSchema }),
  /** Disagreements in the order in which they were found; `from` is the number of those sent before. 0 begins anew. */
  v.object({ type: v.literal('found'), from: v.number(), pairs: v.array(AuditedPairSchema) }),
  v.object({ type: v.literal('connection'), since: v.nullable(v.number()) }),
]);
export type AuditEvent = v.InferOutput<typeof AuditEventSchema>;

/** Page to host. `index` counts the disagreements in the order in which they were found. */
export const AuditActionSchema = v.variant('type', [
  v.object({ type: v.literal('run') }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('openRollout'), ref: v.number() }),
  v.object({ type: v.literal('copyTest'), index: v.number() }),
  v.object({ type: v.literal('copyReport') }),
]);
export type AuditAction = v.InferOutput<typeof AuditActionSchema>;

/** Kept by the page for a restored tab, read by the host's serializer. */
export const AuditStateSchema = v.object({ version: v.literal(1), path: v.string() });
