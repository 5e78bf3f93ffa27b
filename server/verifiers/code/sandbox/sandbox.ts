import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SandboxLevel } from '../../../protocol/verdict.ts';
import type { BoxCommand } from '../box.ts';
import type { Interpreter, PythonFacts } from '../interpreter.ts';
import { boxCommand, type SandboxKind } from './boxCommand.ts';

const run = promisify(execFile);

/** How candidates are contained on this machine. */
export interface Sandbox {
  readonly level: SandboxLevel;
  /** One sentence for people: what holds, and what could not be had. */
  readonly detail: string;
  /** The Python that runs in it. */
  readonly python: PythonFacts;
  /** Command of a new box. */
  readonly command: (numpy: boolean, memoryMb: number) => Promise<BoxCommand>;
}

export interface SandboxOptions {
  readonly interpreter: Interpreter;
  readonly runner: string;
}

/** Builds the sandbox of one kind, without trying whether it holds (probe.ts does). Null where its parts are missing. */
export async function makeSandbox(kind: SandboxKind, options: SandboxOptions): Promise<Sandbox | null> {
  const { interpreter, runner } = options;
  const bubblewrap = kind === 'namespaces' ? await findBubblewrap() : null;
  if (kind === 'namespaces' && bubblewrap === null) return null;
  const root = process.getuid?.() === 0;
  const ownUid = kind !== 'unsafe' && root && othersCanRead([interpreter.executable, ...interpreter.folders, runner], kind === 'seccomp');
  const detail = {
    namespaces: `Namespaces (${bubblewrap?.version ?? ''}), system call filter and Landlock; no network, no files of yours`,
    seccomp: `System call filter and Landlock without namespaces${root && !ownUid ? '; all candidates share one user id, because other users cannot read the Python' : ''}`,
    unsafe: 'No sandbox: programs run with your rights, because the unsafe switch is on',
  }[kind];
  return {
    level: kind,
    detail,
    python: interpreter,
    command: (numpy, memoryMb) => boxCommand({ kind, interpreter, runner, numpy, memoryMb, bubblewrap: bubblewrap?.path ?? null, ownUid }),
  };
}

/** bubblewrap on the PATH, if its version has what a box needs (--size and --perms for its file system). */
async function findBubblewrap(): Promise<{ path: string; version: string } | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'bwrap');
    if (!existsSync(path)) continue;
    try {
      accessSync(path, constants.X_OK);
      const { stdout } = await run(path, ['--version'], { timeout: 5000 });
      const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
      if (Number(major) > 0 || Number(minor) >= 7) return { path, version: stdout.trim() };
    } catch {
      // not one that runs: look on
    }
  }
  return null;
}

/** May a user who owns nothing read these? `byPath`: also reach them from the root directory. */
function othersCanRead(paths: readonly string[], byPath: boolean): boolean {
  return paths.every((path) => {
    const mode = statSync(path).mode;
    if ((mode & 0o004) === 0 || (statSync(path).isDirectory() && (mode & 0o001) === 0)) return false;
    for (let folder = dirname(path); byPath && folder !== '/'; folder = dirname(folder)) {
      if ((statSync(folder).mode & 0o001) === 0) return false;
    }
    return true;
  });
}
