import { spawn } from 'node:child_process';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

/**
 * The paper's own configuration (sympy 1.12, antlr4 runtime 4.11.1) with a maintained checker on top. All versions are
 * pinned, those of dependencies too: an audit of next year compares with the same checker.
 */
export const PEER_PACKAGES = ['math-verify==0.9.0', 'sympy==1.12', 'antlr4-python3-runtime==4.11.1', 'latex2sympy2_extended==1.11.0', 'mpmath==1.3.0'] as const;

/** What an installation fetches and what it takes on disk with Python's compiled files, megabytes (measured, rounded up). */
export const PEER_SIZE = { downloadMb: 8, diskMb: 110 } as const;

/** An environment that has the checker. */
export interface Peer {
  readonly python: string;
  /** E.g. `math-verify 0.9.0, sympy 1.12, antlr4-python3-runtime 4.11.1`, for reports. */
  readonly versions: string;
}

/** Where the environment is kept unless the user names another folder. */
export function defaultPeerFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rlvr', 'math-peer');
}

const VERSIONS_PROGRAM = `
import importlib.metadata as metadata, json, math_verify
print(json.dumps([f"{name} {metadata.version(name)}" for name in ("math-verify", "sympy", "antlr4-python3-runtime")]))
`;

/** The checker in `folder`, or null when it is not installed there. Starts Python: about a second. */
export async function findPeer(folder: string, signal?: AbortSignal): Promise<Peer | null> {
  const python = pythonOf(folder);
  let last = '';
  try {
    await access(python);
    await run(python, ['-I', '-c', VERSIONS_PROGRAM], (line) => (last = line), signal);
    return { python, versions: v.parse(v.array(v.string()), JSON.parse(last)).join(', ') };
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

export interface InstallOptions {
  /** Python that makes the environment. */
  readonly python: string;
  /** Hears what happens now, one line at a time. */
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the environment in `folder`: the only thing here that uses the network, called only after the user agreed. Nothing
 * half-made stays: what it began is removed when it fails or is cancelled.
 * @throws InstallError that says what is missing, or an AbortError
 */
export async function installPeer(folder: string, { python, onProgress, signal }: InstallOptions): Promise<Peer> {
  await mkdir(folder, { recursive: true });
  // Making an environment clears its folder: one with something else in it is not ours to clear.
  const there = await readdir(folder);
  if (there.length > 0 && !there.includes('pyvenv.cfg')) throw new InstallError(`${folder} holds other files; choose an empty folder.`);
  try {
    onProgress(`making a Python environment in ${folder}`);
    await run(python, ['-m', 'venv', '--clear', folder], onProgress, signal);
    onProgress(`installing ${PEER_PACKAGES.join(', ')}`);
    // Wheels only: no set-up program of a package runs.
    await run(pythonOf(folder), ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--only-binary', ':all:', ...PEER_PACKAGES], onProgress, signal);
    onProgress('checking the installation');
    const peer = await findPeer(folder, signal);
    if (peer === null) throw new InstallError(`The packages were installed in ${folder}, but this Python cannot load them. Remove the folder and try again with another Python.`);
    return peer;
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

/** Why an installation failed, in words for the user. */
export class InstallError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InstallError';
  }
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Lines of a program's output that are kept to explain its failure. */
const KEPT_LINES = 40;

/** Runs a program to its end; a cancelled one is killed with all its children. */
function run(command: string, args: readonly string[], onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError());
    const group = process.platform !== 'win32';
    // A group of its own: pip and ensurepip start processes that a signal to their parent alone would leave behind.
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: group });
    const output: string[] = [];
    const read = (chunk: Buffer): void => {
      for (const line of chunk.toString('utf8').split('\n').map((each) => each.trim())) {
        if (line === '') continue;
        output.push(line);
        if (output.length > KEPT_LINES) output.shift();
        onLine(line);
      }
    };
    const onAbort = (): void => {
      if (group && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error: NodeJS.ErrnoException) => {
      signal?.removeEventListener('abort', onAbort);
      reject(new InstallError(explainFailure(command, error.code === 'ENOENT' ? 'ENOENT' : error.message)));
    });
    child.on('close', (code) => {
      signal?.removeEventListener('abort', onAbort);
      if (signal?.aborted) reject(abortError());
      else if (code === 0) resolve();
      else reject(new InstallError(explainFailure(command, output.join('\n'))));
    });
  });
}

function abortError(): Error {
  return new DOMException('cancelled', 'AbortError');
}

/** What the end of a failed program's output means for the user. Pure. */
export function explainFailure(command: string, output: string): string {
  const last = output.split('\n').at(-1) ?? '';
  if (output === 'ENOENT') return `There is no Python: ${command} was not found. Install Python 3.10 or newer, or name one in the setting rlvr.code.pythonPath.`;
  if (/No module named '?venv|ensurepip is not|No module named '?ensurepip/i.test(output)) {
    return `The Python ${command} cannot make environments: its venv module is missing. On Debian and Ubuntu install the package python3-venv, or name another Python in the setting rlvr.code.pythonPath.`;
  }
  if (/Temporary failure in name resolution|Name or service not known|getaddrinfo|NewConnectionError|ConnectTimeout|ConnectionError|Network is unreachable|Max retries exceeded|ProxyError|Read timed out|ReadTimeout/i.test(output)) {
    return 'The package registry could not be reached. Check the network and pip\'s settings (index, proxy), and try again.';
  }
  if (/No matching distribution|Could not find a version/i.test(output)) return `The package registry that pip is set up for does not have what is needed for this Python: ${last}`;
  if (/No space left on device/i.test(output)) return 'There is no space left on the disk.';
  return `${command} failed: ${last}`;
}
