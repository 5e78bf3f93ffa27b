import type { CheckRemark } from '../protocol/decontamination.ts';
import type { Domain } from '../protocol/problem.ts';

/** What a rule filter sees of a problem. */
export interface LabelInput {
  readonly domain: Domain;
  readonly statement: string;
  readonly answer: string | null;
}

/** Rule filters, implemented by curation: names of the labels that take a problem out of the set. Pure and fast: called once a problem. */
export interface LabelProvider {
  labelsOf(problem: LabelInput): readonly string[];
}

/** No filter at all. */
export const NO_LABELS: LabelProvider = { labelsOf: () => [] };

/** One problem that overlaps a benchmark. A decision's `ignore` names `benchmark` or `benchmark item`. */
export interface ContaminationMark {
  readonly id: string;
  readonly benchmark: string;
  readonly item: string;
}

/** What a check for contamination found in a set. */
export interface SetFindings {
  readonly marks: readonly ContaminationMark[];
  readonly remarks: readonly CheckRemark[];
  /** The set is a test set of the user: nothing to train on. */
  readonly testSet: boolean;
}
