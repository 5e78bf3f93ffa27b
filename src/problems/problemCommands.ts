import * as vscode from 'vscode';
import { DecideProblems, ExportProblems, GetProblem } from '../../server/protocol/methods.ts';
import type { Decision, Domain, ProblemQuery, ProblemState } from '../../server/protocol/problem.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { ProblemNode, SetNode } from './problemNodes.ts';
import type { ProblemsView } from './problemsView.ts';

const DROP_REASONS = ['wrong answer', 'ambiguous', 'duplicate', 'too easy', 'contaminated', 'not checkable'];

/** Commands on problems: filter, order, decide, jump, export. */
export function registerProblemCommands(services: Services, view: ProblemsView): vscode.Disposable {
  const { log } = services;
  const on = (id: string, run: (...args: unknown[]) => unknown): vscode.Disposable => registerCommand(id, log, run);

  const decide = async (nodes: readonly ProblemNode[], make: (node: ProblemNode) => Omit<Decision, 'id' | 'at'> | null): Promise<void> => {
    const bySet = Map.groupBy(nodes, (node) => node.set.file.path);
    const at = new Date().toISOString();
    for (const [path, members] of bySet) {
      const changes = members.map((node) => {
        const decision = make(node);
        return { id: node.row.id, decision: decision && { ...decision, id: node.row.id, at } };
      });
      await services.connection.request(DecideProblems, { path, changes });
      view.refresh(path);
    }
  };

  return vscode.Disposable.from(
    on(COMMANDS.refreshProblems, () => view.refresh()),
    on(COMMANDS.searchProblems, () => searchProblems(view)),
    on(COMMANDS.filterProblems, () => filterProblems(view)),
    on(COMMANDS.sortProblems, () => sortProblems(view)),
    on(COMMANDS.clearProblemFilter, () => view.setQuery({})),
    on(COMMANDS.keepProblem, (...args) => decide(nodesOf(args, view), () => ({ action: 'keep' }))),
    on(COMMANDS.restoreProblem, (...args) => decide(nodesOf(args, view), () => null)),
    on(COMMANDS.dropProblem, async (...args) => {
      const nodes = nodesOf(args, view);
      const reason = nodes.length > 0 ? await askReason(nodes.length) : undefined;
      if (reason !== undefined) await decide(nodes, () => ({ action: 'drop', reason }));
    }),
    on(COMMANDS.editAnswer, async (...args) => {
      const [node] = nodesOf(args, view);
      if (!node) return;
      const answer = await vscode.window.showInputBox({ title: vscode.l10n.t('Edit Answer'), prompt: vscode.l10n.t('Stored beside the set; the file itself is not changed.'), value: node.row.answer ?? '', ignoreFocusOut: true });
      if (answer !== undefined && answer !== node.row.answer) await decide([node], () => ({ action: 'edit', answer }));
    }),
    on(COMMANDS.goToProblemLine, async (...args) => {
      const [node] = nodesOf(args, view);
      if (node) await goToLine(services, node.set.file.path, node.row.id);
    }),
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
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const line = Math.min(row.line, document.lineCount - 1);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, 0, line, 0), preview: true });
}

/** Asks why; typing something that is not in the list takes it as the reason. */
export async function askReason(count: number): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = count === 1 ? vscode.l10n.t('Drop Problem: Reason') : vscode.l10n.t('Drop {0} Problems: Reason', count);
  pick.placeholder = vscode.l10n.t('Choose a reason or type one');
  const known = DROP_REASONS.map((label) => ({ label }));
  pick.items = known;
  pick.onDidChangeValue((value) => (pick.items = value.trim() && !DROP_REASONS.includes(value.trim()) ? [{ label: value.trim() }, ...known] : known));
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.label);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function nodesOf(args: readonly unknown[], view: ProblemsView): ProblemNode[] {
  const [item, selection] = args;
  const chosen: readonly unknown[] = Array.isArray(selection) ? selection : item ? [item] : view.tree.selection;
  return chosen.filter((node): node is ProblemNode => node instanceof ProblemNode);
}

async function searchProblems(view: ProblemsView): Promise<void> {
  const text = await vscode.window.showInputBox({ title: vscode.l10n.t('Search Problems'), prompt: vscode.l10n.t('Words of the statement, answer or id. Empty shows all.'), value: view.query.text ?? '' });
  if (text === undefined) return;
  const { text: _old, ...rest } = view.query;
  view.setQuery(text.trim() ? { ...rest, text: text.trim() } : rest);
}

async function filterProblems(view: ProblemsView): Promise<void> {
  const states: readonly ProblemState[] = ['ok', 'filtered', 'contaminated', 'dropped', 'invalid'];
  const domains: readonly Domain[] = ['math', 'code'];
  const chosen = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('State'), kind: vscode.QuickPickItemKind.Separator },
      ...states.map((state) => ({ label: state, state, picked: view.query.states?.includes(state) ?? false })),
      { label: vscode.l10n.t('Domain'), kind: vscode.QuickPickItemKind.Separator },
      ...domains.map((domain) => ({ label: domain, domain, picked: view.query.domains?.includes(domain) ?? false })),
    ],
    { title: vscode.l10n.t('Filter Problems'), canPickMany: true, placeHolder: vscode.l10n.t('Nothing chosen shows all') },
  );
  if (!chosen) return;
  const pickedStates = chosen.flatMap((item) => ('state' in item ? [item.state] : []));
  const pickedDomains = chosen.flatMap((item) => ('domain' in item ? [item.domain] : []));
  const { states: _states, domains: _domains, ...rest } = view.query;
  view.setQuery({ ...rest, ...(pickedStates.length > 0 ? { states: pickedStates } : {}), ...(pickedDomains.length > 0 ? { domains: pickedDomains } : {}) });
}

async function sortProblems(view: ProblemsView): Promise<void> {
  const orders: { label: string; query: Pick<ProblemQuery, 'sort' | 'descending'> }[] = [
    { label: vscode.l10n.t('As in the file'), query: { sort: 'file' } },
    { label: vscode.l10n.t('Hardest first'), query: { sort: 'difficulty', descending: true } },
    { label: vscode.l10n.t('Lowest pass rate first'), query: { sort: 'passRate' } },
    { label: vscode.l10n.t('Highest pass rate first'), query: { sort: 'passRate', descending: true } },
    { label: vscode.l10n.t('By title'), query: { sort: 'title' } },
    { label: vscode.l10n.t('By state'), query: { sort: 'state' } },
  ];
  const picked = await vscode.window.showQuickPick(orders, { title: vscode.l10n.t('Sort Problems') });
  if (!picked) return;
  const { sort: _sort, descending: _descending, ...rest } = view.query;
  view.setQuery({ ...rest, ...picked.query });
}

async function exportSet(services: Services, view: ProblemsView, node: unknown): Promise<void> {
  const set = node instanceof SetNode ? node : view.tree.selection.find((each) => each instanceof SetNode);
  if (!set) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select a problem set in the Problems view to export it.'));
    return;
  }
  const format = await vscode.window.showQuickPick(
    [
      { label: 'JSONL', description: vscode.l10n.t('our own schema, one problem a line'), format: 'jsonl', extension: 'jsonl' } as const,
      { label: 'veRL Parquet', description: vscode.l10n.t('what the trainer reads'), format: 'verl-parquet', extension: 'parquet' } as const,
    ],
    { title: vscode.l10n.t('Export Curated Set') },
  );
  if (!format) return;
  const target = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Export Curated Set'), defaultUri: vscode.Uri.file(set.file.path.replace(/(\.[a-z]+)+$/i, `.curated.${format.extension}`)) });
  if (!target) return;
  const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Exporting') }, (progress, token) =>
    services.connection.request(ExportProblems, { path: set.file.path, target: target.fsPath, format: format.format }, { token, progress: ({ done, total }) => progress.report({ message: total === null ? String(done) : `${done}/${total}` }) }));
  for (const warning of result.warnings) services.log.warn(warning);
  const removed = result.removedPath === null ? '' : vscode.l10n.t(' {0} left out with their reasons in {1}.', result.removed, vscode.workspace.asRelativePath(result.removedPath));
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Exported {0} problems.', result.written) + removed, ...(format.format === 'jsonl' ? [open] : []));
  if (answer === open) await vscode.window.showTextDocument(target);
}
