import * as vscode from 'vscode';

/** What is stored in the decisions file, in one language whatever the editor's is: files are shared. */
const REASONS = ['wrong answer', 'ambiguous', 'duplicate', 'too easy', 'contaminated', 'not checkable'];

/** Asks why problems are dropped; typing something that is not in the list takes it as the reason. */
export function askReason(count: number): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  const known = REASONS.map((label) => ({ label }));
  pick.title = count === 1 ? vscode.l10n.t('Drop Problem: Reason') : vscode.l10n.t('Drop {0} Problems: Reason', count);
  pick.placeholder = vscode.l10n.t('Choose a reason or type one');
  pick.items = known;
  pick.onDidChangeValue((value) => (pick.items = value.trim() && !REASONS.includes(value.trim()) ? [{ label: value.trim() }, ...known] : known));
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      // Who types fast presses Enter before what was typed is in the list.
      resolve((pick.activeItems[0]?.label ?? pick.value.trim()) || undefined);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
