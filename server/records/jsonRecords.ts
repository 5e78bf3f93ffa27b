import { eachChunk, MAX_RECORD_BYTES, readBytes } from './byteReader.ts';
import { fileIssue } from './issues.ts';
import { JsonScanner } from './jsonScanner.ts';
import type { ElementRange } from './jsonScanner.ts';
import { parseJson } from './jsonText.ts';
import type { ScanEnd, Visitor } from './record.ts';
import { SCAN_START } from './record.ts';
import type { Work } from './work.ts';

/** Members of a top-level object that hold the records: an Inspect log's samples, a GAOKAO-Bench file's examples. */
export const RECORD_MEMBERS = ['samples', 'example'] as const;

/**
 * One JSON array (each element a record), or one object (its records member, else the object itself). The elements are found
 * as bytes and parsed one by one, so a cut-off array gives every complete record and the place where it breaks.
 */
export async function scanJson(path: string, size: number, visitor: Visitor, work: Work): Promise<ScanEnd> {
  let waiting: ElementRange[] = [];
  let records = 0;
  const scanner = new JsonScanner((element) => { waiting.push(element); }, RECORD_MEMBERS);

  await eachChunk(path, 0, size, work, async (chunk, offset) => {
    scanner.push(chunk);
    const elements = waiting;
    waiting = [];
    for (const element of elements) {
      const inChunk = element.start >= offset;
      const bytes = element.end - element.start > MAX_RECORD_BYTES ? null
        : inChunk ? chunk.subarray(element.start - offset, element.end - offset)
        : await readBytes(path, element.start, element.end);
      await visitElement(visitor, records, element, bytes);
      records += 1;
    }
  });

  if (!scanner.found) return scanObject(path, size, visitor);
  if (!scanner.closed) {
    const byte = scanner.pendingStart >= 0 ? scanner.pendingStart : size;
    const message = scanner.pendingStart >= 0
      ? `record ${String(records + 1)} is incomplete (byte ${String(byte)}): the file ends inside of it`
      : `the array is not closed after record ${String(records)} (byte ${String(byte)}): the file is cut off`;
    visitor.issue(fileIssue('error', message, { record: records, line: scanner.pendingStart >= 0 ? scanner.pendingLine : null, byte }));
  }
  return { ...SCAN_START, offset: size, records };
}

async function visitElement(visitor: Visitor, record: number, element: ElementRange, bytes: Buffer | null): Promise<void> {
  const { start, end, line } = element;
  if (bytes === null) {
    visitor.issue(fileIssue('error', `record ${String(record + 1)} is too long to be read`, { record, line, byte: start }));
    return;
  }
  const parsed = parseJson(bytes);
  const byte = start + (parsed.badByte ?? 0);
  if (!parsed.ok) {
    visitor.issue(fileIssue('error', `record ${String(record + 1)} is not JSON: ${parsed.message}`, { record, line, byte }));
    return;
  }
  if (parsed.remark !== null) visitor.issue(fileIssue('warning', `record ${String(record + 1)} ${parsed.remark}`, { record, line, byte }));
  await visitor.record({ record, line, start, end, value: parsed.value });
}

/** A file that is one object without a list of records in it. */
async function scanObject(path: string, size: number, visitor: Visitor): Promise<ScanEnd> {
  const bytes = size > MAX_RECORD_BYTES ? null : await readBytes(path, 0, size);
  const start = bytes !== null && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  await visitElement(visitor, 0, { start, end: size, line: 0 }, bytes === null ? null : bytes.subarray(start));
  return { ...SCAN_START, offset: size, records: 1 };
}
