import { createReadStream } from 'node:fs';

/** A line of a file: its text without the newline, its first byte, and the byte after its newline. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** False for the last line when its newline is missing: somebody is still writing it, or a crash cut it. */
  readonly complete: boolean;
}

/** A line longer than this is not ours and would only fill the memory. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Reads lines from byte `from` (inclusive) to byte `to` (exclusive; all when absent). Text that is not UTF-8 becomes U+FFFD.
 * @throws Error on a line beyond 256 MB, and the system's error when the file cannot be read.
 */
export async function* readLines(path: string, from = 0, to?: number): AsyncGenerator<Line> {
  if (to !== undefined && to <= from) return;
  const stream = createReadStream(path, { start: from, ...(to === undefined ? {} : { end: to - 1 }), highWaterMark: 256 * 1024 });
  let start = from;
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer; // a stream without encoding yields Buffers
    let at = 0;
    for (let newline = bytes.indexOf(10, at); newline >= 0; newline = bytes.indexOf(10, at)) {
      parts.push(bytes.subarray(at, newline));
      const text = Buffer.concat(parts).toString('utf8');
      const end = start + held + (newline - at) + 1;
      yield { text, start, end, complete: true };
      start = end;
      parts = [];
      held = 0;
      at = newline + 1;
    }
    if (at < bytes.length) {
      parts.push(bytes.subarray(at));
      held += bytes.length - at;
      if (held > MAX_LINE_BYTES) throw new Error(`${path}: the line at byte ${start} is longer than ${MAX_LINE_BYTES / 1048576} MB`);
    }
  }
  if (held > 0) yield { text: Buffer.concat(parts).toString('utf8'), start, end: start + held, complete: false };
}
