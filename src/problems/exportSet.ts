import * as vscode from 'vscode';
import { ExportProblems } from '../../server/protocol/methods.ts';
import type { Services } from '../services.ts';
import { counted } from '../workspace/counted.ts';
import { placeOf } from '../workspace/dataFiles.ts';
import { SetNode } from './problemNodes.ts';
import type { ProblemsView } from './problemsView.ts';

/** "Export Curated Set…": the problems in state `ok` as a new file; those left out are listed beside it with their reasons. */
export async function exportSet(services: Services, view: ProblemsView, node: unknown): Promise<void> {
  const path = node instanceof SetNode ? node.file.path : await chooseSet(services, view);
  if (path === undefined) return;
  const format = await vscode.window.showQuickPick(
    [
      { label: 'JSONL', description: vscode.l10n.t('our own schema, one problem a line'), format: 'jsonl', extension: 'jsonl' } as const,
      { label: 'veRL Parquet', description: vscode.l10n.t('what the trainer reads'), format: 'verl-parquet', extension: 'parquet' } as const,
    ],
    { title: vscode.l10n.t('Export Curated Set') },
  );
  if (!format) return;
  const target = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Export Curated Set'), defaultUri: vscode.Uri.file(path.replace(/(\.[a-z]+)+$/i, `.curated.${format.extension}`)) });
  if (!target) return;
  const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Exporting {0}', placeOf(path).name) }, (progress, token) =>
    services.connection.request(ExportProblems, { path, target: target.fsPath, format: format.format }, { token, progress: ({ done, total }) => progress.report({ message: total === null ? String(done) : `${done}/${total}` }) }));
  for (const warning of result.warnings) services.log.warn(`${target.fsPath}: ${warning}`);
  const open = vscode.l10n.t('Open');
  const showLog = vscode.l10n.t('Show Log');
  const message = result.removedPath === null
    ? vscode.l10n.t('Exported {0}.', counted.problems(result.written))
    : vscode.l10n.t('Exported {0}. Left out: {1}; {2} says why.', counted.problems(result.written), result.removed, vscode.workspace.asRelativePath(result.removedPath));
  const answer = await vscode.window.showInformationMessage(message, ...(format.format === 'jsonl' ? [open] : []), ...(result.warnings.length > 0 ? [showLog] : []));
  if (answer === open) await vscode.window.showTextDocument(target);
  if (answer === showLog) services.log.show();
}

/** The set that is selected in the view, else a choice. */
async function chooseSet({ files }: Services, view: ProblemsView): Promise<string | undefined> {
  const selected = view.tree.selection.find((each) => each instanceof SetNode);
  if (selected) return selected.file.path;
  const sets = await files.problems();
  if (sets.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no problem set in this workspace.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    sets.map(({ path, schema }) => ({ label: placeOf(path).relative, description: schema, path })),
    { title: vscode.l10n.t('Export Curated Set') },
  );
  return picked?.path;
}
