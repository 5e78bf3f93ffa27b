import * as vscode from 'vscode';
import type { SquareState } from '../../server/protocol/rollout.ts';
import { COLORS, COMMANDS } from '../ids.ts';
import { counted } from '../workspace/counted.ts';
import { mayHoldMath } from '../workspace/dataFiles.ts';
import { fileItem, issueCount, issueLines, plainHover, rangeItem } from '../workspace/treeText.ts';
import type { FileNode, GroupNode, RolloutNode, RolloutsNode } from './rolloutNodes.ts';

const LOOK: Readonly<Record<SquareState, { readonly icon: string; readonly color?: string; readonly mark: string }>> = {
  correct: { icon: 'pass', color: COLORS.correct, mark: '■' },
  incorrect: { icon: 'error', color: COLORS.incorrect, mark: '×' },
  unverifiable: { icon: 'question', color: COLORS.open, mark: '?' },
  error: { icon: 'bracket-error', color: COLORS.open, mark: '!' },
  unverified: { icon: 'circle-outline', mark: '·' },
};

/** The tree item of a node, without its hover: that is made when it is asked for. */
export function itemOf(node: RolloutsNode): vscode.TreeItem {
  switch (node.kind) {
    case 'file':
      return itemOfFile(node);
    case 'range':
      return rangeItem(node.parent.file.path, node.offset, node.count, (from, to) => vscode.l10n.t('Groups {0} to {1}', from, to));
    case 'group':
      return groupItem(node);
    case 'rollout':
      return rolloutItem(node);
  }
}

export function tooltipOf(node: RolloutsNode): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'file':
      return plainHover(linesOfFile(node));
    case 'range':
      return undefined;
    case 'group':
      return plainHover(linesOfGroup(node));
    case 'rollout':
      return plainHover(linesOfRollout(node));
  }
}

function itemOfFile(node: FileNode): vscode.TreeItem {
  const { info } = node;
  const counts = info ? [counted.rollouts(info.rollouts), counted.groups(info.groups), ...issueCount(info.issues)] : [];
  const item = fileItem({ path: node.file.path, error: node.error, counts, icon: 'output' });
  item.id = `rollouts:${node.file.path}`;
  item.contextValue = mayHoldMath(node.file) ? 'rlvr.rolloutFile.math' : 'rlvr.rolloutFile.code';
  return item;
}

function groupItem({ parent, group }: GroupNode): vscode.TreeItem {
  const title = group.title || group.key;
  // The pass rate first: titles are longer than a side bar is wide.
  const item = new vscode.TreeItem(group.judged > 0 ? `${group.correct}/${group.judged}  ${title}` : title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `group:${parent.file.path}:${group.key}`;
  item.iconPath = new vscode.ThemeIcon(group.judged > 0 && !group.signal ? 'circle-slash' : 'symbol-array');
  item.contextValue = 'rlvr.rolloutGroup';
  const unjudged = group.judged > 0 ? null : counted.rollouts(group.count);
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
  const parts = [row.extracted ?? vscode.l10n.t('no answer'), counted.tokens(row.tokens)];
  if (row.cut) parts.push(vscode.l10n.t('cut'));
  item.description = parts.join(' · ');
  item.accessibilityInformation = { label: [vscode.l10n.t('Sample {0}', row.sample + 1), row.state, ...parts].join(', ') };
  item.command = { command: COMMANDS.openInspector, title: vscode.l10n.t('Open in Inspector'), arguments: [{ path: node.parent.parent.file.path, ref: row.ref, peek: true }] };
  return item;
}

function linesOfFile({ file, info, error }: FileNode): string[] {
  if (!info) return [file.path, error ?? vscode.l10n.t('Read when it is opened.')];
  const steps = info.steps.length < 2 ? [] : [vscode.l10n.t('Steps {0} to {1}', Math.min(...info.steps), Math.max(...info.steps))];
  return [file.path, vscode.l10n.t('{0} in {1}, schema {2}', counted.rollouts(info.rollouts), counted.groups(info.groups), info.schema), ...steps, ...issueLines(info.issues)];
}

function linesOfGroup({ group }: GroupNode): string[] {
  return [
    group.title || group.key,
    group.judged === 0 ? vscode.l10n.t('{0}, none verified', counted.rollouts(group.count)) : vscode.l10n.t('{0} of {1} correct', group.correct, group.judged),
    ...(group.judged > 0 && !group.signal ? [vscode.l10n.t('No signal: all rewards are equal, so the group gives no gradient.')] : []),
    ...(group.gold === null ? [] : [vscode.l10n.t('Gold answer: {0}', group.gold)]),
    vscode.l10n.t('{0} on average', counted.tokens({ value: Math.round(group.meanTokens), estimated: false })),
  ];
}

function linesOfRollout({ row }: RolloutNode): string[] {
  return [
    vscode.l10n.t('Sample {0}: {1}', row.sample + 1, wordOf(row)),
    row.extracted ?? vscode.l10n.t('no answer'),
    counted.tokens(row.tokens),
    ...(row.cut ? [vscode.l10n.t('The response was cut at the length limit.')] : []),
    ...(row.advantage === null ? [] : [vscode.l10n.t('Reward {0}, advantage {1}', row.reward ?? '–', row.advantage.toFixed(2))]),
  ];
}

/** The state, and where it is from unless our verifier says it. */
function wordOf({ state, stateFrom }: RolloutNode['row']): string {
  return stateFrom === 'stored' ? vscode.l10n.t('{0}, by the score in the file', state) : state;
}
