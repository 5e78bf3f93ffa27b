import * as v from 'valibot';

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

export const DecontaminationReportSchema = v.object({
  path: v.string(),
  checked: v.number(),
  mode: DecontaminationModeSchema,
  n: v.object({ math: v.number(), code: v.number() }),
  benchmarks: v.array(v.object({ name: v.string(), items: v.number(), hash: v.string() })),
  /** Benchmarks that could not be used, with the reason; an empty list of benchmarks is never "clean". */
  problems: v.array(v.string()),
  contaminations: v.array(ContaminationSchema),
  durationMs: v.number(),
});
export type DecontaminationReport = v.InferOutput<typeof DecontaminationReportSchema>;
