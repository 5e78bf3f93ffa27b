// What the suites look at of a run: its directory, its events on disk, the process of the server that writes them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Of an event on disk, what the suites look at. */
export interface EventOnDisk {
  readonly seq: number;
  readonly body: { readonly type: string; readonly status?: string; readonly message?: string; readonly step?: number };
}

/** The only run of a workspace. */
export function runDirectory(workspace: string): string {
  const [run] = readdirSync(join(workspace, 'runs'));
  assert.ok(run);
  return join(workspace, 'runs', run);
}

export function eventsOf(directory: string): EventOnDisk[] {
  const text = readFileSync(join(directory, 'events.jsonl'), 'utf8');
  // The last line may still be written.
  return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter(Boolean).map((line) => JSON.parse(line) as EventOnDisk);
}

/** Kills the one server that all windows of this host share, found by its endpoint file. */
export function killServer(workspace: string): void {
  const folder = join(dirname(workspace), 'user-data', 'User', 'globalStorage');
  const [endpoint, ...more] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /^server-.*\.json$/.test(basename(file)));
  assert.ok(endpoint !== undefined && more.length === 0, 'one server for all windows');
  process.kill((JSON.parse(readFileSync(join(folder, endpoint), 'utf8')) as { pid: number }).pid, 'SIGKILL');
}

/** Kills the extension host of a workbench, a descendant of its process; the window starts another. Linux only: it is found in /proc. */
export function killExtensionHost(workbench: number): void {
  const parentOf = (pid: number): number => {
    try {
      // The second field is the name in brackets, which may hold spaces.
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
    } catch {
      return 0; // ended meanwhile
    }
  };
  const isOfWorkbench = (pid: number): boolean => pid === workbench || (pid > 1 && isOfWorkbench(parentOf(pid)));
  const hosts = readdirSync('/proc').map(Number).filter((pid) => pid > 1 && commandLine(pid).includes('--type=extensionHost') && isOfWorkbench(pid));
  assert.equal(hosts.length, 1, 'one extension host');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
