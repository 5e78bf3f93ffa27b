import { stat } from 'node:fs/promises';

/** What tells two states of a file apart without reading it. Times in milliseconds, size in bytes. */
export interface FileIdentity {
  readonly size: number;
  readonly modified: number;
  readonly inode: number;
}

/** Null when there is no such file. Other errors (no permission) are thrown. */
export async function identityOf(path: string): Promise<FileIdentity | null> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error(`${path} is not a file`);
    return { size: found.size, modified: found.mtimeMs, inode: found.ino };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

export function sameIdentity(a: FileIdentity | null, b: FileIdentity | null): boolean {
  if (a === null || b === null) return a === b;
  return a.size === b.size && a.modified === b.modified && a.inode === b.inode;
}
