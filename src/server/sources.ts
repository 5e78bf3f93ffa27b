import * as vscode from 'vscode';
import { setting } from '../settings.ts';
import { targetOf, type Target, type TargetSource } from './connection.ts';
import { readEndpoint, startLocalServer } from './localServer.ts';
import { findNode } from './nodeRuntime.ts';

/** The bundled server on this machine: an existing one of this user and build, else a new one. */
export function localSource(context: vscode.ExtensionContext, version: string): TargetSource {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'server').fsPath;
  return {
    label: 'local',
    resolve: async (lastAttemptFailed): Promise<Target> => {
      const known = await readEndpoint(folder, version);
      if (known && !lastAttemptFailed) return targetOf(known);
      const started = await startLocalServer({
        folder,
        version,
        program: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'main.mjs').fsPath,
        node: await findNode(setting('server.nodePath')),
        python: setting('code.pythonPath') || undefined,
        unsafeCode: vscode.workspace.isTrusted && setting('code.allowUnsafe') === true,
        idleExitMinutes: setting('server.idleExitMinutes') ?? 15,
      }, known?.pid ?? null);
      return targetOf(started);
    },
  };
}

/** A server that runs elsewhere; its token comes from SecretStorage and is asked for when it is missing or was refused. */
export function remoteSource(url: string, token: () => Promise<string>): TargetSource {
  return { label: new URL(url).host, resolve: async () => ({ url, token: await token() }) };
}
