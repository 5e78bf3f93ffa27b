import * as vscode from 'vscode';
import { RequestError } from '../server/protocol/errors.ts';
import { COMMANDS } from './ids.ts';

/** Shows an error once, with a way to the log; cancellation is silent. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  const message = messageOf(error);
  log.error(error instanceof Error ? error : message);
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, show)) === show) await vscode.commands.executeCommand(COMMANDS.showLog);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether there was no server to answer. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof RequestError && error.data.reason === 'unavailable';
}

/** Whether the request itself was at fault, so that its message tells the user what to write instead. */
export function isBadInput(error: unknown): boolean {
  return error instanceof RequestError && error.data.reason === 'bad-input';
}

/** Registers a command whose failure is shown to the user instead of vanishing. */
export function registerCommand(id: string, log: vscode.LogOutputChannel, run: (...args: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...args);
    } catch (error) {
      await showError(error, log);
      return undefined;
    }
  });
}
