// Where things are in the checkout, and whether they have changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Folder of the checkout. */
export const root = dirname(dirname(import.meta.dirname));

/** Folder for everything the scripts download, build or keep between calls; never committed. */
export const cache = join(root, '.cache');

/**
 * SHA-256 over the names and contents of files and folders (relative to the checkout; missing ones count as absent).
 * The same sources give the same hash on every machine.
 */
export function contentHash(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, join(root, path));
  return hash.digest('hex');
}

function addToHash(hash: ReturnType<typeof createHash>, path: string): void {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (name !== 'node_modules' && name !== '__pycache__') addToHash(hash, join(path, name));
    }
    return;
  }
  const content = readFileSync(path);
  hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
}

/**
 * Runs `make` unless its last success had the same inputs and its outcome is still there.
 * @param name of the stamp, kept in `.cache/stamps`
 * @param outcome absolute path that must exist for the stamp to count
 * @returns true when `make` ran
 */
export async function unlessCurrent(name: string, inputs: string, outcome: string, make: () => Promise<void>): Promise<boolean> {
  const stamp = join(cache, 'stamps', name);
  if (existsSync(outcome) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return false;
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
  return true;
}
