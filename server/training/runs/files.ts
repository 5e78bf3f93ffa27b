import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../records/makeFolder.ts';

/** Makes a change of names in a directory durable. Directories cannot be synced on every file system: then it is left to the system. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try { await handle.sync(); } finally { await handle.close(); }
  } catch { /* not supported here */ }
}

/** Writes a whole file so that a reader, or a crash, sees the old content or the new, never a part. */
export function writeAtomically(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  return writeBeside(path, content, mode, (temporary) => rename(temporary, path));
}

/** Writes a whole file unless there is one of that name. @returns false when there is: of several writers exactly one wins. */
export async function createAtomically(path: string, content: string): Promise<boolean> {
  try {
    await writeBeside(path, content, 0o644, (temporary) => link(temporary, path));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeBeside(path: string, content: string | Uint8Array, mode: number, publish: (temporary: string) => Promise<void>): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await publish(temporary);
  } finally {
    await rm(temporary, { force: true }); // gone already after a rename
  }
  await syncDirectory(dirname(path));
}

/** SHA-256 of a file as lower-case hex, read in pieces. */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal })) hash.update(piece as Buffer); // a stream without encoding yields Buffers
  return hash.digest('hex');
}

/** The code of a system error such as `ENOENT`, else null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** An error in words for people, with what to do where that is known. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  switch (errorCode(error)) {
    case 'ENOSPC': return `the disk is full (${message})`;
    case 'EDQUOT': return `the disk quota is used up (${message})`;
    case 'EROFS': return `the file system is read-only (${message})`;
    case 'EACCES': return `access denied (${message})`;
    default: return message;
  }
}
