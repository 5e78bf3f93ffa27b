import * as vscode from 'vscode';
import type { Domain, PassRateClass, ProblemQuery, ProblemSetInfo, ProblemState } from '../../server/protocol/problem.ts';
import { count } from '../workspace/counted.ts';
import { wordOfState } from './problemItems.ts';

const STATES: readonly ProblemState[] = ['ok', 'filtered', 'contaminated', 'dropped', 'invalid', 'unchecked'];
const DOMAINS: readonly Domain[] = ['math', 'code'];
const PASS_RATES: readonly PassRateClass[] = ['never', 'sometimes', 'always', 'unknown'];

/** What a filter is applied to: the Problems view. */
interface Filtered {
  readonly query: ProblemQuery;
  readonly sets: readonly { readonly info: ProblemSetInfo | null }[];
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

/** Asks for states, pass rates and domains to show, each with its number in all sets. */
export async function filterProblems(view: Filtered): Promise<void> {
  const { query } = view;
  const infos = view.sets.flatMap(({ info }) => (info === null ? [] : [info]));
  const inAll = (of: (info: ProblemSetInfo) => number | undefined): { readonly description: string } => ({ description: count(infos.reduce((sum, info) => sum + (of(info) ?? 0), 0)) });
  const chosen = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('State'), kind: vscode.QuickPickItemKind.Separator },
      ...STATES.map((state) => ({ label: wordOfState(state), ...inAll((info) => info.byState[state]), state, picked: query.states?.includes(state) ?? false })),
      { label: vscode.l10n.t('Pass rate'), kind: vscode.QuickPickItemKind.Separator },
      ...PASS_RATES.map((rate) => ({ label: wordOfRate(rate), ...inAll((info) => info.byPassRate[rate]), rate, picked: query.passRates?.includes(rate) ?? false })),
      { label: vscode.l10n.t('Domain'), kind: vscode.QuickPickItemKind.Separator },
      ...DOMAINS.map((domain) => ({ label: domain, ...inAll((info) => info.byDomain[domain]), domain, picked: query.domains?.includes(domain) ?? false })),
    ],
    { title: vscode.l10n.t('Filter Problems'), canPickMany: true, placeHolder: vscode.l10n.t('Nothing chosen shows all') },
  );
  if (!chosen) return;
  const states = chosen.flatMap((item) => ('state' in item ? [item.state] : []));
  const passRates = chosen.flatMap((item) => ('rate' in item ? [item.rate] : []));
  const domains = chosen.flatMap((item) => ('domain' in item ? [item.domain] : []));
  const { states: _states, passRates: _rates, domains: _domains, ...rest } = query;
  view.setQuery({ ...rest, ...(states.length > 0 ? { states } : {}), ...(passRates.length > 0 ? { passRates } : {}), ...(domains.length > 0 ? { domains } : {}) });
}

/** Whether a query leaves problems out, and does not only order them. */
export function isFilter({ text, states, passRates, domains }: ProblemQuery): boolean {
  return text !== undefined || states !== undefined || passRates !== undefined || domains !== undefined;
}

function wordOfRate(rate: PassRateClass): string {
  switch (rate) {
    case 'never':
      return vscode.l10n.t('never solved');
    case 'sometimes':
      return vscode.l10n.t('solved sometimes');
    case 'always':
      return vscode.l10n.t('always solved');
    case 'unknown':
      return vscode.l10n.t('pass rate unknown');
  }
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
  if (query.passRates) parts.push(query.passRates.map(wordOfRate).join(' / '));
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
