import type { ExportProblems, ParamsOf, ResultOf } from '../../protocol/methods.ts';
import type { Problem } from '../../protocol/problem.ts';
import type { Work } from '../../records/work.ts';
import type { CuratedProblem, ProblemSet } from '../problemSet.ts';
import { LineWriter } from './lineWriter.ts';
import { ownRecord, removedRecord } from './jsonl.ts';
import { promptsReplaced } from './trainingPrompt.ts';
import { usableByVerl, writeVerlParquet } from './verlParquet.ts';

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
  const warnings: string[] = set.overlaps.state === 'done' ? set.overlaps.remarks.map(({ message }) => message) : [];
  try {
    const kept = keep(set, chosen, format, removed, warnings, work);
    const written = format === 'jsonl' ? await writeLines(kept, target) : (await writeVerlParquet(problemsOf(kept), target, { split: 'train' }, work)).rows;
    const left = await removed.finish(true);
    const replaced = format === 'verl-parquet' ? promptsReplaced(set.entries.filter(({ id, context }) => context !== null && chosen.has(id)).length) : null;
    if (replaced !== null) warnings.push(replaced);
    if (written === 0) warnings.push('nothing was selected: the exported set is empty');
    return { written, removed: left, removedPath: left === 0 ? null : removedPath, warnings: warnings.slice(0, 50) };
  } catch (error) {
    await removed.abandon();
    throw error;
  }
}

/** The chosen problems, one at a time; the others go to `removed` on the way. veRL cannot use a problem without answer and tests. */
async function* keep(set: ProblemSet, chosen: ReadonlySet<string>, format: 'jsonl' | 'verl-parquet', removed: LineWriter, warnings: string[], work: Work): AsyncGenerator<CuratedProblem> {
  for (const [done, entry] of set.entries.entries()) {
    work.signal?.throwIfAborted();
    const item = await set.readEntry(entry);
    const unusable = format === 'verl-parquet' && !usableByVerl(item.problem);
    if (chosen.has(entry.id) && unusable) warnings.push(`${entry.id} has no ${item.problem.domain === 'code' ? 'tests' : 'answer'} and was left out`);
    if (chosen.has(entry.id) && !unusable) yield item;
    else await removed.add(removedRecord(item));
    if (done % 256 === 0) work.progress?.({ done, total: set.entries.length });
  }
}

async function* problemsOf(items: AsyncIterable<CuratedProblem>): AsyncGenerator<Problem> {
  for await (const { problem } of items) yield problem;
}

async function writeLines(items: AsyncIterable<CuratedProblem>, target: string): Promise<number> {
  const writer = new LineWriter(target);
  try {
    for await (const item of items) await writer.add(ownRecord(item));
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
