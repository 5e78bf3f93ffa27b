import { open } from 'node:fs/promises';
import type { Work } from './work.ts';
import { breather } from './work.ts';

/** Bytes read at once while a file is scanned. */
export const CHUNK_BYTES = 1024 * 1024;

/** A longer record is reported and skipped: V8 cannot hold its text (limit about 512 MB). */
export const MAX_RECORD_BYTES = 256 * 1024 * 1024;

/** Bytes [start, end) of a file; fewer when it has become shorter. */
export async function readBytes(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.max(0, end - start));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/**
 * Reads [from, to) in chunks, in order. The chunk's bytes are valid only until `visit` returns. Progress is in bytes;
 * the event loop gets its turn between chunks.
 */
export async function eachChunk(path: string, from: number, to: number, work: Work, visit: (chunk: Buffer, offset: number) => Promise<void> | void): Promise<void> {
  const file = await open(path, 'r');
  const breathe = breather(work.signal);
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK_BYTES, to - from)));
  try {
    for (let offset = from; offset < to;) {
      work.signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - offset), offset);
      if (bytesRead === 0) break;
      await visit(buffer.subarray(0, bytesRead), offset);
      offset += bytesRead;
      work.progress?.({ done: offset, total: to });
      await breathe();
    }
  } finally {
    await file.close();
  }
}

/** Collects the bytes of one record that may lie over several chunks. */
export class Pieces {
  #parts: Buffer[] = [];
  #length = 0;
  #tooLong = false;

  get length(): number { return this.#length; }
  get tooLong(): boolean { return this.#tooLong; }

  add(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > MAX_RECORD_BYTES) { this.#tooLong = true; this.#parts = []; }
    // The chunk's buffer is used again for the next chunk.
    else if (bytes.length > 0) this.#parts.push(Buffer.from(bytes));
  }

  take(): Buffer {
    const whole = this.#parts.length === 1 ? this.#parts[0] ?? Buffer.alloc(0) : Buffer.concat(this.#parts);
    this.clear();
    return whole;
  }

  clear(): void {
    this.#parts = [];
    this.#length = 0;
    this.#tooLong = false;
  }
}
