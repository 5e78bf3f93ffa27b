import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { targetOfEditor } from '../../../../src/verifiers/verifyTarget.ts';

/** An editor with the cursor on its second line. */
function editorOf(scheme: string, isDirty = false): vscode.TextEditor {
  const at = { line: 1, character: 0 };
  const lineAt = (line: number) => ({ text: `line ${line}`, isEmptyOrWhitespace: false });
  // Safe: what targetOfEditor looks at.
  return { document: { uri: { scheme, fsPath: '/w/a.jsonl' }, isDirty, lineAt }, selections: [{ start: at, end: at }] } as unknown as vscode.TextEditor;
}

test('lines are read from the file where the document is the file, else from the document', () => {
  const fromFile = { kind: 'file', path: '/w/a.jsonl', refs: null, lines: [1] };
  const fromText = { kind: 'text', path: '/w/a.jsonl', lines: [{ line: 1, text: 'line 1' }] };
  assert.deepEqual(targetOfEditor(editorOf('file')), fromFile);
  assert.deepEqual(targetOfEditor(editorOf('vscode-remote')), fromFile);
  assert.deepEqual(targetOfEditor(editorOf('file', true)), fromText);
  assert.deepEqual(targetOfEditor(editorOf('untitled')), fromText);
  // The other side of a diff: an earlier revision with other lines.
  assert.deepEqual(targetOfEditor(editorOf('git')), fromText);
});
