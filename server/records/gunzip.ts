import { closeSync, createReadStream, createWriteStream, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { salvageGzip } from './salvageGzip.ts';
import { messageOf } from './work.ts';

/** An archive that unpacks to more is refused: it is a mistake or a bomb. */
const MAX_UNPACKED = 8 * 1024 * 1024 * 1024;

let folder: Promise<string> | null = null;
let counter = 0;

/** One private folder of this process, removed when it ends. */
async function unpackFolder(): Promise<string> {
  folder ??= mkdtemp(join(tmpdir(), 'rlvr-unpacked-')).then((path) => {
    process.once('exit', () => { rmSync(path, { recursive: true, force: true }); });
    return path;
  });
  return folder;
}

/**
 * Unpacks to a temporary file, because records of a gzip file cannot be read by offset. A damaged or cut-off archive gives
 * what could be unpacked, with the issue.
 */
export async function unpackGzip(path: string, signal?: AbortSignal): Promise<{ path: string; size: number; issue: string | null }> {
  const target = join(await unpackFolder(), `${String(counter += 1)}.bytes`);
  let total = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total > MAX_UNPACKED) done(new Error('it unpacks to more than 8 GiB'));
      else done(null, chunk);
    },
  });
  let issue: string | null = null;
  try {
    await pipeline(createReadStream(path), createGunzip(), bound, createWriteStream(target, { mode: 0o600 }), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    issue = `the gzip file could not be unpacked to its end: ${messageOf(error)}`;
    if (total <= MAX_UNPACKED) await salvage(path, target, signal);
  }
  const size = (await stat(target).catch(() => null))?.size ?? 0;
  return { path: target, size, issue };
}

async function salvage(path: string, target: string, signal?: AbortSignal): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size === 0) return;
  const file = openSync(target, 'w', 0o600);
  let total = 0;
  try {
    await salvageGzip(createReadStream(path, { signal }), size, (chunk) => {
      if ((total += chunk.length) <= MAX_UNPACKED) writeSync(file, chunk);
    }, signal);
  } finally {
    closeSync(file);
  }
}
