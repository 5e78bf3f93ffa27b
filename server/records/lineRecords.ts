import { fileIssue } from './issues.ts';
import { eachChunk, MAX_RECORD_BYTES, Pieces } from './byteReader.ts';
import { parseJson } from './jsonText.ts';
import type { ScanEnd, Visitor } from './record.ts';
import type { Work } from './work.ts';
import { breather } from './work.ts';

const NEWLINE = 0x0a;

/**
 * One JSON value a line. Blank lines count as lines, not as records; a line that cannot be read is an issue and the next one
 * goes on. A last line without a line end is read if it is complete, else it is reported as being written.
 */
export async function scanLines(path: string, size: number, visitor: Visitor, work: Work, from: ScanEnd): Promise<ScanEnd> {
  let { offset: lineStart, records, lines } = from;
  const pieces = new Pieces();
  const breathe = breather(work.signal);

  const finish = async (bytes: Buffer, start: number, terminated: boolean): Promise<void> => {
    const line = lines;
    const content = start === 0 ? withoutBom(bytes) : bytes;
    if (isBlank(content)) return;
    const record = records;
    const parsed = parseJson(content);
    const skew = bytes.length - content.length;
    const badByte = parsed.badByte === null ? start : start + skew + parsed.badByte;
    if (!parsed.ok) {
      const message = terminated
        ? `line ${String(line + 1)} is not JSON: ${parsed.message}`
        : `the last line (${String(line + 1)}) is not finished; it may still be written`;
      visitor.issue({ ...fileIssue(terminated ? 'error' : 'warning', message, { record, line, byte: badByte }), ...(terminated ? {} : { code: 'unfinished' as const }) });
      if (terminated) records += 1;
      return;
    }
    if (parsed.remark !== null) visitor.issue(fileIssue('warning', `line ${String(line + 1)} ${parsed.remark}`, { record, line, byte: badByte }));
    records += 1;
    await visitor.record({ record, line, start: start + skew, end: start + bytes.length, value: parsed.value });
  };

  await eachChunk(path, lineStart, size, work, async (chunk, chunkOffset) => {
    let position = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0; newline = chunk.indexOf(NEWLINE, position)) {
      const end = chunkOffset + newline;
      if (pieces.length + newline - position > MAX_RECORD_BYTES) {
        visitor.issue(tooLong(records, lines, lineStart, end - lineStart));
        records += 1;
        pieces.clear();
      } else if (pieces.length > 0) {
        pieces.add(chunk.subarray(position, newline));
        await finish(pieces.take(), lineStart, true);
      } else {
        await finish(chunk.subarray(position, newline), lineStart, true);
      }
      lines += 1;
      position = newline + 1;
      lineStart = end + 1;
      await breathe();
    }
    pieces.add(chunk.subarray(position));
  });

  const finished: ScanEnd = { offset: lineStart, records, lines, openEnd: lineStart < size };
  if (pieces.tooLong) visitor.issue(tooLong(records, lines, lineStart, size - lineStart));
  else if (pieces.length > 0) await finish(pieces.take(), lineStart, false);
  return finished;
}

function tooLong(record: number, line: number, byte: number, length: number): ReturnType<typeof fileIssue> {
  const megabytes = Math.round(length / 1e6);
  return fileIssue('error', `line ${String(line + 1)} has ${String(megabytes)} MB; lines over ${String(MAX_RECORD_BYTES / 1048576)} MiB are not read`, { record, line, byte });
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function isBlank(bytes: Buffer): boolean {
  if (bytes.length > 1024) return false;
  return bytes.every((byte) => byte <= 0x20);
}
