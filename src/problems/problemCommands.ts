import * as vscode from 'vscode';
import { DecideProblems, GetProblem } from '../../server/protocol/methods.ts';
import type { Decision } from '../../server/protocol/problem.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { openLine } from '../workspace/openLine.ts';
import { askReason } from './dropReason.ts';
import { exportSet } from './exportSet.ts';
import { ProblemNode } from './problemNodes.ts';
import { filterProblems, searchProblems, sortProblems } from './problemQuery.ts';
import type { ProblemsView } from './problemsView.ts';

/** Commands on problems: filter, order, decide, jump, export. */
export function registerProblemCommands(services: Services, view: ProblemsView): vscode.Disposable {
  const on = (id: string, run: (...args: unknown[]) => unknown): vscode.Disposable => registerCommand(id, services.log, run);
  /** Runs with the problems a command was called for; says so where there are none. */
  const withProblems = (run: (nodes: readonly [ProblemNode, ...ProblemNode[]]) => unknown) => (...args: unknown[]): unknown => {
    const [first, ...rest] = nodesOf(args, view);
    if (first) return run([first, ...rest]);
    return void vscode.window.showInformationMessage(vscode.l10n.t('Select problems in the Problems view first.'));
  };

  return vscode.Disposable.from(
    on(COMMANDS.refreshProblems, () => view.refresh()),
    on(COMMANDS.searchProblems, () => searchProblems(view)),
    on(COMMANDS.filterProblems, () => filterProblems(view)),
    on(COMMANDS.sortProblems, () => sortProblems(view)),
    on(COMMANDS.clearProblemFilter, () => view.setQuery({})),
    on(COMMANDS.keepProblem, withProblems((nodes) => decide(services, nodes, { action: 'keep' }))),
    on(COMMANDS.restoreProblem, withProblems((nodes) => decide(services, nodes, null))),
    on(COMMANDS.dropProblem, withProblems(async (nodes) => {
      const reason = await askReason(nodes.length);
      if (reason !== undefined) await decide(services, nodes, { action: 'drop', reason });
    })),
    on(COMMANDS.editAnswer, withProblems(([node]) => editAnswer(services, node))),
    on(COMMANDS.goToProblemLine, withProblems(([node]) => goToLine(services, node.set.file.path, node.row.id))),
    on(COMMANDS.exportProblems, (node) => exportSet(services, view, node)),
  );
}

/** Opens the source file at the problem's line; says so where a file has no lines (Parquet). */
export async function goToLine(services: Services, path: string, id: string): Promise<void> {
  const { row } = await services.connection.request(GetProblem, { path, id });
  if (row.line === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no lines of text; the problem is record {1}.', vscode.workspace.asRelativePath(path), row.row + 1));
    return;
  }
  await openLine(path, row.line);
}

/** Stores one decision for all problems, or takes theirs back; the server tells every view of it. */
async function decide({ connection }: Services, nodes: readonly ProblemNode[], decision: Omit<Decision, 'id' | 'at'> | null): Promise<void> {
  const at = new Date().toISOString();
  for (const [path, members] of Map.groupBy(nodes, (node) => node.set.file.path)) {
    const changes = members.map(({ row: { id } }) => ({ id, decision: decision && { ...decision, id, at } }));
    await connection.request(DecideProblems, { path, changes });
  }
}

async function editAnswer(services: Services, node: ProblemNode): Promise<void> {
  const { row } = node;
  if (row.domain === 'code') {
    void vscode.window.showInformationMessage(vscode.l10n.t('A code problem is checked by its tests; it has no answer to edit.'));
    return;
  }
  // The row's own answer may be shortened.
  const { problem } = await services.connection.request(GetProblem, { path: node.set.file.path, id: row.id });
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Edit Answer'),
    prompt: vscode.l10n.t('Stored beside the set; the file itself is not changed.'),
    value: problem.answer ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? null : vscode.l10n.t('An answer is needed. Without one the problem cannot be rewarded; drop it instead.')),
  });
  if (answer !== undefined && answer.trim() !== problem.answer) await decide(services, [node], { action: 'edit', answer: answer.trim() });
}

/** Trees call with (item, selected items); a key or the palette means the view's selection. */
function nodesOf(args: readonly unknown[], view: ProblemsView): ProblemNode[] {
  const [item, selection] = args;
  const chosen: readonly unknown[] = Array.isArray(selection) ? selection : item ? [item] : view.tree.selection;
  return chosen.filter((node) => node instanceof ProblemNode);
}
