import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Problem } from '../protocol/problem.ts';
import { goldProblem } from '../verifiers/math/goldProblem.ts';
import type { Draft } from './importers/importer.ts';
import { stripWrappers } from './wrappers.ts';

/** Where a record was found. */
export interface Origin {
  readonly file: string;
  readonly row: number;
  readonly line: number | null;
}

/** A draft without wrappers, with id and provenance. The id is the record's own or made of what identifies the problem. */
export function finishProblem(draft: Draft, origin: Origin): Problem {
  const dataset = draft.dataset ?? basename(origin.file).replace(/(?:\.(?:jsonl?|parquet|gz))+$/, '');
  const statement = stripWrappers(draft.statement);
  return {
    id: draft.id ?? stableId(dataset, origin.row, statement),
    domain: draft.domain,
    statement,
    prompt: [...(draft.prompt ?? [{ role: 'user', content: draft.statement }])],
    answer: draft.answer ?? null,
    tests: draft.tests ?? null,
    ...(draft.starterCode === undefined ? {} : { starterCode: draft.starterCode }),
    ...(draft.solution === undefined ? {} : { solution: draft.solution }),
    difficulty: draft.difficulty ?? null,
    passRate: draft.passRate ?? null,
    provenance: {
      dataset,
      file: origin.file,
      row: origin.row,
      line: origin.line,
      ...(draft.id === undefined ? {} : { id: draft.id }),
      ...(draft.url === undefined ? {} : { url: draft.url }),
      ...(draft.licence === undefined ? {} : { licence: draft.licence }),
      ...(draft.revision === undefined ? {} : { revision: draft.revision }),
      ...(draft.date === undefined ? {} : { date: draft.date }),
    },
    notes: [...(draft.notes ?? [])],
  };
}

/** sha1 of (data set, row, statement), its first 16 hexadecimal digits (formats.md section 0.7). */
export function stableId(dataset: string, row: number, statement: string): string {
  return createHash('sha1').update(JSON.stringify([dataset, row, statement])).digest('hex').slice(0, 16);
}

/** Why a problem cannot be trained on at all, in a few words; null when it can. */
export function invalidReason(problem: Problem): string | null {
  if (problem.statement === '') return 'no statement';
  if (problem.domain === 'math') return answerProblem(problem.answer);
  if (problem.tests?.funcName?.trim() === '') return 'tests call a function without a name';
  if (problem.tests !== null) return null;
  return problem.notes.find((note) => note.startsWith('tests ')) ?? 'no tests';
}

/** A problem whose gold answer the verifier cannot read pays 0 whatever is answered. */
export const UNREADABLE_GOLD = 'gold cannot be read';

/** Why a math problem cannot be verified by this answer; null when it can. */
export function answerProblem(answer: string | null): string | null {
  if (answer === null) return 'no answer';
  const unreadable = goldProblem(answer);
  return unreadable === null ? null : `${UNREADABLE_GOLD}: ${unreadable}`;
}
