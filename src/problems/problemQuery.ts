import * as vscode from 'vscode';
import type { Domain, ProblemQuery, ProblemState } from '../../server/protocol/problem.ts';
import { wordOfState } from './problemItems.ts';

const STATES: readonly ProblemState[] = ['ok', 'filtered', 'contaminated', 'dropped', 'invalid', 'unchecked'];
const DOMAINS: readonly Domain[] = ['math', 'code'];

/** What a filter is applied to: the Problems view. */
interface Filtered {
  readonly query: ProblemQuery;
  setQuery(query: ProblemQuery): void;
}

interface Order {
  readonly label: string;
  readonly query: Pick<ProblemQuery, 'sort' | 'descending'>;
}

/** Asks for words to look for; an empty answer shows all again. */
export async function searchProblems(view: Filtered): Promise<void> {
  const text = await vscode.window.showInputBox({ title: vscode.l10n.t('Search Problems'), prompt: vscode.l10n.t('Words of the statement, answer or id. Empty shows all.'), value: view.query.text ?? '' });
  if (text === undefined) return;
  const { text: _former, ...rest } = view.query;
  view.setQuery(text.trim() ? { ...rest, text: text.trim() } : rest);
}

/** Asks for states and domains to show. */
export async function filterProblems(view: Filtered): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('State'), kind: vscode.QuickPickItemKind.Separator },
      ...STATES.map((state) => ({ label: wordOfState(state), state, picked: view.query.states?.includes(state) ?? false })),
      { label: vscode.l10n.t('Domain'), kind: vscode.QuickPickItemKind.Separator },
      ...DOMAINS.map((domain) => ({ label: domain, domain, picked: view.query.domains?.includes(domain) ?? false })),
    ],
    { title: vscode.l10n.t('Filter Problems'), canPickMany: true, placeHolder: vscode.l10n.t('Nothing chosen shows all') },
  );
  if (!chosen) return;
  const states = chosen.flatMap((item) => ('state' in item ? [item.state] : []));
  const domains = chosen.flatMap((item) => ('domain' in item ? [item.domain] : []));
  const { states: _states, domains: _domains, ...rest } = view.query;
  view.setQuery({ ...rest, ...(states.length > 0 ? { states } : {}), ...(domains.length > 0 ? { domains } : {}) });
}

/** Asks for the order; the present one is marked. */
export async function sortProblems(view: Filtered): Promise<void> {
  const present = orderOf(view.query);
  const picked = await vscode.window.showQuickPick(
    orders().map((order) => ({ ...order, ...(order.label === present?.label ? { description: vscode.l10n.t('now') } : {}) })),
    { title: vscode.l10n.t('Sort Problems') },
  );
  if (!picked) return;
  const { sort: _sort, descending: _descending, ...rest } = view.query;
  view.setQuery(picked.query.sort === 'file' ? rest : { ...rest, ...picked.query });
}

/** The filter and order in words, for the line above the tree; undefined when everything is shown as in the files. */
export function describeQuery(query: ProblemQuery): string | undefined {
  const parts: string[] = [];
  if (query.text) parts.push(`“${query.text}”`);
  if (query.states) parts.push(query.states.map(wordOfState).join(' / '));
  if (query.domains) parts.push(query.domains.join(' / '));
  const order = orderOf(query);
  if (order && order.query.sort !== 'file') parts.push(order.label);
  return parts.length > 0 ? vscode.l10n.t('Showing: {0}', parts.join(' · ')) : undefined;
}

function orderOf(query: ProblemQuery): Order | undefined {
  return orders().find((order) => order.query.sort === (query.sort ?? 'file') && (order.query.descending ?? false) === (query.descending ?? false));
}

function orders(): Order[] {
  return [
    { label: vscode.l10n.t('As in the file'), query: { sort: 'file' } },
    { label: vscode.l10n.t('Hardest first'), query: { sort: 'difficulty', descending: true } },
    { label: vscode.l10n.t('Lowest pass rate first'), query: { sort: 'passRate' } },
    { label: vscode.l10n.t('Highest pass rate first'), query: { sort: 'passRate', descending: true } },
    { label: vscode.l10n.t('By title'), query: { sort: 'title' } },
    { label: vscode.l10n.t('By state'), query: { sort: 'state' } },
  ];
}
