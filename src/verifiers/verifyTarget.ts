import type * as vscode from 'vscode';
import type { VerifyTarget } from '../../server/protocol/methods.ts';

/** A thing that can be verified: a tree item or a page says which rollouts it stands for. */
export interface Verifiable {
  verifyTargets(): Promise<VerifyTarget[]>;
}

export function isVerifiable(value: unknown): value is Verifiable {
  return typeof value === 'object' && value !== null && 'verifyTargets' in value && typeof value.verifyTargets === 'function';
}

/** Schemes of documents that the server reads by their path. */
const ON_DISK: ReadonlySet<string> = new Set(['file', 'vscode-remote']);

/**
 * Target of the selected lines of a rollouts file. Text that is not the file's travels with the request (unsaved, or of an
 * earlier revision in a diff), saved text is read by the server. An empty selection means its line; no selection beyond one cursor in an empty file means nothing.
 */
export function targetOfEditor(editor: vscode.TextEditor): VerifyTarget | null {
  const { document, selections } = editor;
  const lines = new Set<number>();
  for (const selection of selections) {
    // A selection that ends at the start of a line does not mean that line.
    const last = selection.end.character === 0 && selection.end.line > selection.start.line ? selection.end.line - 1 : selection.end.line;
    for (let line = selection.start.line; line <= last; line++) if (!document.lineAt(line).isEmptyOrWhitespace) lines.add(line);
  }
  if (lines.size === 0) return null;
  const sorted = [...lines].sort((a, b) => a - b);
  const path = document.uri.fsPath;
  return document.isDirty || !ON_DISK.has(document.uri.scheme)
    ? { kind: 'text', path, lines: sorted.map((line) => ({ line, text: document.lineAt(line).text })) }
    : { kind: 'file', path, refs: null, lines: sorted };
}

/** One target per file where the targets are known rollouts: a thousand single rollouts are one request. */
export function merged(targets: readonly VerifyTarget[]): VerifyTarget[] {
  const refs = new Map<string, Set<number>>();
  const others: VerifyTarget[] = [];
  for (const target of targets) {
    if (target.kind !== 'file' || target.refs === null) {
      others.push(target);
      continue;
    }
    const known = refs.get(target.path) ?? new Set();
    refs.set(target.path, known);
    for (const ref of target.refs) known.add(ref);
  }
  return [...others, ...[...refs].map(([path, known]): VerifyTarget => ({ kind: 'file', path, refs: [...known].sort((a, b) => a - b) }))];
}
