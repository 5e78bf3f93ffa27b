import { spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The paper's own configuration (sympy 1.12, antlr4 runtime 4.11.1) with a maintained checker on top. */
export const PEER_PACKAGES = ['sympy==1.12', 'antlr4-python3-runtime==4.11.1', 'math-verify==0.9.0'] as const;

/** Where the environment is kept unless the user names another folder. */
export function defaultPeerFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rlvr', 'math-peer');
}

/** Python of the environment in `folder`, or null when it is not installed there. */
export async function findPeer(folder: string): Promise<string | null> {
  const python = pythonOf(folder);
  try {
    await access(python);
    await run(python, ['-c', 'import math_verify'], () => undefined);
    return python;
  } catch {
    return null;
  }
}

/**
 * Makes the environment in `folder`: the only thing here that uses the network, called only after the user agreed.
 * Rejects with the installer's last words, or with an AbortError.
 */
export async function installPeer(folder: string, options: { python: string; onProgress: (line: string) => void; signal?: AbortSignal }): Promise<string> {
  await mkdir(folder, { recursive: true });
  options.onProgress(`making a Python environment in ${folder}`);
  await run(options.python, ['-m', 'venv', folder], options.onProgress, options.signal);
  options.onProgress(`installing ${PEER_PACKAGES.join(', ')}`);
  await run(pythonOf(folder), ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', ...PEER_PACKAGES], options.onProgress, options.signal);
  return pythonOf(folder);
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function run(command: string, args: readonly string[], onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(signal === undefined ? {} : { signal }) });
    let last = '';
    const read = (chunk: Buffer): void => {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (line.trim() === '') continue;
        last = line.trim();
        onLine(last);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args[1] ?? ''} failed: ${last}`))));
  });
}
