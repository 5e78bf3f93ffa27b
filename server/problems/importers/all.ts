import type { Importer, ReadResult } from './importer.ts';
import { aqua, ape210k, collegeMath, gaokaoBench, gsm8k, olympiadBench, questionAnswer, statementOnly, talScq, textOnly } from './benchmarks.ts';
import { codeContests, sandboxStdin } from './codeContests.ts';
import { deepcoder, primeIntellect } from './deepcoder.ts';
import { livecodebench, livecodebenchQwq, livecodebenchSandbox } from './livecodebench.ts';
import { batchInput, bigMath, deepMath, messagesOnly, omniMath, polaris } from './mathSets.ts';
import { numina15, numinaCot, openr1, synthetic1 } from './numina.ts';
import { orz, orzEval } from './orz.ts';
import { acereason, capitalised, deepscaler, math, matharena, nemoGymProblems, problemAnswer, ttrl } from './problemAnswer.ts';
import { humanEval, kodcode, leetcodeDataset, mbpp, tacoStatements } from './pythonSets.ts';
import { rlvr } from './rlvr.ts';
import { taco } from './taco.ts';
import { verl } from './verl.ts';

/** All importers, the more particular ones first: the first that claims a record reads it. */
export const IMPORTERS: readonly Importer[] = [
  rlvr, verl, orz, orzEval, nemoGymProblems,
  livecodebench, livecodebenchQwq, livecodebenchSandbox, taco, codeContests, sandboxStdin, leetcodeDataset, humanEval, mbpp, kodcode, primeIntellect,
  openr1, numinaCot, numina15, bigMath, polaris, omniMath, deepMath, synthetic1, deepcoder,
  olympiadBench, gsm8k, collegeMath, aqua, talScq, ape210k, gaokaoBench,
  matharena, math, deepscaler, acereason, problemAnswer, capitalised, ttrl, questionAnswer, tacoStatements, batchInput, messagesOnly, textOnly, statementOnly,
];

export function importerOf(record: unknown): Importer | null {
  return IMPORTERS.find((candidate) => candidate.claims(record)) ?? null;
}

/** Reads the records of one file, each by its own importer (files with several schemas occur), and remembers which was met. */
export class RecordReader {
  readonly #seen = new Map<string, number>();

  /** Schema of most records; null while none was recognised. */
  get schema(): string | null {
    let best: string | null = null;
    for (const [name, count] of this.#seen) if (best === null || count > (this.#seen.get(best) ?? 0)) best = name;
    return best;
  }

  read(record: unknown): ReadResult {
    const found = importerOf(record);
    if (found === null) return { ok: false, field: null, message: unknownShape(record) };
    const result = found.read(record);
    if (result.ok) this.#seen.set(found.schema, (this.#seen.get(found.schema) ?? 0) + 1);
    return result.ok ? result : { ...result, message: `${result.message} (read as ${found.schema})` };
  }
}

function unknownShape(record: unknown): string {
  if (Array.isArray(record)) return 'a list that is no problem of a known schema';
  if (typeof record !== 'object' || record === null) return `a ${record === null ? 'null' : typeof record} where a problem was expected`;
  const fields = Object.keys(record).slice(0, 12).join(', ');
  return `not a problem of a known schema; its fields are: ${fields === '' ? 'none' : fields}`;
}
