import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../records/makeFolder.ts';
import { UsageError } from './command.ts';

/** The token of a file (never of an argument, which other users see), made on first use. */
export async function tokenFrom(file: string, say: (message: string) => void): Promise<string> {
  const path = resolve(file);
  try {
    const token = (await readFile(path, 'utf8')).trim();
    if (token.length < 16) throw new UsageError(`${path}: the token is shorter than 16 characters`);
    return token;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const token = randomBytes(32).toString('base64url');
  await writePrivate(path, `${token}\n`);
  say(`wrote a new token to ${path}; clients must present it`);
  return token;
}

/** Writes a file that only its owner can read, whole or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true }); // gone already after a rename
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
