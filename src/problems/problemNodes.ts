import * as vscode from 'vscode';
import { GetProblemRecord, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { ProblemRow, ProblemSetInfo, ProblemState } from '../../server/protocol/problem.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import type { Verifiable } from '../verifiers/verifyTarget.ts';
import type { DataFile, DataFiles } from '../workspace/dataFiles.ts';

const STATE_ICON: Readonly<Record<ProblemState, { readonly icon: string; readonly color?: string; readonly word: string }>> = {
  ok: { icon: 'circle-outline', word: 'ok' },
  dropped: { icon: 'circle-slash', color: 'disabledForeground', word: 'dropped' },
  filtered: { icon: 'filter', color: 'list.warningForeground', word: 'filtered' },
  contaminated: { icon: 'warning', color: 'list.errorForeground', word: 'contaminated' },
  invalid: { icon: 'error', color: 'list.errorForeground', word: 'invalid' },
};

/** A problem set in the Problems view. */
export class SetNode {
  readonly kind = 'set';
  readonly file: DataFile;
  info: ProblemSetInfo | null = null;
  error: string | null = null;
  /** Rows that match the filter. */
  shown: number | null = null;
  constructor(file: DataFile) {
    this.file = file;
  }
}

/** A thousand rows of a large set: a tree of 50,000 siblings would have to be sent to the window at once. */
export class RangeNode {
  readonly kind = 'range';
  readonly set: SetNode;
  readonly offset: number;
  readonly count: number;
  constructor(set: SetNode, offset: number, count: number) {
    this.set = set;
    this.offset = offset;
    this.count = count;
  }
}

/** One problem; verifying it means verifying its recorded rollouts. */
export class ProblemNode implements Verifiable {
  readonly kind = 'problem';
  readonly set: SetNode;
  readonly row: ProblemRow;
  readonly #services: Services;
  readonly #files: DataFiles;
  constructor(set: SetNode, row: ProblemRow, services: Services, files: DataFiles) {
    this.set = set;
    this.row = row;
    this.#services = services;
    this.#files = files;
  }

  async verifyTargets(): Promise<VerifyTarget[]> {
    const rollouts = (await this.#files.rollouts()).map((file) => file.path);
    const { groups } = await this.#services.connection.request(GetProblemRecord, { problems: this.set.file.path, id: this.row.id, rollouts });
    return groups.map(({ path, group }) => ({ kind: 'file', path, refs: group.rows.map((row) => row.ref) }));
  }
}

export type ProblemsNode = SetNode | RangeNode | ProblemNode;

export function itemOfSet(node: SetNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.workspace.asRelativePath(node.file.path), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `set:${node.file.path}`;
  item.iconPath = new vscode.ThemeIcon(node.error ? 'error' : 'library');
  item.contextValue = 'rlvr.set';
  item.resourceUri = vscode.Uri.file(node.file.path);
  item.description = node.error ?? describeSet(node);
  return item;
}

function describeSet({ info, shown }: SetNode): string {
  if (!info) return '';
  const parts = [shown !== null && shown !== info.count ? vscode.l10n.t('{0} of {1}', count(shown), count(info.count)) : count(info.count)];
  for (const state of ['contaminated', 'filtered', 'dropped', 'invalid'] as const) if (info.byState[state]) parts.push(`${count(info.byState[state])} ${STATE_ICON[state].word}`);
  if (info.issues.length > 0) parts.push(vscode.l10n.t('{0} issues', info.issues.length));
  return parts.join(' · ');
}

export function tooltipOfSet({ file, info, error }: SetNode): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(file.path).appendMarkdown('\n\n');
  if (error) text.appendText(error);
  if (!info) return text;
  text.appendMarkdown(`${count(info.count)} problems, schema \`${info.schema}\`\n\n`);
  text.appendMarkdown(Object.entries(info.byDomain).map(([domain, n]) => `${domain} ${count(n)}`).join(' · '));
  for (const issue of info.issues.slice(0, 10)) text.appendMarkdown('\n\n').appendText(`${issue.line === null ? '' : `line ${issue.line + 1}: `}${issue.message}`);
  return text;
}

export function itemOfRange(node: RangeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`${count(node.offset + 1)} – ${count(node.offset + node.count)}`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `range:${node.set.file.path}:${node.offset}`;
  item.iconPath = new vscode.ThemeIcon('list-ordered');
  return item;
}

export function itemOfProblem({ set, row }: ProblemNode): vscode.TreeItem {
  const item = new vscode.TreeItem(row.title || row.id, vscode.TreeItemCollapsibleState.None);
  const look = STATE_ICON[row.state];
  item.id = `problem:${set.file.path}:${row.id}`;
  item.iconPath = row.state === 'ok' ? new vscode.ThemeIcon(row.domain === 'code' ? 'symbol-method' : 'symbol-operator') : new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.description = describeProblem(row);
  item.contextValue = `rlvr.problem.${row.state}${row.decision ? '.decided' : ''}`;
  item.command = { command: COMMANDS.openProblem, title: vscode.l10n.t('Open Problem'), arguments: [{ path: set.file.path, id: row.id }] };
  item.accessibilityInformation = { label: `${row.title}, ${row.domain}, ${look.word}${row.labels.length > 0 ? `: ${row.labels.join(', ')}` : ''}, ${describeProblem(row)}` };
  return item;
}

/** Most telling first: what is wrong, then the record, then the answer. */
function describeProblem(row: ProblemRow): string {
  const parts: string[] = [];
  if (row.state !== 'ok') parts.push(row.labels.length > 0 ? `${STATE_ICON[row.state].word}: ${row.labels.join(', ')}` : STATE_ICON[row.state].word);
  if (row.passRate) parts.push(`${row.passRate.correct}/${row.passRate.attempts}`);
  else if (row.difficulty) parts.push(vscode.l10n.t('difficulty {0}', row.difficulty.value));
  parts.push(row.domain === 'code' ? vscode.l10n.t('{0} tests', row.tests) : row.answer === null ? vscode.l10n.t('no answer') : `= ${row.answer}`);
  return parts.join(' · ');
}

export function tooltipOfProblem({ row }: ProblemNode): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(row.title).appendMarkdown('\n\n');
  text.appendMarkdown(`**${row.domain}** · ${STATE_ICON[row.state].word}`);
  if (row.labels.length > 0) text.appendMarkdown(': ').appendText(row.labels.join(', '));
  text.appendMarkdown('\n\n');
  text.appendText(row.domain === 'code' ? `${row.tests} tests` : `answer ${row.answer ?? 'missing'}`);
  if (row.passRate) text.appendMarkdown('\n\n').appendText(`pass rate ${row.passRate.correct} of ${row.passRate.attempts}${row.passRate.model ? ` (${row.passRate.model})` : ''}`);
  if (row.difficulty) text.appendMarkdown('\n\n').appendText(`difficulty ${row.difficulty.value} (${row.difficulty.scale})`);
  if (row.decision) text.appendMarkdown('\n\n').appendText(`${row.decision.action}${row.decision.reason ? `: ${row.decision.reason}` : ''}`);
  text.appendMarkdown('\n\n').appendText(row.id);
  return text;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
