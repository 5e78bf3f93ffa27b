import * as vscode from 'vscode';

/** Characters at the beginning of a JSON file that show what its records are. */
const HEAD = 4096;

/**
 * Whether a saved document is worth asking the server about. VS Code saves JSON of its own, outside of the workspace and in
 * hidden folders, and most .json files of a workspace are settings: none of them should start a server.
 */
export function mayHoldProblems(document: vscode.TextDocument): boolean {
  const { uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined || /[\\/]\./.test(uri.fsPath.slice(folder.uri.fsPath.length))) return false;
  if (/\.jsonl$/i.test(uri.fsPath)) return true;
  return /\.json$/i.test(uri.fsPath) && /^\s*\[|"(problem|question|statement|prompt|messages)"/.test(document.getText().slice(0, HEAD));
}
