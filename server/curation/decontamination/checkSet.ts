import { basename } from 'node:path';
import type { DecontaminationMode, DecontaminationReport } from '../../protocol/decontamination.ts';
import type { ProblemStore } from '../../problems/store.ts';
import { messageOf } from '../../records/work.ts';
import type { CheckWork, Decontaminator, TestSet } from './decontaminator.ts';

export interface CheckSetOptions {
  readonly path: string;
  /** The user's own test sets: problem files in any known schema. */
  readonly against: readonly string[];
  readonly shipped: boolean;
  readonly mode: DecontaminationMode;
  readonly n: number | null;
}

/** Checks a problem set on disk; its problems are marked with what was found. The decisions beside the set say what to ignore. */
export async function checkSet(problems: ProblemStore, decontaminator: Decontaminator, options: CheckSetOptions, work: CheckWork = {}): Promise<DecontaminationReport> {
  const set = await problems.set(options.path, { signal: work.signal });
  const report = await decontaminator.check(
    set.entries.map(({ id, row, line, domain, statement }) => ({ id, row, line, domain, statement })),
    {
      path: options.path,
      mode: options.mode,
      n: options.n,
      shipped: options.shipped,
      against: await readTestSets(problems, options.against, work.signal),
      recordText: (row) => set.recordText(row.id),
      ignored: (id, { benchmark, item }) => {
        const decision = set.decisionOf(id);
        const named = decision?.ignore?.some((label) => label === benchmark || label === `${benchmark} ${item}`) ?? false;
        return named || decision?.action === 'keep' ? decision?.reason ?? 'kept by a decision' : null;
      },
    },
    work,
  );
  const found = report.contaminations.filter(({ ignored, best }) => ignored === null && best.kind !== 'boilerplate');
  await problems.markContaminated(options.path, found.flatMap(({ id, best, others }) => [best, ...others].map(({ benchmark, item }) => ({ id, benchmark, item }))));
  return report;
}

/** A test set that cannot be read is named in the report: it is never taken for a clean result. */
function readTestSets(problems: ProblemStore, paths: readonly string[], signal: AbortSignal | undefined): Promise<TestSet[]> {
  return Promise.all(paths.map(async (path): Promise<TestSet> => {
    try {
      const set = await problems.set(path, { signal });
      const benchmark = basename(path).replace(/(\.[a-z0-9]+)+$/i, '');
      return { path, items: set.entries.map(({ id, statement, domain }) => ({ benchmark, id, text: statement, domain })) };
    } catch (error) {
      if (signal?.aborted) throw error;
      return { path, items: [], unreadable: messageOf(error) };
    }
  }));
}
