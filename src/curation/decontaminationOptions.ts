import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { DecontaminationOptions } from '../../server/protocol/decontamination.ts';
import { setting } from '../settings.ts';

/** The settings as the server wants them; relative paths of test sets start at the workspace folder. */
export function decontaminationOptions(uri: vscode.Uri): DecontaminationOptions {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  const testSets = setting('decontamination.testSets', uri) ?? [];
  return {
    against: testSets.map((file) => (isAbsolute(file) || folder === undefined ? file : join(folder, file))),
    shipped: setting('decontamination.shippedBenchmarks', uri) ?? true,
    mode: setting('decontamination.mode', uri) ?? 'balanced',
    // 0 stands for the defaults of each domain.
    n: setting('decontamination.ngramLength', uri) || null,
  };
}
