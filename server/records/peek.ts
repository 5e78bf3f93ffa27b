import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { readBytes } from './byteReader.ts';
import { identityOf } from './identity.ts';
import { JsonScanner } from './jsonScanner.ts';
import { RECORD_MEMBERS } from './jsonRecords.ts';
import { parseJson } from './jsonText.ts';
import { salvageGzip } from './salvageGzip.ts';
import { ParquetRecords } from './parquetRecords.ts';
import { sniff, sniffBytes } from './sniff.ts';
import type { Container } from './sniff.ts';
import { ZipRecords } from './zipRecords.ts';

/** A file is judged by this much of its start, bytes. */
const HEAD_BYTES = 4 * 1024 * 1024;

export interface Peeked {
  readonly container: Container;
  /** The first records, parsed; those that cannot be parsed are left out. */
  readonly records: readonly unknown[];
  /** Why nothing could be read, for a file that is neither empty nor of records. */
  readonly reason: string | null;
}

/** The first `count` records of a file, read from its start only, however large it is. */
export async function peek(path: string, count: number, signal?: AbortSignal): Promise<Peeked> {
  const { container, reason } = await sniff(path, signal);
  const size = (await identityOf(path))?.size ?? 0;
  switch (container) {
    case 'parquet': return { container, records: await (await ParquetRecords.open(path)).first(count), reason: null };
    case 'zip': return { container, records: await (await ZipRecords.open(path, size)).first(count), reason: null };
    case 'gzip': {
      const head = await unpackedHead(path);
      const inner = sniffBytes(head);
      return { container, records: recordsOf(inner, head, false, count), reason: null };
    }
    case 'lines': case 'json': return { container, records: recordsOf(container, await readBytes(path, 0, Math.min(size, HEAD_BYTES)), size <= HEAD_BYTES, count), reason: null };
    case 'empty': case 'unknown': return { container, records: [], reason };
  }
}

function recordsOf(container: Container, head: Buffer, whole: boolean, count: number): unknown[] {
  if (container === 'lines') return parsed(lines(head, whole), count);
  if (container !== 'json') return [];
  const elements: Buffer[] = [];
  const scanner = new JsonScanner(({ start, end }) => { if (elements.length < count) elements.push(head.subarray(start, end)); }, RECORD_MEMBERS);
  scanner.push(head);
  return parsed(scanner.found || !whole ? elements : [head], count);
}

function* lines(head: Buffer, whole: boolean): Generator<Buffer> {
  let start = 0;
  for (let end = head.indexOf(0x0a); end >= 0; end = head.indexOf(0x0a, start)) {
    yield head.subarray(start, end);
    start = end + 1;
  }
  if (whole && start < head.length) yield head.subarray(start);
}

function parsed(pieces: Iterable<Buffer>, count: number): unknown[] {
  const records: unknown[] = [];
  for (const piece of pieces) {
    if (records.length >= count) break;
    const value = parseJson(piece);
    if (value.ok) records.push(value.value);
  }
  return records;
}

async function unpackedHead(path: string): Promise<Buffer> {
  const packed = await readBytes(path, 0, HEAD_BYTES / 4);
  try {
    return await promisify(gunzip)(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 256 * 1024 * 1024 });
  } catch {
    const chunks: Buffer[] = [];
    await salvageGzip(Readable.from([packed]), packed.length, (chunk) => chunks.push(chunk));
    return Buffer.concat(chunks);
  }
}
