import type { Overlap, DecontaminationReport } from '../../protocol/decontamination.ts';
import type { Decontaminate, ParamsOf, ProgressOf } from '../../protocol/methods.ts';
import type { Decision } from '../../protocol/problem.ts';
import type { ContaminationMark } from '../../problems/labels.ts';
import type { ProblemSet } from '../../problems/problemSet.ts';
import type { ProblemStore } from '../../problems/store.ts';
import type { CheckedRow, Decontaminator } from './decontaminator.ts';
import type { TestSet } from './testSets.ts';

interface Call {
  readonly signal: AbortSignal;
  readonly progress: (progress: ProgressOf<typeof Decontaminate>) => void;
}

/**
 * Checks a problem set against benchmarks and marks its contaminated problems in the store. Rejects when the set cannot be read,
 * when n is out of range, or when cancelled.
 */
export async function checkSet(problems: ProblemStore, decontaminator: Decontaminator, params: ParamsOf<typeof Decontaminate>, call: Call): Promise<DecontaminationReport> {
  const { path, mode, n, shipped } = params;
  const set = await problems.set(path, { signal: call.signal });
  const against: TestSet[] = [];
  for (const file of params.against) against.push(await decontaminator.testSets.read(file, { signal: call.signal }));
  const report = await decontaminator.check(rowsOf(set), {
    path, mode, n, shipped, against,
    recordText: (row) => set.recordText(row.id),
    ignored: (id, overlaps) => ignoredReason(set.decisionOf(id), overlaps),
  }, call);
  await problems.markContaminated(path, report.contaminations.flatMap(({ id, best, others }) => marksOf(id, [best, ...others])));
  return report;
}

/** What decontamination looks at in a set's problems. */
export function rowsOf(set: ProblemSet): CheckedRow[] {
  return set.entries.map(({ id, row, line, domain, statement, context }) => ({ id, row, line, domain, statement, context }));
}

/** One mark for each benchmark that a problem overlaps: the best item. */
function marksOf(id: string, overlaps: readonly Overlap[]): ContaminationMark[] {
  const marks = new Map<string, ContaminationMark>();
  for (const { benchmark, item } of overlaps) if (!marks.has(benchmark)) marks.set(benchmark, { id, benchmark, item });
  return [...marks.values()];
}

/** The user's reason when a decision drops the problem or puts its every mark aside, as `stateOf` of the problems room reads it. */
function ignoredReason(decision: Decision | null, overlaps: readonly Overlap[]): string | null {
  if (decision === null) return null;
  if (decision.action === 'drop') return decision.reason ?? 'dropped';
  if (decision.action === 'keep' && decision.ignore === undefined) return decision.reason ?? 'kept';
  const ignored = new Set(decision.ignore ?? []);
  const all = marksOf(decision.id, overlaps).every((mark) => ignored.has(mark.benchmark) || ignored.has(`${mark.benchmark} ${mark.item}`));
  return all ? decision.reason ?? 'ignored' : null;
}
