import * as vscode from 'vscode';

/** Shows a line (counted from 0) of a file in the text editor, whatever editor is the file's own. */
export async function openLine(path: string, line: number, viewColumn?: vscode.ViewColumn): Promise<void> {
  // Not as a TextDocument: extensions are never given those above 50 MB, the editor itself shows them.
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(line, 0, line, 0), preview: true, ...(viewColumn === undefined ? {} : { viewColumn }) };
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(path), 'default', options);
}
