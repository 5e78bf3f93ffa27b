import * as vscode from 'vscode';
import type { ProblemRow, ProblemState } from '../../server/protocol/problem.ts';
import { COMMANDS } from '../ids.ts';
import { count, counted } from '../workspace/counted.ts';
import { fileItem, issueCount, issueLines, plainHover, rangeItem } from '../workspace/treeText.ts';
import type { ProblemNode, ProblemsNode, SetNode } from './problemNodes.ts';

const STATE_ICON: Readonly<Record<ProblemState, { readonly icon: string; readonly color?: string }>> = {
  ok: { icon: 'circle-outline' },
  dropped: { icon: 'circle-slash', color: 'disabledForeground' },
  filtered: { icon: 'filter', color: 'list.warningForeground' },
  contaminated: { icon: 'warning', color: 'list.errorForeground' },
  invalid: { icon: 'error', color: 'list.errorForeground' },
  unchecked: { icon: 'question', color: 'disabledForeground' },
};

/** Longest answer that stands before a problem's title, characters. */
const SHORT_ANSWER = 10;

/** The tree item of a node, without its tooltip: that is made when it is asked for. */
export function itemOf(node: ProblemsNode): vscode.TreeItem {
  switch (node.kind) {
    case 'set':
      return itemOfSet(node);
    case 'range':
      return rangeItem(node.set.file.path, node.offset, node.count, (from, to) => vscode.l10n.t('Problems {0} to {1}', from, to));
    case 'problem':
      return itemOfProblem(node);
  }
}

export function tooltipOf(node: ProblemsNode): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'set':
      return plainHover(linesOfSet(node));
    case 'range':
      return undefined;
    case 'problem':
      return plainHover(linesOfProblem(node.row));
  }
}

/** The word for a state, as filters and descriptions show it. */
export function wordOfState(state: ProblemState): string {
  switch (state) {
    case 'ok':
      return vscode.l10n.t('ok');
    case 'dropped':
      return vscode.l10n.t('dropped');
    case 'filtered':
      return vscode.l10n.t('filtered');
    case 'contaminated':
      return vscode.l10n.t('contaminated');
    case 'invalid':
      return vscode.l10n.t('invalid');
    case 'unchecked':
      return vscode.l10n.t('not checked yet');
  }
}

function itemOfSet(node: SetNode): vscode.TreeItem {
  const item = fileItem({ path: node.file.path, error: node.error, counts: countsOfSet(node), icon: 'library' });
  item.id = `set:${node.file.path}`;
  item.contextValue = 'rlvr.set';
  return item;
}

function countsOfSet({ info, shown }: SetNode): string[] {
  if (!info) return [];
  const parts = [shown !== null && shown !== info.count ? vscode.l10n.t('{0} of {1}', count(shown), count(info.count)) : count(info.count)];
  for (const state of ['contaminated', 'filtered', 'dropped', 'invalid', 'unchecked'] as const) {
    const members = info.byState[state];
    if (members) parts.push(`${count(members)} ${wordOfState(state)}`);
  }
  return [...parts, ...issueCount(info.issues)];
}

function linesOfSet({ file, info, error }: SetNode): string[] {
  if (!info) return [file.path, error ?? ''];
  return [
    file.path,
    vscode.l10n.t('{0}, schema {1}', counted.problems(info.count), info.schema),
    Object.entries(info.byDomain).map(([domain, members]) => `${domain} ${count(members)}`).join(' · '),
    ...info.check.remarks,
    ...issueLines(info.issues),
  ];
}

function itemOfProblem({ set, row }: ProblemNode): vscode.TreeItem {
  const title = row.title || row.id;
  const { lead, rest } = factsOf(row);
  const item = new vscode.TreeItem([...lead, title].join('  '), vscode.TreeItemCollapsibleState.None);
  const look = STATE_ICON[row.state];
  item.id = `problem:${set.file.path}:${row.id}`;
  item.iconPath = row.state === 'ok' ? new vscode.ThemeIcon(row.domain === 'code' ? 'symbol-method' : 'symbol-operator') : new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.description = rest.join(' · ');
  item.contextValue = `rlvr.problem.${row.domain}.${row.state}${row.decision ? '.decided' : ''}${row.line === null ? '' : '.line'}`;
  item.command = { command: COMMANDS.openProblem, title: vscode.l10n.t('Open Problem'), arguments: [{ path: set.file.path, id: row.id, peek: true }] };
  item.accessibilityInformation = { label: [title, row.domain, ...rest, ...lead].join(', ') };
  return item;
}

/** `lead` stands before the title, which is longer than a side bar is wide; `rest` after it: what is wrong first. */
function factsOf(row: ProblemRow): { readonly lead: readonly string[]; readonly rest: readonly string[] } {
  const { answer, passRate, difficulty } = row;
  const rate = passRate ? [`${passRate.correct}/${passRate.attempts}`] : [];
  const goal = row.domain === 'code' ? counted.tests(row.tests) : answer === null ? vscode.l10n.t('no answer') : `= ${answer}`;
  const short = answer !== null && row.domain === 'math' && answer.length <= SHORT_ANSWER && !answer.includes('\\');
  const state = row.state === 'ok' ? [] : [stateWithLabels(row)];
  const hard = !passRate && difficulty ? [vscode.l10n.t('difficulty {0}', difficulty.value)] : [];
  return { lead: short ? [...rate, goal] : rate, rest: short ? [...state, ...hard] : [...state, ...hard, goal] };
}

function linesOfProblem(row: ProblemRow): string[] {
  const { passRate, difficulty, decision } = row;
  const lines = [
    row.title,
    `${row.domain} · ${stateWithLabels(row)}`,
    row.domain === 'code' ? counted.tests(row.tests) : row.answer === null ? vscode.l10n.t('The answer is missing.') : vscode.l10n.t('Answer: {0}', row.answer),
  ];
  if (passRate) lines.push(passRate.model ? vscode.l10n.t('Pass rate: {0} of {1} by {2}', passRate.correct, passRate.attempts, passRate.model) : vscode.l10n.t('Pass rate: {0} of {1}', passRate.correct, passRate.attempts));
  if (difficulty) lines.push(vscode.l10n.t('Difficulty: {0} ({1})', difficulty.value, difficulty.scale));
  if (decision) lines.push(vscode.l10n.t('Decision: {0}', decision.reason ? `${decision.action}, ${decision.reason}` : decision.action));
  lines.push(row.id);
  return lines;
}

function stateWithLabels(row: ProblemRow): string {
  return row.labels.length > 0 ? `${wordOfState(row.state)}: ${row.labels.join(', ')}` : wordOfState(row.state);
}
