import type { ProblemEntry } from './entry.ts';
import type { ContaminationMark, SetFindings } from './labels.ts';

/**
 * What is known of the overlaps of a set's problems with benchmarks. `key` tells by which options and test sets. Until a
 * check is done, only problems are known that were checked by the same key before the file changed.
 */
export type Overlaps =
  | { readonly state: 'none' }
  | { readonly state: 'waiting'; readonly key: string; readonly known: Marks }
  | { readonly state: 'failed'; readonly key: string; readonly known: Marks; readonly message: string }
  | { readonly state: 'done'; readonly key: string; readonly marks: Marks; readonly remarks: SetFindings['remarks']; readonly testSet: boolean };

/** Marks by the id of a problem. */
type Marks = ReadonlyMap<string, readonly ContaminationMark[]>;

const CLEAN: readonly ContaminationMark[] = [];
const NOTHING: Marks = new Map();

/** Nothing is checked and nothing waits for it. */
export const NO_CHECKS: Overlaps = { state: 'none' };

/** The marks of a problem; null where it has not been checked. */
export function marksIn(overlaps: Overlaps, id: string): readonly ContaminationMark[] | null {
  switch (overlaps.state) {
    case 'none': return CLEAN;
    case 'done': return overlaps.marks.get(id) ?? CLEAN;
    case 'waiting': case 'failed': return overlaps.known.get(id) ?? null;
  }
}

/** A check by another key is wanted: what was found by the former one counts no more. */
export function wanted(key: string): Overlaps {
  return { state: 'waiting', key, known: NOTHING };
}

/** What stays known when a file changed: problems whose statement is what it was when it was checked by the same key. */
export function carriedOver(earlier: Overlaps, before: ReadonlyMap<string, ProblemEntry>, now: readonly ProblemEntry[], key: string): Overlaps {
  if (earlier.state === 'none' || earlier.key !== key) return wanted(key);
  const known = new Map<string, readonly ContaminationMark[]>();
  for (const { id, statement, context } of now) {
    const former = before.get(id);
    const marks = former?.statement === statement && former.context === context ? marksIn(earlier, id) : null;
    if (marks !== null) known.set(id, marks);
  }
  return { state: 'waiting', key, known };
}

export function found(key: string, { marks, remarks, testSet }: SetFindings): Overlaps {
  const byId = new Map<string, ContaminationMark[]>();
  for (const mark of marks) {
    const known = byId.get(mark.id);
    if (known === undefined) byId.set(mark.id, [mark]);
    else known.push(mark);
  }
  return { state: 'done', key, marks: byId, remarks, testSet };
}
