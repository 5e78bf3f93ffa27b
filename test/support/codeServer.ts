// A real workbench for one test: the packaged extension in code-server, with a user folder and a workspace of its own.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/checkout.ts';
import { startWorkbench, type Workbench } from '../../scripts/hosts/codeServer.ts';
import { installedExtension } from '../../scripts/start/installedExtension.ts';

export interface HostOptions {
  /** Folder whose copy is opened; the sample workspace when absent. */
  readonly workspace?: string | undefined;
  /** True makes VS Code ask for trust, as it does for a stranger's folder. */
  readonly untrusted?: boolean | undefined;
  /** Settings of the user on top of the quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface Host {
  readonly workbench: Workbench;
  /** Folder that is open: a copy that the test may change. */
  readonly workspace: string;
  /** Address that opens it. */
  readonly url: string;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** The sample workspace in the checkout. */
export const sampleWorkspace = join(root, 'samples', 'workspace');

/** Starts a host whose files all lie in `folder`, which the caller removes after `stop`. */
export async function startHost(folder: string, options: HostOptions = {}): Promise<Host> {
  const workspace = join(folder, 'workspace');
  cpSync(options.workspace ?? sampleWorkspace, workspace, { recursive: true });
  const logFile = join(folder, 'code-server.log');
  const workbench = await startWorkbench({
    userDataFolder: join(folder, 'user-data'),
    extensionsFolder: await installedExtension(),
    trustEveryFolder: !(options.untrusted ?? false),
    settings: { 'window.confirmBeforeClose': 'never', ...options.settings },
    ...(options.env === undefined ? {} : { env: options.env }),
    logFile,
  });
  return { workbench, workspace, url: workbench.urlOf(workspace), logFile, stop: () => workbench.process.stop() };
}
