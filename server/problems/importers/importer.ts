import * as v from 'valibot';
import type { Difficulty, Domain, Message, PassRate, TestSuite } from '../../protocol/problem.ts';
import { parseExact } from '../../records/jsonText.ts';
import { schemaMessage } from '../../protocol/schemaMessage.ts';

/** What an importer finds in one record, before ids, wrappers and provenance are settled (see `finish.ts`). */
export interface Draft {
  readonly id?: string | undefined;
  readonly domain: Domain;
  /** As the file has it; known prompt wrappers are removed later. */
  readonly statement: string;
  /** The prompt, where the file has it in turns. */
  readonly prompt?: readonly Message[] | undefined;
  readonly answer?: string | null | undefined;
  readonly tests?: TestSuite | null | undefined;
  readonly starterCode?: string | undefined;
  readonly solution?: string | undefined;
  readonly difficulty?: Difficulty | null | undefined;
  readonly passRate?: PassRate | null | undefined;
  /** Name of the data set the row says it is from; else the file's name. */
  readonly dataset?: string | undefined;
  /** Name of the benchmark, where a row says that it is of one. */
  readonly benchmark?: string | undefined;
  readonly url?: string | undefined;
  readonly licence?: string | undefined;
  readonly revision?: string | undefined;
  readonly date?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

export type ReadResult =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly field: string | null; readonly message: string };

/** Reads the records of one schema. `claims` looks at the fields only; `read` checks them. */
export interface Importer {
  readonly schema: string;
  claims(record: unknown): boolean;
  read(record: unknown): ReadResult;
}

/** An importer from a valibot schema of the record and a function from the checked record to a draft. */
export function importer<S extends v.GenericSchema>(schema: string, claims: (record: unknown) => boolean, shape: S, draft: (row: v.InferOutput<S>) => Draft): Importer {
  return {
    schema,
    claims,
    read(record) {
      const parsed = v.safeParse(shape, record, { abortEarly: true });
      if (!parsed.success) {
        const [issue] = parsed.issues;
        return { ok: false, field: v.getDotPath(issue), message: schemaMessage(issue) };
      }
      try {
        return { ok: true, draft: draft(parsed.output) };
      } catch (error) {
        if (error instanceof RecordError) return { ok: false, field: error.field, message: error.message };
        throw error;
      }
    },
  };
}

/** Thrown by a draft function: a field has the right type and says nothing usable. */
export class RecordError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** True for an object that has all these fields, whatever is in them. */
export function hasFields(record: unknown, ...names: readonly string[]): record is Record<string, unknown> {
  return typeof record === 'object' && record !== null && !Array.isArray(record) && names.every((name) => name in record);
}

/** A text that may be missing, null or empty: undefined then. */
export const OptionalText = v.pipe(v.nullish(v.string()), v.transform((text) => (text === null || text === '' ? undefined : text)));

/** An id, a year, a level: a text or a number, as text. */
export const OptionalLabel = v.pipe(v.nullish(v.union([v.string(), v.number()])), v.transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value))));

/** A gold answer in any of the types that occur (formats.md section 0.3). */
export const AnswerSchema = v.nullish(v.union([v.string(), v.number(), v.boolean(), v.array(v.union([v.string(), v.number()]))]));
type Answer = v.InferOutput<typeof AnswerSchema>;

/**
 * The answer as text and what was done to it. Numbers print without `.0`, a list is joined by commas; blanks around it go;
 * `proof` and `notfound` of NuminaMath are no answers.
 */
export function answerText(value: Answer): { answer: string | null; notes: string[] } {
  if (value === null || value === undefined) return { answer: null, notes: [] };
  if (Array.isArray(value)) {
    const parts = value.map((part) => String(part).trim());
    const notes = parts.length > 1 ? [`answer is a list of ${String(parts.length)} values`] : [];
    return { answer: parts.join(', ') || null, notes };
  }
  const text = String(value).trim();
  if (/^(?:proof|notfound|not found)$/i.test(text)) return { answer: null, notes: [`answer is "${text}"`] };
  return { answer: text === '' ? null : text, notes: [] };
}

/** JSON inside of a string field (formats.md section 0.5); undefined when the text is empty or not JSON. */
export function jsonIn(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** Checked JSON inside of a string field; undefined when empty, not JSON or of another shape. */
export function jsonAs<S extends v.GenericSchema>(shape: S, text: string): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(shape, jsonIn(text));
  return parsed.success ? parsed.output : undefined;
}
