import { rm } from 'node:fs/promises';
import type { FileIssue } from '../protocol/problem.ts';
import { readBytes } from './byteReader.ts';
import { identityOf } from './identity.ts';
import type { FileIdentity } from './identity.ts';
import { fileIssue } from './issues.ts';
import { SCAN_START } from './record.ts';
import type { RecordPlace, ScanEnd, Visitor } from './record.ts';
import { scanJson } from './jsonRecords.ts';
import { parseJson } from './jsonText.ts';
import { scanLines } from './lineRecords.ts';
import { ParquetRecords } from './parquetRecords.ts';
import { sniff } from './sniff.ts';
import type { Container } from './sniff.ts';
import { unpackGzip } from './gunzip.ts';
import type { Work } from './work.ts';
import { messageOf } from './work.ts';
import { ZipRecords } from './zipRecords.ts';

/** Bytes read at once when single records are read again. */
const BLOCK_BYTES = 256 * 1024;

/** A record further than this from the start of its line gets a wrong column: such a line is no text for an editor. */
const COLUMN_REACH = 16 * 1024 * 1024;
const COLUMN_STEP = 16 * 1024;

/** A file of records in any container, opened for one pass over it and for reading single records again later. */
export class RecordFile {
  readonly path: string;
  readonly container: Container;
  readonly identity: FileIdentity;
  /** Where the bytes are: the file itself, or the unpacked copy of a gzip file. */
  readonly #bytesPath: string;
  readonly #size: number;
  readonly #openIssues: readonly FileIssue[];
  #block: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  #parquet: ParquetRecords | null = null;
  #zip: ZipRecords | null = null;

  private constructor(path: string, container: Container, identity: FileIdentity, bytesPath: string, size: number, issues: readonly FileIssue[]) {
    this.path = path;
    this.container = container;
    this.identity = identity;
    this.#bytesPath = bytesPath;
    this.#size = size;
    this.#openIssues = issues;
  }

  /** Rejects when the file does not exist or cannot be read; what is wrong inside it is an issue of the scan. */
  static async open(path: string, work: Work = {}): Promise<RecordFile> {
    const identity = await identityOf(path);
    if (identity === null) throw new Error(`${path}: no such file`);
    const outer = await sniff(path, work.signal);
    if (outer.container !== 'gzip') {
      const issues = outer.reason === null ? [] : [fileIssue('error', outer.reason)];
      return new RecordFile(path, outer.container, identity, path, identity.size, issues);
    }
    const unpacked = await unpackGzip(path, work.signal);
    const inner = await sniff(unpacked.path, work.signal);
    const issues = [unpacked.issue, inner.reason].filter((text) => text !== null).map((text) => fileIssue('error', text));
    return new RecordFile(path, inner.container, identity, unpacked.path, unpacked.size, issues);
  }

  /** True when a scan can go on after an earlier one because the file only grew at its end. */
  get canGrow(): boolean { return this.container === 'lines' && this.#bytesPath === this.path; }

  /** Visits every record after `from`, in file order. Rejects only when cancelled or when the file cannot be read at all. */
  async scan(visitor: Visitor, work: Work = {}, from: ScanEnd = SCAN_START): Promise<ScanEnd> {
    if (from === SCAN_START) this.#openIssues.forEach((issue) => visitor.issue(issue));
    switch (this.container) {
      case 'lines': return scanLines(this.#bytesPath, this.#size, visitor, work, from);
      case 'json': return scanJson(this.#bytesPath, this.#size, visitor, work);
      case 'parquet': return (await this.#openParquet(visitor))?.scan(visitor, work) ?? SCAN_START;
      case 'zip': return (await this.#openZip(visitor))?.scan(visitor, work) ?? SCAN_START;
      case 'gzip': visitor.issue(fileIssue('error', 'gzip inside of gzip is not read')); return SCAN_START;
      case 'empty': case 'unknown': return SCAN_START;
    }
  }

  /** The value of one record found by an earlier scan. Rejects when it is not there any more. */
  async read(place: RecordPlace): Promise<unknown> {
    if (this.container === 'parquet') return (await this.#openParquet(null))?.read(place.start);
    if (this.container === 'zip') return (await this.#openZip(null))?.read(place.start);
    const parsed = parseJson(await this.#bytesOf(place));
    if (!parsed.ok) throw new Error(`${this.path}: the record at byte ${String(place.start)} has changed: ${parsed.message}`);
    return parsed.value;
  }

  /** The record as it stands in the file and its column on its line (UTF-16); null where a file has no lines of text an editor would show. */
  async textOf(place: RecordPlace): Promise<{ readonly text: string; readonly column: number } | null> {
    if ((this.container !== 'lines' && this.container !== 'json') || this.#bytesPath !== this.path) return null;
    const text = (await this.#bytesOf(place)).toString('utf8');
    // A record of a file of lines is its line.
    return { text, column: this.container === 'lines' ? 0 : await this.#columnOf(place.start) };
  }

  /** UTF-16 units between the beginning of the line and a byte, looked for backwards: lines are mostly short. */
  async #columnOf(byte: number): Promise<number> {
    const pieces: Buffer[] = [];
    let from = byte;
    for (let step = COLUMN_STEP; from > 0 && byte - from < COLUMN_REACH; step *= 2) {
      const to = from;
      from = Math.max(0, to - step);
      const piece = await readBytes(this.path, from, to);
      const newline = piece.lastIndexOf(10);
      pieces.unshift(piece.subarray(newline + 1));
      if (newline >= 0) break;
    }
    return Buffer.concat(pieces).toString('utf8').length;
  }

  /** Removes the unpacked copy, if there is one. */
  async close(): Promise<void> {
    if (this.#bytesPath !== this.path) await rm(this.#bytesPath, { force: true });
  }

  /** Records are mostly read in file order: a block is read at once and kept until another one is needed. */
  async #bytesOf({ start, end }: RecordPlace): Promise<Buffer> {
    if (start < this.#block.start || end > this.#block.start + this.#block.bytes.length) {
      this.#block = { start, bytes: await readBytes(this.#bytesPath, start, Math.max(end, start + BLOCK_BYTES)) };
      const { bytes } = this.#block;
      // A huge record must not stay in memory.
      if (bytes.length > BLOCK_BYTES) this.#block = { start: 0, bytes: Buffer.alloc(0) };
      return bytes.subarray(0, end - start);
    }
    return this.#block.bytes.subarray(start - this.#block.start, end - this.#block.start);
  }

  async #openParquet(visitor: Visitor | null): Promise<ParquetRecords | null> {
    try {
      return this.#parquet ??= await ParquetRecords.open(this.#bytesPath);
    } catch (error) {
      return this.#unreadable('Parquet', error, visitor);
    }
  }

  async #openZip(visitor: Visitor | null): Promise<ZipRecords | null> {
    try {
      return this.#zip ??= await ZipRecords.open(this.#bytesPath, this.#size);
    } catch (error) {
      return this.#unreadable('zip', error, visitor);
    }
  }

  #unreadable(kind: string, error: unknown, visitor: Visitor | null): null {
    const message = `not a readable ${kind} file: ${messageOf(error)}`;
    if (visitor === null) throw new Error(`${this.path}: ${message}`);
    visitor.issue(fileIssue('error', message));
    return null;
  }
}
