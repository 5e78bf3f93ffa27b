// Starts the installed code-server as a workbench on this machine's loopback.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/checkout.ts';
import { findNode24 } from '../lib/node24.mjs';
import { mustRun, start, type Running } from '../lib/processes.ts';
import { codeServerFolder, vscodeFolder } from './installCodeServer.ts';
import { writeSettings } from './settings.ts';

export interface WorkbenchOptions {
  /** Folder for the user's settings, state and logs. */
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  /** Port on loopback; a free one when absent. */
  readonly port?: number | undefined;
  /** False lets VS Code ask whether a folder is trusted, as it does by itself; true trusts every folder. */
  readonly trustEveryFolder: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly logFile?: string;
}

export interface Workbench {
  /** Address of the workbench without a folder, such as `http://127.0.0.1:41234/`. */
  readonly address: string;
  /** Address that opens a folder of this machine. */
  urlOf(folder: string): string;
  readonly process: Running;
}

const host = '127.0.0.1';
const READY_MS = 60_000;

/** Starts code-server and resolves when it answers. Nothing but this machine can reach it, so it asks for no password. */
export function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  return serve(options, (port) => [
    ...entry(options),
    '--auth', 'none',
    '--bind-addr', `${host}:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.trustEveryFolder ? ['--disable-workspace-trust'] : []),
  ]);
}

/**
 * Starts the VS Code server inside code-server by itself, in the mode of VS Code's own smoke tests: only then does the
 * web workbench run the test suites that its address names.
 */
export function startTestWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  return serve(options, (port) => [
    join(vscodeFolder, 'out', 'server-main.js'),
    '--host', host,
    '--port', String(port),
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver',
    '--disable-telemetry',
    '--server-data-dir', options.userDataFolder,
    '--user-data-dir', options.userDataFolder,
    '--extensions-dir', options.extensionsFolder,
    ...(options.trustEveryFolder ? ['--disable-workspace-trust'] : []),
  ]);
}

async function serve(options: WorkbenchOptions, args: (port: number) => string[]): Promise<Workbench> {
  writeSettings(options.userDataFolder, options.settings);
  mkdirSync(options.extensionsFolder, { recursive: true });
  const port = await freePort(options.port);
  const log = options.logFile === undefined ? {} : { logFile: options.logFile };
  const running = start(findNode24(root), args(port), { env: { ...withoutEditor, ...options.env }, ...log });
  const address = `http://${host}:${port}/`;
  await answers(address, running);
  return { address, urlOf: (folder) => `${address}?folder=${encodeURIComponent(folder)}`, process: running };
}

/** Installs a packaged extension into an extensions folder, in place of an older or equal version. */
export async function installExtension(vsix: string, options: Pick<WorkbenchOptions, 'userDataFolder' | 'extensionsFolder'>): Promise<void> {
  mkdirSync(options.extensionsFolder, { recursive: true });
  await mustRun(findNode24(root), [...entry(options), '--install-extension', vsix, '--force'], { env: withoutEditor, timeoutMs: 120_000 });
}

/** The wanted port of loopback, or any, that was free a moment ago; an error that names the port when it is in use. */
function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error) => reject(new Error(`Port ${wanted} cannot be used: ${error.message}. Choose another with --port, or none for a free one.`)));
    probe.listen(wanted, host, () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}

/** Resolves when the address answers a request; an error with the program's last lines when it ends or takes too long. */
async function answers(url: string, running: Running): Promise<void> {
  const deadline = Date.now() + READY_MS;
  const ended = running.finished.then(({ code, tail }) => {
    throw new Error(`The workbench ended with code ${code} before it answered.\n${tail}`);
  });
  ended.catch(() => {});
  for (;;) {
    const ready = fetch(url, { signal: AbortSignal.timeout(5_000) }).then((reply) => reply.ok, () => false);
    if (await Promise.race([ready, ended])) return;
    if (Date.now() > deadline) {
      await running.stop();
      throw new Error(`The workbench did not answer at ${url} within ${READY_MS / 1000} s.`);
    }
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 100)), ended]);
  }
}

/** A terminal inside an editor has variables that would make code-server talk to that editor. */
export const withoutEditor = { VSCODE_IPC_HOOK_CLI: undefined, ELECTRON_RUN_AS_NODE: undefined, PORT: undefined, PASSWORD: undefined } as const;

function entry(options: Pick<WorkbenchOptions, 'userDataFolder' | 'extensionsFolder'>): string[] {
  mkdirSync(options.userDataFolder, { recursive: true });
  // A configuration file of our own: otherwise code-server writes one into the user's home.
  const config = join(options.userDataFolder, 'code-server.yaml');
  writeFileSync(config, 'cert: false\n');
  return [
    join(codeServerFolder, 'out', 'node', 'entry.js'),
    '--config', config,
    '--user-data-dir', options.userDataFolder,
    '--extensions-dir', options.extensionsFolder,
    // In the system's temporary folder: a socket's path may have about 100 characters only.
    '--session-socket', join(tmpdir(), `rlvr-${createHash('sha256').update(options.userDataFolder).digest('hex').slice(0, 16)}.sock`),
  ];
}
