import * as v from 'valibot';
import { DomainSchema } from './problem.ts';

/** Severities of `decontamination.md` section 2.5; `boilerplate` is off unless asked for. */
export const OverlapKindSchema = v.picklist(['contaminated', 'variant', 'overlaps', 'boilerplate']);
export type OverlapKind = v.InferOutput<typeof OverlapKindSchema>;

/** Where a span lies in the file: 0-based line, UTF-16 columns, so that an editor can underline it as it is. */
export const FileRangeSchema = v.object({
  startLine: v.number(),
  startColumn: v.number(),
  endLine: v.number(),
  endColumn: v.number(),
});
export type FileRange = v.InferOutput<typeof FileRangeSchema>;

export const OverlapSchema = v.object({
  kind: OverlapKindSchema,
  benchmark: v.string(),
  item: v.string(),
  /** Shared distinctive n-grams of the item's distinctive n-grams; containment is their quotient (0..1). */
  shared: v.number(),
  total: v.number(),
  containment: v.number(),
  /** Longest run of equal tokens and its text in the problem's statement (UTF-16 offsets in the statement). */
  runTokens: v.number(),
  span: v.object({ start: v.number(), end: v.number(), text: v.string() }),
});
export type Overlap = v.InferOutput<typeof OverlapSchema>;

/** One problem that overlaps some benchmark; `best` decides the diagnostic, `others` become related information. */
export const ContaminationSchema = v.object({
  id: v.string(),
  row: v.number(),
  line: v.nullable(v.number()),
  /** Range of the shared span in the file where it could be mapped, else of the record. */
  range: v.nullable(FileRangeSchema),
  best: OverlapSchema,
  others: v.array(OverlapSchema),
  /** Set when the user decided to ignore this hit, with the reason. */
  ignored: v.nullable(v.string()),
});
export type Contamination = v.InferOutput<typeof ContaminationSchema>;

export const DecontaminationModeSchema = v.picklist(['balanced', 'paper']);
export type DecontaminationMode = v.InferOutput<typeof DecontaminationModeSchema>;

/** With what a set is compared, and how. */
export const DecontaminationOptionsSchema = v.object({
  /** The user's own test sets, beside the shipped benchmarks. */
  against: v.array(v.string()),
  shipped: v.boolean(),
  mode: DecontaminationModeSchema,
  /** Null: 9 for math, 14 for code. */
  n: v.nullable(v.number()),
});
export type DecontaminationOptions = v.InferOutput<typeof DecontaminationOptionsSchema>;

/** What a set is compared with where nobody said anything else. */
export const DEFAULT_DECONTAMINATION: DecontaminationOptions = { against: [], shipped: true, mode: 'balanced', n: null };

/** Something to know that is not about one problem: of the benchmarks, and so the same for every set, or of this set. */
export const CheckRemarkSchema = v.object({
  about: v.picklist(['benchmarks', 'set']),
  /** The test set that a remark on benchmarks is about, if it is one. */
  path: v.nullable(v.string()),
  message: v.string(),
});
export type CheckRemark = v.InferOutput<typeof CheckRemarkSchema>;

export const BenchmarkUsedSchema = v.object({ name: v.string(), items: v.number(), hash: v.string() });

/** What a training set was compared with: for the checks of a launch, and for the record of a run. */
export const SetComparisonSchema = v.object({
  path: v.string(),
  options: DecontaminationOptionsSchema,
  benchmarks: v.array(BenchmarkUsedSchema),
  remarks: v.array(CheckRemarkSchema),
  testSet: v.boolean(),
});
export type SetComparison = v.InferOutput<typeof SetComparisonSchema>;

export const DecontaminationReportSchema = v.object({
  path: v.string(),
  checked: v.number(),
  /** Domains of the set with nothing to compare with: their problems were not checked, which is never "clean". */
  unchecked: v.array(DomainSchema),
  /** The set is one of the user's own test sets; it is not compared with itself. */
  testSet: v.boolean(),
  mode: DecontaminationModeSchema,
  n: v.object({ math: v.number(), code: v.number() }),
  benchmarks: v.array(BenchmarkUsedSchema),
  /** Benchmarks that could not be used, with the reason, and what is odd about the set. */
  remarks: v.array(CheckRemarkSchema),
  contaminations: v.array(ContaminationSchema),
  durationMs: v.number(),
});
export type DecontaminationReport = v.InferOutput<typeof DecontaminationReportSchema>;
