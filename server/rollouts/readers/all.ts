import { gsm8kSolutions, inspect, livecodebenchEval, lmEval, openaiBatch } from './evaluation.ts';
import { conversation, openr1Generations, outputList, synthetic1 } from './generations.ts';
import { nemoGym, nemoSkills } from './nemo.ts';
import { own, problemResponse } from './own.ts';
import type { DraftsResult, RolloutReader } from './reader.ts';
import { trl, verifiersResults, verlDump } from './trainers.ts';

/** All readers, the more particular ones first: the first that claims a record reads it. */
export const READERS: readonly RolloutReader[] = [
  own, inspect, verlDump, verifiersResults, trl, nemoSkills, nemoGym, lmEval, livecodebenchEval, openaiBatch, gsm8kSolutions,
  synthetic1, openr1Generations, outputList, problemResponse, conversation,
];

export function readerOf(record: unknown): RolloutReader | null {
  return READERS.find((candidate) => candidate.claims(record)) ?? null;
}

/** Reads one record, whichever writer it is from; names its fields when nothing claims it. */
export function readRollouts(record: unknown): DraftsResult & { readonly schema: string | null } {
  const found = readerOf(record);
  if (found !== null) {
    const result = found.read(record);
    return result.ok ? { ...result, schema: found.schema } : { ...result, message: `${result.message} (read as ${found.schema})`, schema: found.schema };
  }
  const fields = typeof record === 'object' && record !== null && !Array.isArray(record) ? Object.keys(record).slice(0, 12).join(', ') : '';
  return { ok: false, field: null, message: fields === '' ? 'not an object with fields' : `not a rollout of a known schema; its fields are: ${fields}`, schema: null };
}
