import * as vscode from 'vscode';
import type { FileIssue } from '../../server/protocol/problem.ts';
import { count, counted } from './counted.ts';
import { placeOf } from './dataFiles.ts';

/** Issues of a file that a tooltip names; the log has all. */
const ISSUES_SHOWN = 10;

export interface FileLine {
  readonly path: string;
  readonly error: string | null;
  /** What is counted in the file, most telling first; empty before it was read. */
  readonly counts: readonly string[];
  readonly icon: string;
}

/** The line of a data file: name, counts, folder; why it cannot be read instead, where it cannot. */
export function fileItem({ path, error, counts, icon }: FileLine): vscode.TreeItem {
  const { name, folder, relative } = placeOf(path);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = error === null ? new vscode.ThemeIcon(icon) : new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  // The slash says that the word is a folder and no unit of the count before it.
  item.description = error ?? [...counts, ...(folder === null ? [] : [`${folder}/`])].join(' · ');
  item.accessibilityInformation = { label: [relative, ...(error === null ? [counts.join(' · ')] : [error])].filter((part) => part).join(', ') };
  return item;
}

/** The line of one page of a long list; `offset` is counted from 0, `label` is what a screen reader says. */
export function rangeItem(path: string, offset: number, members: number, label: (from: string, to: string) => string): vscode.TreeItem {
  const [from, to] = [count(offset + 1), count(offset + members)];
  const item = new vscode.TreeItem(`${from} – ${to}`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `range:${path}:${offset}`;
  item.iconPath = new vscode.ThemeIcon('list-ordered');
  item.accessibilityInformation = { label: label(from, to) };
  return item;
}

/** `3 issues`, for a file's counts; nothing where there are none. */
export function issueCount(issues: readonly FileIssue[]): string[] {
  return issues.length === 0 ? [] : [counted.issues(issues.length)];
}

/** The first issues of a file with their lines, for its hover. */
export function issueLines(issues: readonly FileIssue[]): string[] {
  const more = issues.length - ISSUES_SHOWN;
  return [
    ...issues.slice(0, ISSUES_SHOWN).map((issue) => (issue.line === null ? issue.message : vscode.l10n.t('Line {0}: {1}', issue.line + 1, issue.message))),
    ...(more > 0 ? [vscode.l10n.t('{0} more issues', count(more))] : []),
  ];
}

/** A hover of paragraphs. Plain text only: statements and answers come from files of strangers. */
export function plainHover(lines: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
  return text;
}

