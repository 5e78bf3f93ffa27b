import * as v from 'valibot';
import type { Domain, Message } from '../../protocol/problem.ts';
import { schemaMessage } from '../../protocol/schemaMessage.ts';

/** What a reader finds of one rollout in a record. Scores, steps and token counts as the file states them. */
export interface RolloutDraft {
  readonly id?: string | undefined;
  readonly problemId?: string | null | undefined;
  /** What tells groups apart where it is not the problem's id or the prompt. */
  readonly group?: string | undefined;
  readonly domain?: Domain | null | undefined;
  readonly prompt: readonly Message[];
  readonly response: string;
  readonly gold?: string | null | undefined;
  readonly score?: number | null | undefined;
  readonly step?: number | null | undefined;
  readonly model?: string | null | undefined;
  readonly tokens?: number | null | undefined;
  readonly cut?: boolean | null | undefined;
  readonly sample?: number | undefined;
  /** The record's own word on whether the chat template opened the thinking part. */
  readonly thinkingOpened?: boolean | null | undefined;
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

export type DraftsResult =
  | { readonly ok: true; readonly drafts: readonly RolloutDraft[] }
  | { readonly ok: false; readonly field: string | null; readonly message: string };

/** Reads the records of one writer's schema. One record may hold several rollouts. */
export interface RolloutReader {
  readonly schema: string;
  claims(record: unknown): boolean;
  read(record: unknown): DraftsResult;
}

export function reader<S extends v.GenericSchema>(schema: string, claims: (record: unknown) => boolean, shape: S, drafts: (row: v.InferOutput<S>, record: unknown) => readonly RolloutDraft[]): RolloutReader {
  return {
    schema,
    claims,
    read(record) {
      const parsed = v.safeParse(shape, record, { abortEarly: true });
      if (parsed.success) return { ok: true, drafts: drafts(parsed.output, record) };
      const [issue] = parsed.issues;
      return { ok: false, field: v.getDotPath(issue), message: schemaMessage(issue) };
    },
  };
}

const ContentPart = v.looseObject({ text: v.optional(v.string()) });
/** A turn of a conversation; content is text or a list of parts with text. */
export const TurnSchema = v.pipe(
  v.looseObject({ role: v.nullish(v.string()), content: v.nullish(v.union([v.string(), v.array(v.union([v.string(), ContentPart]))])) }),
  v.transform((turn): Message => ({ role: turn.role ?? 'user', content: textOf(turn.content) })));

function textOf(content: string | readonly (string | { text?: string | undefined })[] | null | undefined): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => (typeof part === 'string' ? part : part.text ?? '')).join('');
}

/** A prompt or completion that is a text or a list of turns. */
export const TextOrTurns = v.union([v.string(), v.array(TurnSchema)]);

export function promptOf(prompt: v.InferOutput<typeof TextOrTurns>): Message[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
}

/** The text of the assistant's turns. */
export function responseOf(completion: v.InferOutput<typeof TextOrTurns>): string {
  if (typeof completion === 'string') return completion;
  return completion.filter((turn) => turn.role === 'assistant').map((turn) => turn.content).join('\n');
}

/** A score that is a number, or true and false. */
export const ScoreSchema = v.nullish(v.union([v.number(), v.boolean()]));
export function scoreOf(score: v.InferOutput<typeof ScoreSchema>): number | null {
  if (score === null || score === undefined) return null;
  return typeof score === 'boolean' ? (score ? 1 : 0) : score;
}

/** A gold answer as text; lists and objects as JSON. */
export function goldOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : JSON.stringify(value) ?? null;
}

/** `length` (and its synonyms) means cut at the limit, anything else a natural end; null when the file does not say. */
export function cutOf(finishReason: string | null | undefined): boolean | null {
  if (finishReason === null || finishReason === undefined || finishReason === '') return null;
  return /^(?:length|max_tokens|max_output_tokens|incomplete|truncated)$/i.test(finishReason);
}

/** `thinking_opened` as writers put it: true and false, or 1 and 0 where a column holds numbers. */
export const ThinkingSchema = v.nullish(v.pipe(v.union([v.boolean(), v.number()]), v.transform((value) => value === true || value === 1)));

const MAX_EXTRA = 24;
const MAX_EXTRA_LENGTH = 300;

/** Further scalar fields of a record for display, bounded in number and length. */
export function extraOf(record: unknown, known: readonly string[]): Record<string, string> {
  const extra: [string, string][] = [];
  if (typeof record !== 'object' || record === null) return {};
  for (const [key, value] of Object.entries(record)) {
    if (known.includes(key) || extra.length >= MAX_EXTRA) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    extra.push([key.slice(0, 100), String(value).slice(0, MAX_EXTRA_LENGTH)]);
  }
  return Object.fromEntries(extra);
}

export function hasFields(record: unknown, ...names: readonly string[]): record is Record<string, unknown> {
  return typeof record === 'object' && record !== null && !Array.isArray(record) && names.every((name) => name in record);
}

/** A field of any type that may also be missing (`v.unknown()` alone demands the key). */
export const Anything = v.optional(v.unknown());

/** A text or a number, as text. */
export const Label = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String)));
