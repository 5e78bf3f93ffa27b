import type { ExportProblems, ParamsOf, ResultOf } from '../../protocol/methods.ts';
import type { Work } from '../../records/work.ts';
import type { CuratedProblem, ProblemSet } from '../problemSet.ts';
import { LineWriter } from './lineWriter.ts';
import { ownRecord, removedRecord } from './jsonl.ts';
import { writeVerlParquet } from './verlParquet.ts';

/**
 * Writes the curated set (state `ok`, or what the query selects) to `target`, and everything left out with its reason to
 * `<target>.removed.jsonl`. The source and the target must differ; a cancelled export leaves neither file.
 */
export async function exportProblems(set: ProblemSet, params: ParamsOf<typeof ExportProblems>, work: Work): Promise<ResultOf<typeof ExportProblems>> {
  const { target, format, query = { states: ['ok'] } } = params;
  if (target === set.path || target === set.decisionsPath) throw new Error(`${target} is the set itself: choose another file`);
  const chosen = new Set(set.select(query).map((entry) => entry.id));
  const removedPath = `${target}.removed.jsonl`;
  const removed = new LineWriter(removedPath);
  const written = format === 'jsonl' ? new LineWriter(target) : null;
  const forVerl: CuratedProblem[] = [];
  const warnings: string[] = [];
  try {
    for (const [done, entry] of set.entries.entries()) {
      work.signal?.throwIfAborted();
      const item = await set.readEntry(entry);
      if (!chosen.has(entry.id)) await removed.add(removedRecord(item));
      else if (written !== null) await written.add(ownRecord(item));
      else if (item.problem.answer === null && item.problem.tests === null) {
        warnings.push(`${entry.id} has neither an answer nor tests and was left out`);
        await removed.add(removedRecord(item));
      } else forVerl.push(item);
      if (done % 256 === 0) work.progress?.({ done, total: set.entries.length });
    }
    if (written === null) await writeVerlParquet(forVerl.map(({ problem }) => problem), target, { split: 'train' });
    const count = written === null ? forVerl.length : await written.finish();
    const left = await removed.finish(true);
    if (count === 0) warnings.push('nothing was selected: the exported set is empty');
    return { written: count, removed: left, removedPath: left === 0 ? null : removedPath, warnings: warnings.slice(0, 50) };
  } catch (error) {
    await Promise.all([removed.abandon(), written?.abandon()]);
    throw error;
  }
}
