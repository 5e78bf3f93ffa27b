import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { parseJson } from './jsonText.ts';

/**
 * How records lie in a file, found from its first bytes and never from its name (formats.md section 0.1):
 * `lines` one JSON value a line, `json` one array or object, `parquet`, `zip` (an Inspect log), `gzip` of any of these.
 */
export type Container = 'lines' | 'json' | 'parquet' | 'zip' | 'gzip' | 'empty' | 'unknown';

/** The first JSON value is followed no further than this to decide between lines and one array. */
const MAX_PROBE = 64 * 1024 * 1024;
const CHUNK = 256 * 1024;

export interface Sniffed {
  readonly container: Container;
  /** Why nothing can be read; only with `unknown`. */
  readonly reason: string | null;
}

const known = (container: Container): Sniffed => ({ container, reason: null });
const unknown = (reason: string): Sniffed => ({ container: 'unknown', reason });

export async function sniff(path: string, signal?: AbortSignal): Promise<Sniffed> {
  const file = await open(path, 'r');
  try {
    return await sniffHandle(file, signal);
  } finally {
    await file.close();
  }
}

async function sniffHandle(file: FileHandle, signal?: AbortSignal): Promise<Sniffed> {
  const head = await readChunk(file, 0);
  if (head.length === 0) return known('empty');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return known('parquet');
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return known('zip');
  if (head[0] === 0x1f && head[1] === 0x8b) return known('gzip');
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return unknown('the file is UTF-16; save it as UTF-8');
  }
  return sniffJson(file, head, signal);
}

/** Length of a UTF-8 byte order mark at the start of a file: 3 or 0. */
export function bomLength(head: Buffer): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

/** The same for bytes that are already in memory, by their first line: JSON lines or one JSON value. */
export function sniffBytes(head: Buffer): Container {
  const start = firstNonSpace(head, bomLength(head));
  if (start < 0) return 'empty';
  const newline = head.indexOf(0x0a, start);
  const line = newline < 0 ? head : head.subarray(0, newline);
  return parseJson(line.subarray(bomLength(line))).ok ? 'lines' : 'json';
}

async function sniffJson(file: FileHandle, head: Buffer, signal?: AbortSignal): Promise<Sniffed> {
  const start = firstNonSpace(head, bomLength(head));
  if (start < 0) return head.length < CHUNK ? known('empty') : unknown('the file begins with blanks only');
  const first = String.fromCharCode(head[start] ?? 0);
  if (first !== '{' && first !== '[') {
    return /\n\s*[{[]/.test(head.toString('latin1')) ? known('lines') : unknown('neither JSON, JSON lines, Parquet, zip nor gzip');
  }
  let depth = 0, inString = false, escaped = false, ended = false, lineEnded = false;
  for (let offset = 0, chunk = head; chunk.length > 0 && offset < MAX_PROBE; offset += chunk.length, chunk = await readChunk(file, offset)) {
    signal?.throwIfAborted();
    for (let i = offset === 0 ? start : 0; i < chunk.length; i += 1) {
      const byte = chunk[i] ?? 0;
      if (ended) {
        // A line after a whole object is another line, also a damaged one.
        if (byte > 0x20) return known(byte === 0x7b || byte === 0x5b || (first === '{' && lineEnded) ? 'lines' : 'json');
        lineEnded ||= byte === 0x0a;
      } else if (byte === 0x0a) {
        // A value that goes on after a line's end is not a line of JSON; unless the next line starts a new object: then it is a torn line.
        return known(first === '{' && chunk[i + 1] === 0x7b ? 'lines' : 'json');
      } else if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) inString = false;
      } else if (byte === 0x22) inString = true;
      else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) { depth -= 1; ended = depth <= 0; }
    }
  }
  // One value only: an array is an array; an object may be a one-line file, an Inspect log, or a torn line.
  return known(first === '{' && !ended ? 'lines' : 'json');
}

function firstNonSpace(bytes: Buffer, from: number): number {
  for (let i = from; i < bytes.length; i += 1) if ((bytes[i] ?? 0) > 0x20) return i;
  return -1;
}

async function readChunk(file: FileHandle, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
  return buffer.subarray(0, bytesRead);
}
