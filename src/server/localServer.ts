import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { EndpointSchema, type Endpoint } from '../../server/protocol/endpoint.ts';

export interface LocalServerOptions {
  /** Folder for the endpoint file and the server's log; private to the user. */
  readonly folder: string;
  /** The bundled server program. */
  readonly program: string;
  readonly version: string;
  readonly node: string;
  readonly python: string | undefined;
  readonly unsafeCode: boolean;
  readonly idleExitMinutes: number;
}

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 50;
/** A server that finds another one on its endpoint file ends like this. */
const GAVE_WAY = 'exit code 0';
const AGAIN_MS = 1_000;

/** The endpoint of this build's server if its file exists; whether it answers is for the caller to find out. */
export async function readEndpoint(folder: string, version: string): Promise<Endpoint | null> {
  try {
    return v.parse(EndpointSchema, JSON.parse(await readFile(endpointFile(folder, version), 'utf8')));
  } catch {
    // Missing, half written or of an older build: as good as none.
    return null;
  }
}

/**
 * Starts the bundled server as a process of its own that outlives this window: runs belong to the server. The server
 * refuses to start twice on one endpoint file, so two windows that start it at once end up with one.
 * @param gone the endpoint that no longer answers; its file may still lie there.
 * @throws Error with the tail of the server's log when it does not come up.
 */
export async function startLocalServer(options: LocalServerOptions, gone: Endpoint | null): Promise<Endpoint> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const logPath = serverLogFile(options.folder);
  const log = await open(logPath, 'a', 0o600);
  try {
    const { size: logStart } = await log.stat();
    let started = launch(options, log.fd);
    for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
      const endpoint = await readEndpoint(options.folder, options.version);
      if (endpoint && endpoint.instance !== gone?.instance) return endpoint;
      if (started.exit === GAVE_WAY) {
        // To a server that another window started, or to one that is about to stop and leaves its place.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        const other = await readEndpoint(options.folder, options.version);
        if (!other || other.instance === gone?.instance) started = launch(options, log.fd);
      } else if (started.exit !== null) break;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    const tail = (await readFile(logPath, 'utf8')).slice(logStart).trim().split('\n').slice(-8).join('\n');
    throw new Error(`The RLVR server did not start (${started.exit ?? `nothing after ${START_TIMEOUT_MS / 1000} s`}).\n${tail}`);
  } finally {
    await log.close();
  }
}

/** One process; `exit` says how it ended, null while it runs. */
function launch(options: LocalServerOptions, log: number): { readonly exit: string | null } {
  // V8's young generation grows to hundreds of megabytes with the machine's memory, and a server never gives them back.
  const args = ['--max-semi-space-size=8', options.program, 'serve', '--endpoint-file', endpointFile(options.folder, options.version), '--idle-exit', String(options.idleExitMinutes)];
  if (options.python) args.push('--python', options.python);
  if (options.unsafeCode) args.push('--unsafe-code');
  const started: { exit: string | null } = { exit: null };
  const child = spawn(options.node, args, { detached: true, stdio: ['ignore', 'ignore', log], cwd: options.folder, env: serverEnvironment() });
  child.once('error', (error) => (started.exit = error.message));
  child.once('exit', (code, signal) => (started.exit = `exit code ${code ?? signal ?? 'unknown'}`));
  child.unref();
  return started;
}

export function serverLogFile(folder: string): string {
  return join(folder, 'server.log');
}

function endpointFile(folder: string, version: string): string {
  return join(folder, `server-${version}.json`);
}

/** The editor's own variables (ELECTRON_RUN_AS_NODE, VSCODE_*, NODE_OPTIONS) would change how the server runs. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ELECTRON_|VSCODE_|NODE_OPTIONS$|NODE_EXTRA_)/.test(name)));
}
