// One at a time: two commands that build or install into the same folders wait for each other.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './checkout.ts';

const RETRY_MS = 200;

/**
 * Runs `work` while holding a lock of this checkout. A lock whose process has ended is taken over.
 * @param waiting called once with the holder's process id when the lock is held by another process
 */
export async function withLock<T>(name: string, work: () => Promise<T>, waiting: (holder: number) => void = () => {}): Promise<T> {
  const file = join(cache, 'locks', name);
  mkdirSync(join(cache, 'locks'), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === undefined || !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) waiting(holder);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
