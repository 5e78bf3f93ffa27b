import * as vscode from 'vscode';
import { ListVerifiers, type VerifyTarget } from '../../server/protocol/methods.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import type { DataFiles } from '../workspace/dataFiles.ts';
import { customFolder, type VerifyRuns } from './verifyRun.ts';
import { isVerifiable, targetOfEditor } from './verifyTarget.ts';

/** What is selected elsewhere than in a text editor; asked in order, the first that has a selection wins. */
export interface SelectionSource {
  /** True when this surface is the one the user is looking at. */
  isActive(): boolean;
  selectedTargets(): Promise<VerifyTarget[]>;
}

/** "Verify Selection", "Verify All" and "Verify With…" from palette, menus and keys. */
export function registerVerifyCommands({ connection, log }: Services, runs: VerifyRuns, files: DataFiles, sources: readonly SelectionSource[]): vscode.Disposable {
  const selectedTargets = async (args: readonly unknown[]): Promise<VerifyTarget[]> => {
    const fromTree = await targetsOfTreeArgs(args);
    if (fromTree.length > 0) return fromTree;
    const editor = vscode.window.activeTextEditor;
    const fromEditor = editor && (await isRolloutFile(editor.document.uri, files)) ? targetOfEditor(editor) : null;
    if (fromEditor) return [fromEditor];
    for (const source of sources) {
      if (!source.isActive()) continue;
      const targets = await source.selectedTargets();
      if (targets.length > 0) return targets;
    }
    return [];
  };

  const verifySelection = async (verifier: string, args: readonly unknown[]): Promise<unknown> => {
    const targets = await selectedTargets(args);
    if (targets.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing to verify: select lines of a rollouts file, or rollouts in the inspector or the Rollouts view.'));
      return undefined;
    }
    return runs.verify(targets, verifier);
  };

  const verifyAll = async (arg: unknown): Promise<unknown> => {
    const path = await pathOf(arg, files);
    return path === null ? undefined : runs.verify([{ kind: 'file', path, refs: null }]);
  };

  const verifyWith = async (args: readonly unknown[]): Promise<unknown> => {
    const { verifiers } = await connection.request(ListVerifiers, { customFolder: customFolder() });
    const picked = await vscode.window.showQuickPick(
      verifiers.map((verifier) => ({ label: verifier.title, description: verifier.id, detail: verifier.problem ?? undefined, verifier })),
      { title: vscode.l10n.t('Verify Selection With') },
    );
    if (!picked) return undefined;
    if (picked.verifier.problem) throw new Error(picked.verifier.problem);
    return verifySelection(picked.verifier.id, args);
  };

  return vscode.Disposable.from(
    registerCommand(COMMANDS.verifySelection, log, (...args) => verifySelection('auto', args)),
    registerCommand(COMMANDS.verifySelectionWith, log, (...args) => verifyWith(args)),
    registerCommand(COMMANDS.verifyAll, log, (arg) => verifyAll(arg)),
  );
}

/** Trees call with (item, selected items). */
async function targetsOfTreeArgs(args: readonly unknown[]): Promise<VerifyTarget[]> {
  const [item, selection] = args;
  const items = Array.isArray(selection) && selection.length > 0 ? selection : [item];
  const targets = await Promise.all(items.filter(isVerifiable).map((verifiable) => verifiable.verifyTargets()));
  return targets.flat();
}

/** The file to verify whole: a URI of the explorer, a tree item, the active editor or custom editor, or a choice. */
async function pathOf(arg: unknown, files: DataFiles): Promise<string | null> {
  if (arg instanceof vscode.Uri) return arg.fsPath;
  if (isVerifiable(arg)) return (await arg.verifyTargets())[0]?.path ?? null;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const open = tab instanceof vscode.TabInputText || tab instanceof vscode.TabInputCustom ? tab.uri : undefined;
  const rollouts = await files.rollouts();
  if (open && rollouts.some((file) => file.path === open.fsPath)) return open.fsPath;
  const picked = await vscode.window.showQuickPick(
    rollouts.map((file) => ({ label: vscode.workspace.asRelativePath(file.path), description: file.schema, path: file.path })),
    { title: vscode.l10n.t('Verify All Rollouts of a File') },
  );
  return picked?.path ?? null;
}

async function isRolloutFile(uri: vscode.Uri, files: DataFiles): Promise<boolean> {
  // A file just created or not in the workspace is not in the list yet; JSON lines are worth trying.
  return /\.jsonl?$/.test(uri.path) || uri.scheme === 'untitled' || (await files.rollouts()).some((file) => file.path === uri.fsPath);
}
