// What the suites inside VS Code share: the activated extension and the sample workspace it is open on.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Activated } from '../../src/extension.ts';

/** The extension's parts. */
export async function activated(): Promise<Activated> {
  const extension = vscode.extensions.all.find((one) => one.id.endsWith('.rlvr-workbench'));
  assert.ok(extension, 'no extension named rlvr-workbench');
  // Safe: this is what src/extension.ts returns.
  return (await extension.activate()) as Activated;
}

/** Absolute path of a file of the sample workspace. */
export function sample(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace is open');
  return join(folder.uri.fsPath, path);
}
