import * as v from 'valibot';
import * as vscode from 'vscode';
import { ListVerifiers, type VerifyTarget } from '../../server/protocol/methods.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { rolloutsFile } from './rolloutsFile.ts';
import type { Selections } from './selections.ts';
import { customFolder, type VerifyRuns } from './verifyRun.ts';
import { isVerifiable } from './verifyTarget.ts';

/** What the keys pass: the view in which they were pressed. */
const KeyArgsSchema = v.object({ view: v.string() });

/** "Verify Selection", "Verify Selection With…" and "Verify All" from palette, menus and keys. */
export function registerVerifyCommands(services: Services, runs: VerifyRuns, selections: Selections): vscode.Disposable {
  const { connection, log } = services;

  /** What is selected; empty, and said, where that is nothing. */
  const selected = async (args: readonly unknown[]): Promise<VerifyTarget[]> => {
    const items = itemsOf(args);
    const targets = items.length > 0
      ? (await Promise.all(items.map((item) => item.verifyTargets()))).flat()
      : await selections.targets(viewOf(args[0]));
    if (targets.length > 0) return targets;
    void vscode.window.showInformationMessage(items.length > 0
      ? vscode.l10n.t('Nothing to verify: no rollouts are recorded for what is selected.')
      : vscode.l10n.t('Nothing to verify: select lines of a rollouts file, or rollouts in the inspector or in the Rollouts view.'));
    return [];
  };

  const verifySelection = async (args: readonly unknown[]): Promise<unknown> => {
    const targets = await selected(args);
    return targets.length > 0 ? runs.verify(targets) : undefined;
  };

  const verifyWith = async (args: readonly unknown[]): Promise<unknown> => {
    const targets = await selected(args);
    if (targets.length === 0) return undefined;
    const { verifiers } = await connection.request(ListVerifiers, { customFolder: customFolder(targets) });
    const picked = await vscode.window.showQuickPick(
      verifiers.map(({ id, title, problem }) => ({ label: title, description: id, ...(problem === null ? {} : { detail: `$(error) ${problem}` }), id, problem })),
      {
        title: vscode.l10n.t('Verify Selection With'),
        placeHolder: vscode.workspace.isTrusted ? vscode.l10n.t('Verifiers of this workspace are the files of rlvr/verifiers.') : vscode.l10n.t('The verifiers of this workspace run only when it is trusted.'),
      },
    );
    if (!picked) return undefined;
    if (picked.problem !== null) throw new Error(picked.problem);
    return runs.verify(targets, picked.id);
  };

  const verifyAll = async (arg: unknown): Promise<unknown> => {
    const path = await rolloutsFile(services, arg, vscode.l10n.t('Verify All Rollouts of a File'));
    return path === null ? undefined : runs.verify([{ kind: 'file', path, refs: null }]);
  };

  return vscode.Disposable.from(
    registerCommand(COMMANDS.verifySelection, log, (...args) => verifySelection(args)),
    registerCommand(COMMANDS.verifySelectionWith, log, (...args) => verifyWith(args)),
    registerCommand(COMMANDS.verifyAll, log, (arg) => verifyAll(arg)),
  );
}

/** Trees call with (item, selected items). */
function itemsOf([item, selection]: readonly unknown[]): { verifyTargets(): Promise<VerifyTarget[]> }[] {
  return (Array.isArray(selection) && selection.length > 0 ? selection : [item]).filter(isVerifiable);
}

/** The view that a key or menu names; an editor's menu passes its file. */
function viewOf(arg: unknown): string | undefined {
  if (arg instanceof vscode.Uri) return 'editor';
  const args = v.safeParse(KeyArgsSchema, arg);
  return args.success ? args.output.view : undefined;
}
