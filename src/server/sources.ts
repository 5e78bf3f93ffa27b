import * as vscode from 'vscode';
import { RequestError } from '../../server/protocol/errors.ts';
import { setting } from '../settings.ts';
import { targetOf, type Target, type TargetSource } from './connection.ts';
import { readEndpoint, startLocalServer } from './localServer.ts';
import { findNode } from './nodeRuntime.ts';

/** Folder of the local server's endpoint file and log; private to the user. */
export function serverFolder(context: vscode.ExtensionContext): string {
  return vscode.Uri.joinPath(context.globalStorageUri, 'server').fsPath;
}

/** The bundled server on this machine: an existing one of this user and build, else a new one. */
export function localSource(context: vscode.ExtensionContext, version: string): TargetSource {
  const folder = serverFolder(context);
  return {
    label: vscode.l10n.t('local'),
    local: true,
    resolve: async (failed): Promise<Target> => {
      const known = await readEndpoint(folder, version);
      // Another window may have replaced the server that failed in the meantime.
      if (known && known.token !== failed?.token) return targetOf(known);
      try {
        return targetOf(await startLocalServer({
          folder,
          version,
          program: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'main.mjs').fsPath,
          node: await findNode(setting('server.nodePath')),
          python: setting('code.pythonPath') || undefined,
          unsafeCode: vscode.workspace.isTrusted && setting('code.allowUnsafe') === true,
          idleExitMinutes: setting('server.idleExitMinutes') ?? 15,
        }, known));
      } catch (error) {
        // Not 'unavailable': trying at once again would fail the same way.
        throw new RequestError('internal', error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** A server that runs elsewhere. Never asks for anything: requests in the background use it too. */
export function remoteSource(url: string, token: () => PromiseLike<string | undefined>): TargetSource {
  const label = new URL(url).host;
  return {
    label,
    local: false,
    resolve: async () => {
      const secret = await token();
      if (!secret) throw new RequestError('unauthorised', vscode.l10n.t('The token of the server {0} is not stored on this machine. Run "RLVR: Connect to Server…".', label));
      return { url, token: secret };
    },
  };
}
