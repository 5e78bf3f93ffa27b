import { open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readBytes } from './byteReader.ts';
import { fileIssue } from './issues.ts';
import { SCAN_START } from './record.ts';
import type { ScanEnd, Visitor } from './record.ts';
import type { Work } from './work.ts';
import { breather, messageOf } from './work.ts';

/** Rows decoded at once; a row group is decoded in stretches of this many so that memory stays bounded. */
const ROWS_AT_ONCE = 2000;

/** Rows of a Parquet file as plain objects, with integers that JavaScript can hold as numbers. */
export class ParquetRecords {
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  /** The last decoded stretch: neighbouring rows are asked for together. */
  #cache: { readonly start: number; readonly rows: Promise<unknown[]> } | null = null;

  private constructor(file: AsyncBuffer, metadata: FileMetaData) {
    this.#file = file;
    this.#metadata = metadata;
  }

  static async open(path: string): Promise<ParquetRecords> {
    const file = await bufferOf(path);
    return new ParquetRecords(file, await parquetMetadataAsync(file));
  }

  /** Visits all rows. A row group that cannot be decoded is an issue; the others are still read. */
  async scan(visitor: Visitor, work: Work): Promise<ScanEnd> {
    const breathe = breather(work.signal);
    const total = Number(this.#metadata.num_rows);
    let first = 0;
    for (const group of this.#metadata.row_groups) {
      const end = first + Number(group.num_rows);
      for (let start = first; start < end; start += ROWS_AT_ONCE) {
        work.signal?.throwIfAborted();
        await this.#scanRows(start, Math.min(end, start + ROWS_AT_ONCE), visitor, breathe);
        work.progress?.({ done: Math.min(end, start + ROWS_AT_ONCE), total });
      }
      first = end;
    }
    return { ...SCAN_START, offset: total, records: total };
  }

  async #scanRows(start: number, end: number, visitor: Visitor, breathe: () => Promise<void>): Promise<void> {
    let rows: unknown[];
    try {
      rows = await this.#decode(start, end);
    } catch (error) {
      visitor.issue(fileIssue('error', `rows ${String(start + 1)} to ${String(end)} cannot be decoded: ${messageOf(error)}`, { record: start }));
      return;
    }
    for (const [i, value] of rows.entries()) {
      await visitor.record({ record: start + i, line: null, start: start + i, end: start + i + 1, value });
      await breathe();
    }
  }

  async read(row: number): Promise<unknown> {
    const start = row - (row % 64);
    if (this.#cache?.start !== start) {
      const rows = this.#decode(start, Math.min(start + 64, Number(this.#metadata.num_rows)));
      rows.catch(() => { this.#cache = null; });
      this.#cache = { start, rows };
    }
    return (await this.#cache.rows)[row - start];
  }

  first(count: number): Promise<unknown[]> {
    return this.#decode(0, Math.min(count, Number(this.#metadata.num_rows)));
  }

  async #decode(rowStart: number, rowEnd: number): Promise<unknown[]> {
    const rows: unknown[] = await parquetReadObjects({ file: this.#file, metadata: this.#metadata, compressors, rowStart, rowEnd, useOffsetIndex: true });
    return rows.map(plain);
  }
}

/** Makes BigInts numbers where that loses nothing, else strings; dates become ISO text; byte arrays become text. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plain); // typed arrays of numbers
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

async function bufferOf(path: string): Promise<AsyncBuffer> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat().finally(() => handle.close());
  return {
    byteLength: size,
    async slice(start: number, end: number = size): Promise<ArrayBuffer> {
      const bytes = await readBytes(path, start < 0 ? size + start : start, end);
      const copy = new ArrayBuffer(bytes.length);
      new Uint8Array(copy).set(bytes);
      return copy;
    },
  };
}
