import * as vscode from 'vscode';
import { RequestError } from '../../server/protocol/errors.ts';
import type { Services } from '../services.ts';
import type { RememberedServer } from './rememberedServer.ts';
import { remoteSource } from './sources.ts';

/**
 * "Connect to Server…": asks for address and token, and changes over only once the server has accepted them. When it does
 * not, the window stays with the server it had.
 */
export async function connectToServer({ connection }: Services, remembered: RememberedServer): Promise<void> {
  const url = await vscode.window.showInputBox({
    title: vscode.l10n.t('Connect to a Server'),
    prompt: vscode.l10n.t('Address of a running "rlvr serve", for example wss://head-node:7878'),
    value: remembered.lastUrl() ?? 'ws://127.0.0.1:7878',
    ignoreFocusOut: true,
    validateInput: problemOfAddress,
  });
  if (!url) return;
  let token = await remembered.token(url);
  for (let refused = false; ; refused = true) {
    if (token === undefined || refused) token = await askToken(url, refused);
    if (token === undefined) return;
    const tried = token;
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Connecting to {0}', url) },
        () => connection.tryOut(remoteSource(url, () => Promise.resolve(tried))),
      );
      await remembered.useRemote(url, tried);
      return;
    } catch (error) {
      if (!(error instanceof RequestError && error.data.reason === 'unauthorised')) throw error;
    }
  }
}

async function askToken(url: string, refused: boolean): Promise<string | undefined> {
  const where = vscode.l10n.t('It is in the token file that "rlvr serve" named when it started.');
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Token of the RLVR Server at {0}', url),
    prompt: refused ? vscode.l10n.t('The server refused the token. {0}', where) : where,
    password: true,
    ignoreFocusOut: true,
  });
  return token?.trim() || undefined;
}

/** What is wrong with an address, for the input box. */
export function problemOfAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return vscode.l10n.t('This is not an address.');
  const url = new URL(text);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return vscode.l10n.t('The address starts with ws:// or wss://.');
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  // A warning would be overlooked; a token in the clear on a network is not a matter of taste.
  return url.protocol === 'ws:' && !loopback ? vscode.l10n.t('Beyond this machine use wss://, or an SSH tunnel to a loopback port.') : undefined;
}
