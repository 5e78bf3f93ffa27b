import * as vscode from 'vscode';

/**
 * True in a trusted workspace; otherwise tells the user what was not done and offers to manage trust. The manifest hides
 * such commands already, but a command can be called from anywhere.
 */
export function trustedOrTold(message: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  void tellUntrusted(message);
  return false;
}

/** Says what an untrusted workspace kept from being done, with the way to change that. */
export async function tellUntrusted(message: string): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  if ((await vscode.window.showWarningMessage(message, manage)) === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
