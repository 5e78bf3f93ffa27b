/** One server writes a run: the lock is a file in its directory that names the process. */
import { execFile } from 'node:child_process';
import { readFile, rename, rm, link, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { errorCode } from './files.ts';

const HolderSchema = v.object({ pid: v.number(), started: v.string(), host: v.string(), token: v.string() });
export type LockHolder = v.InferOutput<typeof HolderSchema>;

export type LockResult = { readonly release: () => Promise<void> } | { readonly heldBy: LockHolder };

/**
 * When a process started, as its system tells it: a process id alone may have been given to another program since.
 * Null when there is no such process (or the system does not say).
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    // Linux: field 22 of stat, clock ticks since boot; the name in parentheses before it may hold spaces.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (process.platform === 'linux') return null;
    if (errorCode(error) === null) throw error;
  }
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

async function readHolder(path: string): Promise<LockHolder | 'missing' | 'unreadable'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    const parsed = v.safeParse(HolderSchema, JSON.parse(text));
    return parsed.success ? parsed.output : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** A process of another machine cannot be looked at, so its lock counts until somebody removes the file. */
async function isAlive(holder: LockHolder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  return await processStart(holder.pid) === holder.started;
}

/**
 * Takes the lock, or says who holds it. A lock whose process is gone is taken over. The file appears complete (written
 * beside, then linked), so that nobody reads half of it.
 */
export async function takeLock(path: string, token: string): Promise<LockResult> {
  const mine: LockHolder = { pid: process.pid, started: await processStart(process.pid) ?? '', host: hostname(), token };
  for (;;) {
    // Looked at before anything is written: where we may not write, a living holder is still the answer.
    const holder = await readHolder(path);
    if (typeof holder === 'object' && await isAlive(holder)) return { heldBy: holder };
    if (holder !== 'missing') await removeStale(path, holder);
    if (await createLock(path, mine)) return { release: () => releaseLock(path, token) };
  }
}

async function createLock(path: string, mine: LockHolder): Promise<boolean> {
  const beside = `${path}.${mine.token}`;
  try {
    await writeFile(beside, JSON.stringify(mine));
    await link(beside, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

/** Moves a dead lock aside; if somebody replaced it in between, theirs is put back. */
async function removeStale(path: string, stale: LockHolder | 'unreadable'): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  const same = stale === 'unreadable' ? moved === 'unreadable' : typeof moved === 'object' && moved.token === stale.token;
  if (!same) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function releaseLock(path: string, token: string): Promise<void> {
  const holder = await readHolder(path);
  if (typeof holder === 'object' && holder.token === token) await rm(path, { force: true });
}
