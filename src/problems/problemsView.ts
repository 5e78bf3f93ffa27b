import * as vscode from 'vscode';
import { ListProblems, OpenProblems, ProblemsChanged } from '../../server/protocol/methods.ts';
import type { ProblemQuery } from '../../server/protocol/problem.ts';
import { RequestError } from '../../server/protocol/errors.ts';
import type { Services } from '../services.ts';
import type { DataFiles } from '../workspace/dataFiles.ts';
import { itemOfProblem, itemOfRange, itemOfSet, ProblemNode, RangeNode, SetNode, tooltipOfProblem, tooltipOfSet, type ProblemsNode } from './problemNodes.ts';

const PAGE = 1000;

/** The Problems view: sets, pages of large sets, problems. Rows come from the server by page, with the view's filter. */
export class ProblemsView implements vscode.TreeDataProvider<ProblemsNode>, vscode.Disposable {
  readonly tree: vscode.TreeView<ProblemsNode>;
  readonly #services: Services;
  readonly #files: DataFiles;
  readonly #changed = new vscode.EventEmitter<ProblemsNode | undefined>();
  readonly #disposables: vscode.Disposable[];
  #sets = new Map<string, SetNode>();
  #query: ProblemQuery = {};

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services, files: DataFiles) {
    this.#services = services;
    this.#files = files;
    this.tree = vscode.window.createTreeView('rlvr.problems', { treeDataProvider: this, canSelectMany: true, showCollapseAll: true });
    this.#disposables = [
      this.tree,
      this.#changed,
      files.onDidChange(() => this.#changed.fire(undefined)),
      services.connection.onNotification(ProblemsChanged, ({ path }) => this.refresh(path)),
    ];
  }

  get query(): ProblemQuery {
    return this.#query;
  }

  /** Applies a filter and order to every set. */
  setQuery(query: ProblemQuery): void {
    this.#query = query;
    this.tree.message = describeQuery(query);
    void vscode.commands.executeCommand('setContext', 'rlvr.problemsFiltered', this.tree.message !== undefined);
    this.#changed.fire(undefined);
  }

  /** Reads one set again, or all. */
  refresh(path?: string): void {
    const set = path === undefined ? undefined : this.#sets.get(path);
    if (set) set.info = null;
    else for (const each of this.#sets.values()) each.info = null;
    this.#changed.fire(set);
  }

  async getChildren(node?: ProblemsNode): Promise<ProblemsNode[]> {
    if (!node) return this.#listSets();
    if (node.kind === 'set') return this.#listSet(node);
    if (node.kind === 'range') return this.#rows(node.set, node.offset, node.count);
    return [];
  }

  getTreeItem(node: ProblemsNode): vscode.TreeItem {
    if (node.kind === 'set') return itemOfSet(node);
    return node.kind === 'range' ? itemOfRange(node) : itemOfProblem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: ProblemsNode): vscode.TreeItem {
    if (node.kind === 'set') item.tooltip = tooltipOfSet(node);
    if (node.kind === 'problem') item.tooltip = tooltipOfProblem(node);
    return item;
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #listSets(): Promise<SetNode[]> {
    const files = await this.#files.problems();
    const sets = files.map((file) => this.#sets.get(file.path) ?? new SetNode(file));
    this.#sets = new Map(sets.map((set) => [set.file.path, set]));
    // The counts in the descriptions are worth a look into each set, but the names should not wait for it.
    void this.#describe(sets);
    return sets;
  }

  async #describe(sets: readonly SetNode[]): Promise<void> {
    for (const set of sets) {
      if (set.info !== null) continue;
      await this.#open(set);
      this.#changed.fire(set);
    }
  }

  async #open(set: SetNode): Promise<void> {
    try {
      set.info = await this.#services.connection.request(OpenProblems, { path: set.file.path });
      set.error = null;
    } catch (error) {
      set.error = error instanceof Error ? error.message : String(error);
      if (!(error instanceof RequestError)) this.#services.log.error(set.error);
    }
  }

  async #listSet(set: SetNode): Promise<ProblemsNode[]> {
    if (set.info === null) await this.#open(set);
    if (set.error !== null) return [];
    const { total, rows } = await this.#services.connection.request(ListProblems, { path: set.file.path, query: this.#query, offset: 0, limit: PAGE });
    if (set.shown !== total) {
      set.shown = total;
      queueMicrotask(() => this.#changed.fire(set));
    }
    if (total <= PAGE) return rows.map((row) => new ProblemNode(set, row, this.#services, this.#files));
    return Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => new RangeNode(set, page * PAGE, Math.min(PAGE, total - page * PAGE)));
  }

  async #rows(set: SetNode, offset: number, limit: number): Promise<ProblemNode[]> {
    const { rows } = await this.#services.connection.request(ListProblems, { path: set.file.path, query: this.#query, offset, limit });
    return rows.map((row) => new ProblemNode(set, row, this.#services, this.#files));
  }
}

function describeQuery(query: ProblemQuery): string | undefined {
  const parts: string[] = [];
  if (query.text) parts.push(`“${query.text}”`);
  if (query.states) parts.push(query.states.join(' or '));
  if (query.domains) parts.push(query.domains.join(' or '));
  if (query.sort && query.sort !== 'file') parts.push(vscode.l10n.t('sorted by {0}{1}', query.sort, query.descending ? vscode.l10n.t(', highest first') : ''));
  return parts.length > 0 ? vscode.l10n.t('Showing {0}', parts.join(', ')) : undefined;
}
