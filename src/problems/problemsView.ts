import * as vscode from 'vscode';
import { ListProblems, OpenProblems, ProblemsChanged, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { ProblemQuery } from '../../server/protocol/problem.ts';
import { setContext } from '../contextKeys.ts';
import type { Services } from '../services.ts';
import { messageOf } from '../feedback.ts';
import type { SelectionSource } from '../verifiers/selections.ts';
import { itemOf, tooltipOf } from './problemItems.ts';
import { known } from '../workspace/openedFile.ts';
import { ProblemNode, RangeNode, SetNode, type ProblemsNode } from './problemNodes.ts';
import { describeQuery, isFilter } from './problemQuery.ts';

const PAGE = 1000;

/** The Problems view: sets, pages of large sets, problems. Rows come from the server by page, with the view's filter. */
export class ProblemsView implements vscode.TreeDataProvider<ProblemsNode>, SelectionSource, vscode.Disposable {
  readonly view = 'rlvr.problems';
  readonly tree: vscode.TreeView<ProblemsNode>;
  readonly onDidSelect: vscode.Event<unknown>;
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<ProblemsNode | undefined>();
  readonly #disposables: vscode.Disposable[];
  #sets = new Map<string, SetNode>();
  #query: ProblemQuery = {};

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.tree = vscode.window.createTreeView('rlvr.problems', { treeDataProvider: this, canSelectMany: true, showCollapseAll: true });
    this.onDidSelect = this.tree.onDidChangeSelection;
    this.#disposables = [
      this.tree,
      this.#changed,
      services.files.onDidChange(() => {
        for (const set of this.#sets.values()) set.error = null;
        this.#changed.fire(undefined);
      }),
      services.connection.onNotification(ProblemsChanged, ({ path }) => {
        const set = this.#sets.get(path);
        if (set) void this.#readAgain(set);
      }),
    ];
  }

  get query(): ProblemQuery {
    return this.#query;
  }

  /** The sets that the view lists now. */
  get sets(): readonly SetNode[] {
    return [...this.#sets.values()];
  }

  /** Applies a filter and order to every set. */
  setQuery(query: ProblemQuery): void {
    this.#query = query;
    for (const set of this.#sets.values()) set.shown = null;
    this.#tellQuery();
    setContext('rlvr.problemsFiltered', this.tree.message !== undefined);
    this.#changed.fire(undefined);
  }

  /** Looks for sets again and reads all. */
  refresh(): void {
    for (const set of this.#sets.values()) {
      set.info = null;
      set.shown = null;
    }
    this.#services.files.refresh();
  }

  isActive(): boolean {
    return this.tree.visible && this.tree.selection.some((node) => node.kind === 'problem');
  }

  async selectedTargets(): Promise<VerifyTarget[]> {
    const chosen = this.tree.selection.filter((node) => node.kind === 'problem');
    return (await Promise.all(chosen.map((node) => node.verifyTargets()))).flat();
  }

  async getChildren(node?: ProblemsNode): Promise<ProblemsNode[]> {
    try {
      if (!node) return await this.#listSets();
      if (node.kind === 'set') return await this.#listSet(node);
      return node.kind === 'range' ? await this.#rows(node.set, node.offset, node.count) : [];
    } catch (error) {
      // The status bar and the view's welcome content say it; a notification per view and folder would say it ten times.
      this.#services.log.warn(`Problems: ${messageOf(error)}`);
      return [];
    }
  }

  getTreeItem(node: ProblemsNode): vscode.TreeItem {
    const item = itemOf(node);
    if (node.kind === 'set') node.described = item.description;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: ProblemsNode): vscode.TreeItem {
    item.tooltip = tooltipOf(node);
    return item;
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #listSets(): Promise<SetNode[]> {
    const files = [...await this.#services.files.problems(), ...await this.#services.files.unreadable('problems')].sort((a, b) => a.path.localeCompare(b.path));
    const sets = files.map((file) => known(this.#sets.get(file.path), file) ?? new SetNode(file));
    this.#sets = new Map(sets.map((set) => [set.file.path, set]));
    // The counts in the descriptions are worth a look into each set, but the names should not wait for it.
    void this.#describe(sets);
    return sets.filter((set) => !this.#isHidden(set));
  }

  /** A set without a match is left out of a filtered view. */
  #isHidden(set: SetNode): boolean {
    return isFilter(this.#query) && set.shown === 0;
  }

  /** The line above the tree: what is shown, and of how many sets. */
  #tellQuery(): void {
    const hidden = this.sets.filter((set) => this.#isHidden(set)).length;
    const what = describeQuery(this.#query);
    this.tree.message = what === undefined || hidden === 0 ? what
      : hidden === this.#sets.size ? vscode.l10n.t('{0}. No problem matches.', what)
      : vscode.l10n.t('{0}. Sets without a match: {1}', what, hidden);
  }

  async #describe(sets: readonly SetNode[]): Promise<void> {
    let hidden = false;
    for (const set of sets) {
      if (set.opening) continue;
      const before = set.shown;
      await this.#open(set);
      await this.#count(set);
      hidden ||= before === null && this.#isHidden(set);
      if (itemOf(set).description !== set.described) this.#changed.fire(set);
    }
    this.#tellQuery();
    if (hidden) this.#changed.fire(undefined);
  }

  /** After a change of the file or of its decisions; what was shown stays until the new is there. */
  async #readAgain(set: SetNode): Promise<void> {
    const fresh = new SetNode(set.file);
    const query = this.#query;
    await this.#open(fresh);
    await this.#count(fresh);
    if (fresh.info === null && fresh.error === null) return; // the server went away
    set.info = fresh.info;
    set.error = fresh.error;
    if (query === this.#query) set.shown = fresh.shown;
    this.#changed.fire(set);
    await this.#describe([set]);
  }

  #open(set: SetNode): Promise<void> {
    return set.open(this.#services, (path) => this.#services.connection.request(OpenProblems, { path }));
  }

  /** How many rows match the filter, without listing them. */
  async #count(set: SetNode): Promise<void> {
    if (set.info === null || set.shown !== null) return;
    const query = this.#query;
    const { total } = await this.#services.connection.request(ListProblems, { path: set.file.path, query, offset: 0, limit: 0 }).catch(() => ({ total: null }));
    // A count belongs to the filter it was asked with; that may have changed meanwhile.
    if (query === this.#query) set.shown = total;
  }

  async #listSet(set: SetNode): Promise<ProblemsNode[]> {
    await this.#open(set);
    if (set.error !== null) return [];
    const query = this.#query;
    const { total, rows } = await this.#services.connection.request(ListProblems, { path: set.file.path, query, offset: 0, limit: PAGE });
    if (query === this.#query) set.shown = total;
    if (total <= PAGE) return rows.map((row) => new ProblemNode(set, row, this.#services));
    return Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => new RangeNode(set, page * PAGE, Math.min(PAGE, total - page * PAGE)));
  }

  async #rows(set: SetNode, offset: number, limit: number): Promise<ProblemNode[]> {
    const { rows } = await this.#services.connection.request(ListProblems, { path: set.file.path, query: this.#query, offset, limit });
    return rows.map((row) => new ProblemNode(set, row, this.#services));
  }
}
