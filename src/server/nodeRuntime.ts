import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const MIN_NODE_MAJOR = 24;

/** The server needs a Node of its own: the native isolates have no build for the editor's Electron. */
export class NoNodeError extends Error {
  constructor(tried: readonly string[]) {
    super(`The RLVR server needs Node.js ${MIN_NODE_MAJOR} or newer and none was found (tried: ${tried.join('; ')}). Install it from your package manager or nodejs.org, or name one in the setting "rlvr.server.nodePath".`);
    this.name = 'NoNodeError';
  }
}

/**
 * Path of a Node >= 24: the setting, this process's own Node (remote and browser hosts), then `node` on PATH.
 * @throws NoNodeError that names what was tried.
 */
export async function findNode(configured: string | undefined): Promise<string> {
  const tried: string[] = [];
  if (configured) {
    const version = await versionOf(configured);
    if (isNewEnough(version)) return configured;
    tried.push(`${configured} is ${version ?? 'not runnable'}`);
    throw new NoNodeError(tried);
  }
  if (process.versions['electron'] === undefined) {
    if (isNewEnough(process.version)) return process.execPath;
    tried.push(`${process.execPath} is ${process.version}`);
  }
  const onPath = await versionOf('node');
  if (isNewEnough(onPath)) return 'node';
  tried.push(`node on PATH is ${onPath ?? 'missing'}`);
  throw new NoNodeError(tried);
}

async function versionOf(executable: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version'], { timeout: 10_000 });
    return /^v\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}

function isNewEnough(version: string | null): boolean {
  return version !== null && Number(version.slice(1).split('.')[0]) >= MIN_NODE_MAJOR;
}
