import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { Status } from '../../server/protocol/methods.ts';
import { localSource, remoteSource } from './sources.ts';
import { serverLogFile } from './localServer.ts';
import { VERSION } from '../version.ts';

/** Address of the remote server last used; the token is in SecretStorage under a key that holds the address. */
const REMOTE_URL_KEY = 'server.remoteUrl';
const secretKey = (url: string): string => `rlvr.token:${url}`;

/** Commands that choose, show, restart and leave the server. */
export function registerServerCommands({ context, connection, log }: Services): vscode.Disposable {
  const askToken = async (url: string): Promise<string> => {
    const stored = await context.secrets.get(secretKey(url));
    if (stored) return stored;
    const token = await vscode.window.showInputBox({ title: vscode.l10n.t('Token of the RLVR server at {0}', url), prompt: vscode.l10n.t('It is in the token file that "rlvr serve" named when it started.'), password: true, ignoreFocusOut: true });
    if (!token) throw new vscode.CancellationError();
    await context.secrets.store(secretKey(url), token.trim());
    return token.trim();
  };

  const connectToServer = async (): Promise<void> => {
    const url = await vscode.window.showInputBox({
      title: vscode.l10n.t('Connect to a Server'),
      prompt: vscode.l10n.t('Address of a running "rlvr serve", for example wss://head-node:7878'),
      value: context.globalState.get<string>(REMOTE_URL_KEY) ?? 'ws://127.0.0.1:7878',
      ignoreFocusOut: true,
      validateInput: validateAddress,
    });
    if (!url) return;
    await context.secrets.delete(secretKey(url));
    await askToken(url);
    connection.use(remoteSource(url, () => askToken(url)));
    try {
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Connecting to {0}', url) }, () => connection.ensure());
      await context.globalState.update(REMOTE_URL_KEY, url);
    } catch (error) {
      await context.secrets.delete(secretKey(url));
      throw error;
    }
  };

  const useLocal = (): void => connection.use(localSource(context, VERSION));

  const serverStatus = async (): Promise<void> => {
    const status = await connection.request(Status, {});
    const picks: (vscode.QuickPickItem & { readonly command?: string })[] = [
      { label: vscode.l10n.t('Sandbox: {0}', status.sandbox.level), detail: status.sandbox.detail },
      { label: status.python ? `Python ${status.python.version}` : vscode.l10n.t('No Python'), detail: status.python?.path ?? status.pythonProblem ?? '' },
      { label: vscode.l10n.t('Workers: {0} math, {1} code', status.mathWorkers, status.codeWorkers), detail: vscode.l10n.t('{0} clients, up {1} min', status.clients, Math.round(status.uptimeSeconds / 60)) },
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: vscode.l10n.t('Connect to Another Server…'), command: COMMANDS.connectToServer },
      { label: vscode.l10n.t('Use the Local Server'), command: COMMANDS.disconnectFromServer },
      { label: vscode.l10n.t('Show Log'), command: COMMANDS.showLog },
    ];
    const picked = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('RLVR Server') });
    if (picked?.command) await vscode.commands.executeCommand(picked.command);
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.connectToServer, connectToServer),
    vscode.commands.registerCommand(COMMANDS.disconnectFromServer, useLocal),
    vscode.commands.registerCommand(COMMANDS.restartServer, () => {
      connection.disconnect();
      return connection.ensure();
    }),
    vscode.commands.registerCommand(COMMANDS.serverStatus, serverStatus),
    vscode.commands.registerCommand(COMMANDS.showLog, () => {
      log.info(`server log: ${serverLogFile(vscode.Uri.joinPath(context.globalStorageUri, 'server').fsPath)}`);
      log.show();
    }),
  );
}

function validateAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return vscode.l10n.t('The address starts with ws:// or wss://.');
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    // A warning would be overlooked; a token in the clear on a network is not a matter of taste.
    return url.protocol === 'ws:' && !loopback ? vscode.l10n.t('Beyond this machine use wss://, or an SSH tunnel to a loopback port.') : undefined;
  } catch {
    return vscode.l10n.t('This is not an address.');
  }
}
