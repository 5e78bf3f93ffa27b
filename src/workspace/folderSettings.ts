import * as vscode from 'vscode';
import { Configure, type FolderSettings } from '../../server/protocol/methods.ts';
import { decontaminationOptions } from '../curation/decontaminationOptions.ts';
import { isUnavailable, messageOf } from '../feedback.ts';
import { SETTINGS_SECTION } from '../ids.ts';
import type { ServerConnection } from '../server/connection.ts';
import { setting } from '../settings.ts';

/** Settings that the server goes by on its own, when it opens a file or launches a stage. */
const TOLD = ['rollouts', 'decontamination'].map((part) => `${SETTINGS_SECTION}.${part}`);

/** Tells the server the settings of this window's folders: before anything else is asked of it, and when they change. */
export function tellFolderSettings(connection: ServerConnection, log: vscode.LogOutputChannel): vscode.Disposable {
  const tellAgain = async (): Promise<void> => {
    // A server that is not connected is told when it is.
    if (connection.state.kind !== 'connected') return;
    await connection.request(Configure, { folders: folderSettings() }).catch((error: unknown) => {
      if (!isUnavailable(error)) log.warn(`settings: ${messageOf(error)}`);
    });
  };
  return vscode.Disposable.from(
    connection.onGreeting(async (request) => { await request(Configure, { folders: folderSettings() }); }),
    vscode.workspace.onDidChangeConfiguration((change) => { if (TOLD.some((part) => change.affectsConfiguration(part))) void tellAgain(); }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => { void tellAgain(); }),
  );
}

function folderSettings(): FolderSettings[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => ({
    path: uri.fsPath,
    thinkingOpened: setting('rollouts.thinkingOpened', uri) ?? 'auto',
    decontamination: decontaminationOptions(uri),
  }));
}
