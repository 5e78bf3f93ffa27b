import type { Work } from '../records/work.ts';
import type { SetFindings } from './labels.ts';
import type { ProblemSet } from './problemSet.ts';

/** Finds problems that overlap a benchmark; implemented by curation. */
export interface SetCheck {
  /** Everything that the findings for a set depend on beside the set: options, and the state of test sets on disk. */
  keyOf(path: string): Promise<string>;
  /** Rejects when cancelled, and with a message for people when the set cannot be checked. Works in slices. */
  check(set: ProblemSet, work: Work): Promise<SetFindings>;
  /** The test sets that a path is compared with: when one changes, so does the key. */
  filesFor(path: string): readonly string[];
}
