import * as vscode from 'vscode';
import type { VerifyTarget } from '../../server/protocol/methods.ts';
import type { RolloutFileInfo, RolloutGroup, RolloutRow, SquareState } from '../../server/protocol/rollout.ts';
import { COMMANDS } from '../ids.ts';
import type { Verifiable } from '../verifiers/verifyTarget.ts';
import { placeOf, type DataFile } from '../workspace/dataFiles.ts';

const LOOK: Readonly<Record<SquareState, { readonly icon: string; readonly color?: string; readonly mark: string }>> = {
  correct: { icon: 'pass', color: 'testing.iconPassed', mark: '■' },
  incorrect: { icon: 'error', color: 'testing.iconFailed', mark: '×' },
  unverifiable: { icon: 'question', color: 'testing.iconErrored', mark: '?' },
  error: { icon: 'bracket-error', color: 'testing.iconErrored', mark: '!' },
  unverified: { icon: 'circle-outline', mark: '·' },
};

/** A rollouts file. */
export class FileNode implements Verifiable {
  readonly kind = 'file';
  readonly file: DataFile;
  info: RolloutFileInfo | null = null;
  /** The request for `info` that is under way. */
  opening: Promise<void> | null = null;
  error: string | null = null;
  /** The description that the tree shows now. */
  described: string | boolean | undefined;
  constructor(file: DataFile) {
    this.file = file;
  }
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.file.path, refs: null }]);
  }
}

/** A page of the groups of a large file. */
export class GroupRangeNode {
  readonly kind = 'range';
  readonly parent: FileNode;
  readonly offset: number;
  readonly count: number;
  constructor(parent: FileNode, offset: number, count: number) {
    this.parent = parent;
    this.offset = offset;
    this.count = count;
  }
}

/** The rollouts of one problem at one step. */
export class GroupNode implements Verifiable {
  readonly kind = 'group';
  readonly parent: FileNode;
  readonly group: RolloutGroup;
  constructor(parent: FileNode, group: RolloutGroup) {
    this.parent = parent;
    this.group = group;
  }
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.parent.file.path, refs: this.group.rows.map((row) => row.ref) }]);
  }
}

export class RolloutNode implements Verifiable {
  readonly kind = 'rollout';
  readonly parent: GroupNode;
  readonly row: RolloutRow;
  constructor(parent: GroupNode, row: RolloutRow) {
    this.parent = parent;
    this.row = row;
  }
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.parent.parent.file.path, refs: [this.row.ref] }]);
  }
}

export type RolloutsNode = FileNode | GroupRangeNode | GroupNode | RolloutNode;

export function itemOf(node: RolloutsNode): vscode.TreeItem {
  switch (node.kind) {
    case 'file':
      return fileItem(node);
    case 'range': {
      const item = new vscode.TreeItem(`${count(node.offset + 1)} – ${count(node.offset + node.count)}`, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `range:${node.parent.file.path}:${node.offset}`;
      item.iconPath = new vscode.ThemeIcon('list-ordered');
      item.accessibilityInformation = { label: vscode.l10n.t('Groups {0} to {1}', count(node.offset + 1), count(node.offset + node.count)) };
      return item;
    }
    case 'group':
      return groupItem(node);
    case 'rollout':
      return rolloutItem(node);
  }
}

function fileItem(node: FileNode): vscode.TreeItem {
  const { name, folder, relative } = placeOf(node.file.path);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  const counts = node.info ? [vscode.l10n.t('{0} rollouts', count(node.info.rollouts)), vscode.l10n.t('{0} groups', count(node.info.groups))] : [];
  item.id = `rollouts:${node.file.path}`;
  item.iconPath = node.error ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')) : new vscode.ThemeIcon('output');
  item.contextValue = 'rlvr.rolloutFile';
  item.description = node.error ?? [...counts, folder].filter((part) => part !== null).join(' · ');
  item.accessibilityInformation = { label: [relative, ...(node.error === null ? counts : [node.error])].join(', ') };
  return item;
}

function groupItem({ parent, group }: GroupNode): vscode.TreeItem {
  const title = group.title || group.key;
  // The pass rate first: titles are longer than a side bar is wide.
  const item = new vscode.TreeItem(group.judged > 0 ? `${group.correct}/${group.judged}  ${title}` : title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `group:${parent.file.path}:${group.key}`;
  item.iconPath = new vscode.ThemeIcon(group.judged > 0 && !group.signal ? 'circle-slash' : 'symbol-array');
  item.contextValue = 'rlvr.rolloutGroup';
  const unjudged = group.judged > 0 ? null : vscode.l10n.t('{0} rollouts', group.count);
  item.description = [group.step === null ? null : vscode.l10n.t('step {0}', group.step), unjudged, group.rows.slice(0, 32).map((row) => LOOK[row.state].mark).join('')].filter((part) => part !== null).join(' · ');
  const spoken = unjudged ?? vscode.l10n.t('{0} of {1} correct', group.correct, group.judged);
  item.accessibilityInformation = { label: [title, spoken, ...(group.judged > 0 && !group.signal ? [vscode.l10n.t('no signal: all rewards are equal')] : [])].join(', ') };
  return item;
}

function rolloutItem(node: RolloutNode): vscode.TreeItem {
  const { row } = node;
  const item = new vscode.TreeItem(vscode.l10n.t('Sample {0}', row.sample + 1), vscode.TreeItemCollapsibleState.None);
  const look = LOOK[row.state];
  item.id = `rollout:${node.parent.parent.file.path}:${row.ref}`;
  item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.contextValue = 'rlvr.rollout';
  const parts = [row.extracted ?? vscode.l10n.t('no answer'), vscode.l10n.t('{0} tokens', `${row.tokens.estimated ? '~' : ''}${count(row.tokens.value)}`)];
  if (row.cut) parts.push(vscode.l10n.t('cut'));
  item.description = parts.join(' · ');
  item.accessibilityInformation = { label: [vscode.l10n.t('Sample {0}', row.sample + 1), row.state, ...parts].join(', ') };
  item.command = { command: COMMANDS.openInspector, title: vscode.l10n.t('Open in Inspector'), arguments: [{ path: node.parent.parent.file.path, ref: row.ref, peek: true }] };
  return item;
}

function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
