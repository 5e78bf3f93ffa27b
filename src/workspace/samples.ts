import * as vscode from 'vscode';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';

const FOLDER = 'rlvr-samples';

/** "Open Sample Workspace…": a copy of the samples that come with the extension, in a folder of the user's choice. */
export function registerSamples({ context, log }: Services): vscode.Disposable {
  return registerCommand(COMMANDS.openSamples, log, async () => {
    const [parent] = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Copy the Sample Workspace Into'), openLabel: vscode.l10n.t('Copy Samples Here'), canSelectFolders: true, canSelectFiles: false, canSelectMany: false,
    }) ?? [];
    if (!parent) return;
    const folder = await copySamples(context.extensionUri, parent);
    // A browser may not open windows by itself: there the samples take the place of what is open.
    const beside = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.workspace.workspaceFolders !== undefined;
    const options = { forceNewWindow: beside, filesToOpen: [vscode.Uri.joinPath(folder, 'README.md')] };
    await vscode.commands.executeCommand('vscode.openFolder', folder, options);
  });
}

/** Copies the samples into a new folder of `parent`; what is there already is never touched. */
export async function copySamples(extension: vscode.Uri, parent: vscode.Uri): Promise<vscode.Uri> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(parent)).map(([name]) => name));
  let name = FOLDER;
  for (let number = 2; taken.has(name); number++) name = `${FOLDER}-${number}`;
  const folder = vscode.Uri.joinPath(parent, name);
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(extension, 'samples', 'workspace'), folder, { overwrite: false });
  return folder;
}
