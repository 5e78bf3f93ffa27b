import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PYODIDE_FILES } from './engine.ts';
import type { PyodideParts } from './parts.ts';
import type { RunnerConfig } from './pyodideRunner.worker.ts';
import { runnerCommand, systemRoot } from './runnerCommand.ts';

const run = promisify(execFile);

const MOST_BYTES = 256 * 1024 * 1024;
const MAKE_MS = 120_000;
/** A snapshot of another version goes when nobody has used it for so long. */
const KEPT_DAYS = 30;

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rlvr', 'pyodide');

/**
 * The file with the memory of a Python in Pyodide that has done all that programs share (in_pyodide.py): 30 MB, for these parts and
 * no others. Made when there is none, which takes seconds.
 */
export async function snapshotFile(parts: PyodideParts, folder = cacheFolder()): Promise<string> {
  const file = join(folder, `${await keyOf(parts)}.snapshot`);
  const now = new Date();
  try {
    await utimes(file, now, now);
    return file;
  } catch {
    // there is none
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder, now.getTime() - KEPT_DAYS * 24 * 3600 * 1000);
  const bytes = await makeSnapshot(parts);
  const unfinished = join(folder, `${randomUUID()}.unfinished`);
  try {
    await writeFile(unfinished, bytes, { mode: 0o600 });
    await rename(unfinished, file); // whole, whoever else makes one
  } finally {
    await rm(unfinished, { force: true });
  }
  return file;
}

async function makeSnapshot(parts: PyodideParts): Promise<Buffer> {
  const config: RunnerConfig = { parts: parts.engine, snapshot: null, memoryBytes: 0 };
  const [node, ...args] = runnerCommand(parts);
  try {
    return (await run(node, [...args, JSON.stringify(config)], { env: systemRoot(), encoding: 'buffer', maxBuffer: MOST_BYTES, timeout: MAKE_MS, windowsHide: true })).stdout;
  } catch (error) {
    const lines = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n') : [];
    const reason = lines.findLast((line) => /^\w*Error: /.test(line)) ?? lines.at(-1) ?? '';
    throw new Error(`Pyodide does not start: ${reason.slice(0, 300)}`, { cause: error });
  }
}

/** Hash of all that a snapshot is made of. */
async function keyOf({ engine }: PyodideParts): Promise<string> {
  const python = (await readdir(engine.runner)).filter((name) => name.endsWith('.py')).sort().map((name) => join(engine.runner, name));
  const hash = createHash('sha256');
  for (const file of [engine.realm, ...Object.values(PYODIDE_FILES).map((name) => join(engine.pyodide, name)), ...python]) {
    const bytes = await readFile(file);
    hash.update(`${file.length} ${bytes.length} ${file}`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (((await stat(path).catch(() => null))?.mtimeMs ?? Infinity) < before) await rm(path, { force: true });
  }
}
