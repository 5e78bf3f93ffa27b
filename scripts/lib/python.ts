// Python of this machine, and virtual environments for the few suites that need packages from the Python index.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root, unlessCurrent } from './checkout.ts';
import { withLock } from './lock.ts';
import { findOnPath, mustRun, run } from './processes.ts';
import type { Progress } from './steps.ts';

const INSTALL_MS = 900_000;

/** Path of the python3 on PATH; an error that says what to do when there is none. */
export function findPython(): string {
  const python = findOnPath('python3', 'python');
  if (python === undefined) throw new Error('No python3 was found. Install it ("apt-get install python3", "brew install python").');
  return python;
}

/**
 * A virtual environment in `.cache/<name>` with the packages of a requirements file, made anew when the file changes.
 * @param requirements path relative to the checkout
 * @returns path of its python
 */
export async function ensureVenv(name: string, requirements: string, progress: Progress = () => {}): Promise<string> {
  const folder = join(cache, name);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const text = readFileSync(join(root, requirements));
  const inputs = createHash('sha256').update(text).update(findPython()).digest('hex');
  await withLock(`venv-${name}`, () =>
    unlessCurrent(`venv-${name}`, inputs, python, async () => {
      rmSync(folder, { recursive: true, force: true });
      await createVenv(folder, progress);
      progress(`installing ${requirements}`);
      await mustRun(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', join(root, requirements)], {
        onLine: progress,
        timeoutMs: INSTALL_MS,
      });
    }),
  );
  return python;
}

async function createVenv(folder: string, progress: Progress): Promise<void> {
  progress('creating a virtual environment');
  const made = await run(findPython(), ['-m', 'venv', folder], { onLine: progress, timeoutMs: INSTALL_MS });
  if (made.code === 0) return;
  // Debian packs venv's pip apart; as root we may fetch it, else the message says what is missing.
  const isRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isRoot) throw new Error(`No virtual environment could be made; install python3-venv (sudo apt-get install python3-venv).\n${made.tail}`);
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'python3-venv'], { onLine: progress, timeoutMs: INSTALL_MS });
  rmSync(folder, { recursive: true, force: true });
  await mustRun(findPython(), ['-m', 'venv', folder], { onLine: progress, timeoutMs: INSTALL_MS });
}
