import { open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readBytes } from './byteReader.ts';
import { fileIssue } from './issues.ts';
import { SCAN_START } from './record.ts';
import type { ScanEnd, Visitor } from './record.ts';
import type { Work } from './work.ts';
import { breather, messageOf } from './work.ts';

/**
 * Uncompressed bytes decoded at once. A row group has no cheap way into its middle, so it is decoded whole unless it is larger;
 * then in as few stretches as keep memory bounded.
 */
const STRETCH_BYTES = 64 * 1024 * 1024;
const LEAST_ROWS = 200;

/** A decoded stretch is kept this long after its last use, milliseconds: rows are mostly asked for one after the other. */
const KEEP_MS = 20_000;

/** Columns over this many compressed bytes are not decoded to look at the first rows. */
const PEEK_BYTES = 8 * 1024 * 1024;

interface Stretch { readonly start: number; readonly end: number }

/** Rows of a Parquet file as plain objects, with integers that JavaScript can hold as numbers. */
export class ParquetRecords {
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  readonly #stretches: readonly Stretch[];
  #kept: { readonly stretch: Stretch; readonly rows: Promise<readonly unknown[]>; readonly timer: NodeJS.Timeout } | null = null;

  private constructor(file: AsyncBuffer, metadata: FileMetaData) {
    this.#file = file;
    this.#metadata = metadata;
    this.#stretches = stretchesOf(metadata);
  }

  static async open(path: string): Promise<ParquetRecords> {
    const file = await bufferOf(path);
    return new ParquetRecords(file, await parquetMetadataAsync(file));
  }

  /** Visits all rows. A row group that cannot be decoded is an issue; the others are still read. */
  async scan(visitor: Visitor, work: Work): Promise<ScanEnd> {
    const breathe = breather(work.signal);
    const total = Number(this.#metadata.num_rows);
    for (const stretch of this.#stretches) {
      work.signal?.throwIfAborted();
      await this.#scanRows(stretch, visitor, breathe, work.signal);
      work.progress?.({ done: stretch.end, total });
    }
    return { ...SCAN_START, offset: total, records: total };
  }

  async #scanRows(stretch: Stretch, visitor: Visitor, breathe: () => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    let rows: readonly unknown[];
    try {
      rows = await this.#decode(stretch, this.#columns(), signal);
    } catch (error) {
      signal?.throwIfAborted();
      visitor.issue(fileIssue('error', `rows ${String(stretch.start + 1)} to ${String(stretch.end)} cannot be decoded: ${messageOf(error)}`, { record: stretch.start }));
      return;
    }
    for (const [i, value] of rows.entries()) {
      const row = stretch.start + i;
      await visitor.record({ record: row, line: null, start: row, end: row + 1, value });
      await breathe();
    }
  }

  async read(row: number): Promise<unknown> {
    const stretch = this.#stretches.find(({ start, end }) => row >= start && row < end);
    if (stretch === undefined) throw new Error(`no row ${String(row)}`);
    if (this.#kept?.stretch !== stretch) {
      this.#forget();
      const rows = this.#decode(stretch, this.#columns());
      rows.catch(() => this.#forget());
      this.#kept = { stretch, rows, timer: setTimeout(() => this.#forget(), KEEP_MS).unref() };
    }
    this.#kept.timer.refresh();
    return (await this.#kept.rows)[row - stretch.start];
  }

  /** The first rows; very large columns stay empty in them. */
  first(count: number): Promise<readonly unknown[]> {
    const [stretch] = this.#stretches;
    if (stretch === undefined) return Promise.resolve([]);
    const small = this.#columns().filter((column) => this.#packedBytes(column) <= PEEK_BYTES);
    return this.#decode({ start: 0, end: Math.min(count, stretch.end) }, small);
  }

  #columns(): string[] {
    return parquetSchema(this.#metadata).children.map(({ element }) => element.name);
  }

  #packedBytes(column: string): number {
    return (this.#metadata.row_groups[0]?.columns ?? [])
      .filter((chunk) => chunk.meta_data?.path_in_schema[0] === column)
      .reduce((sum, chunk) => sum + Number(chunk.meta_data?.total_compressed_size ?? 0), 0);
  }

  #forget(): void {
    if (this.#kept !== null) clearTimeout(this.#kept.timer);
    this.#kept = null;
  }

  /** Column by column, because decoding one holds the event loop. Columns that are left out are empty lists or texts. */
  async #decode({ start, end }: Stretch, columns: readonly string[], signal?: AbortSignal): Promise<readonly unknown[]> {
    const rows = Array.from({ length: end - start }, (): Record<string, unknown> => ({}));
    for (const { element, children } of parquetSchema(this.#metadata).children) {
      const { name } = element;
      if (!columns.includes(name)) {
        for (const row of rows) row[name] = children.length > 0 ? [] : '';
        continue;
      }
      const values = await parquetReadObjects({ file: this.#file, metadata: this.#metadata, compressors, rowStart: start, rowEnd: end, columns: [name], useOffsetIndex: true });
      for (const [i, row] of rows.entries()) row[name] = plain(values[i]?.[name]);
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    return rows;
  }
}

function stretchesOf(metadata: FileMetaData): Stretch[] {
  const stretches: Stretch[] = [];
  let first = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const bytes = Number(group.total_byte_size);
    const size = bytes <= STRETCH_BYTES ? rows : Math.max(LEAST_ROWS, Math.floor((rows * STRETCH_BYTES) / bytes));
    for (let start = first; start < first + rows; start += size) stretches.push({ start, end: Math.min(first + rows, start + size) });
    first += rows;
  }
  return stretches;
}

/** Makes BigInts numbers where that loses nothing, else strings; dates become ISO text; byte arrays become text; NaN, with which some writers say that there is no value, becomes null as in JSON. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
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
