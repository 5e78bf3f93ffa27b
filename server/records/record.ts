import type { FileIssue } from '../protocol/problem.ts';

/** Where a record lies: bytes [start, end) of the file, or its row (Parquet) or member (zip) in `start`. */
export interface RecordPlace {
  readonly start: number;
  readonly end: number;
}

/** One record of a file: its 0-based number, its 0-based line where the file has lines, its place and its parsed value. */
export interface FileRecord extends RecordPlace {
  readonly record: number;
  readonly line: number | null;
  readonly value: unknown;
}

export interface Visitor {
  record(record: FileRecord): Promise<void> | void;
  issue(issue: FileIssue): void;
}

/** How far a scan came; hand it to the next scan of the same, grown file. */
export interface ScanEnd {
  /** Byte after the last finished record; what follows may still be written. */
  readonly offset: number;
  readonly records: number;
  readonly lines: number;
  /** The last line has no line end yet: its record, if it was complete, will be read again by the next scan. */
  readonly openEnd: boolean;
}

export const SCAN_START: ScanEnd = { offset: 0, records: 0, lines: 0, openEnd: false };
