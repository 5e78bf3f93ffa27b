import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { DataFile } from '../workspace/dataFiles.ts';
import { isVerifiable } from './verifyTarget.ts';

/**
 * The rollouts file that a command means: a URI of the explorer or an editor, a tree item, the active editor or custom
 * editor, or a choice under `title` among those that fit. Null when none was chosen or there is none, which is told.
 */
export async function rolloutsFile({ files }: Services, arg: unknown, title: string, fits: (file: DataFile) => boolean = () => true): Promise<string | null> {
  if (arg instanceof vscode.Uri) return arg.fsPath;
  if (isVerifiable(arg)) return (await arg.verifyTargets())[0]?.path ?? null;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const open = tab instanceof vscode.TabInputText || tab instanceof vscode.TabInputCustom ? tab.uri : undefined;
  const rollouts = (await files.rollouts()).filter(fits);
  if (open && rollouts.some((file) => file.path === open.fsPath)) return open.fsPath;
  if (rollouts.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no file of rollouts in this workspace.'));
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    rollouts.map((file) => ({ label: vscode.workspace.asRelativePath(file.path), description: file.schema, path: file.path })),
    { title },
  );
  return picked?.path ?? null;
}
