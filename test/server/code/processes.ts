// Looks at processes of this machine through /proc.
import { readdirSync, readFileSync } from 'node:fs';

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function entries(): Entry[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), state: fields[0] ?? '' }];
    } catch {
      return []; // ended meanwhile
    }
  });
}

/** All living descendants of a process, parents before children. */
export function descendants(pid: number): number[] {
  const all = entries().filter((entry) => entry.state !== 'Z');
  const found: number[] = [];
  const visit = (parent: number): void => {
    for (const entry of all) {
      if (entry.parent !== parent) continue;
      found.push(entry.pid);
      visit(entry.pid);
    }
  };
  visit(pid);
  return found;
}

/** Hundredths of a second of CPU time that a process has used; 0 when it is gone. */
export function cpuTicks(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** `kill -9`; it may have ended already. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function isAlive(pid: number): boolean {
  return entries().some((entry) => entry.pid === pid && entry.state !== 'Z');
}

/** Waits until `condition` holds; fails after `ms`. */
export async function until(what: string, condition: () => boolean, ms = 20_000): Promise<void> {
  for (const begun = Date.now(); !condition();) {
    if (Date.now() - begun > ms) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
