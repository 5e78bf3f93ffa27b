import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { SetComparisonSchema } from '../../protocol/decontamination.ts';
import { LaunchRequestSchema, type LaunchRequest } from '../../protocol/training.ts';
import { schemaMessage } from '../../protocol/schemaMessage.ts';

/** Content of stage.json: everything needed to say later what this run was. */
export const StageFileSchema = v.object({
  format: v.literal('rlvr-stage/1'),
  request: LaunchRequestSchema,
  title: v.string(),
  recipeTitle: v.string(),
  engine: v.object({ name: v.string(), label: v.string(), version: v.string() }),
  versions: v.record(v.string(), v.string()),
  /** SHA-256 of every file that decided what this run trains on. */
  inputs: v.array(v.object({ path: v.string(), sha256: v.string() })),
  /** What each training set was compared with; runs of earlier versions do not say. */
  decontamination: v.optional(v.array(SetComparisonSchema), []),
  problems: v.object({
    total: v.number(),
    kept: v.number(),
    removed: v.record(v.string(), v.number()),
    unknownPassRate: v.number(),
    validation: v.number(),
  }),
  /** The problems in training order of the file, by id. */
  problemIds: v.array(v.string()),
});
export type StageFile = v.InferOutput<typeof StageFileSchema>;

/** @throws Error naming the file and field when it is not what it should be. */
async function readJson<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new Error(`${path}: field ${v.getDotPath(issue) ?? '(all)'}: ${schemaMessage(issue)}`);
}

export function readRequest(path: string): Promise<LaunchRequest> {
  return readJson(path, LaunchRequestSchema);
}

export function readStageFile(path: string): Promise<StageFile> {
  return readJson(path, StageFileSchema);
}

/** JSON with the keys of every object in order: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
