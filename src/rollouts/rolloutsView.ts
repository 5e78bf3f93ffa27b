import * as vscode from 'vscode';
import { ListGroups, OpenRollouts, RolloutsChanged, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { RolloutQuery } from '../../server/protocol/rollout.ts';
import { isBadInput, messageOf, registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import type { SelectionSource } from '../verifiers/selections.ts';
import { itemOf, tooltipOf } from './rolloutItems.ts';
import { known } from '../workspace/openedFile.ts';
import { FileNode, GroupNode, GroupRangeNode, RolloutNode, type RolloutsNode } from './rolloutNodes.ts';

const PAGE = 500;

/** Files up to this size are indexed to show their counts before they are opened. */
const DESCRIBED_BYTES = 64 * 1024 * 1024;

/** The Rollouts view: files, groups, rollouts, read by page. */
export class RolloutsView implements vscode.TreeDataProvider<RolloutsNode>, SelectionSource, vscode.Disposable {
  readonly view = 'rlvr.rollouts';
  readonly tree: vscode.TreeView<RolloutsNode>;
  readonly onDidSelect: vscode.Event<unknown>;
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<RolloutsNode | undefined>();
  readonly #disposables: vscode.Disposable[];
  #files = new Map<string, FileNode>();
  #query: RolloutQuery = {};

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.tree = vscode.window.createTreeView('rlvr.rollouts', { treeDataProvider: this, canSelectMany: true, showCollapseAll: true });
    this.onDidSelect = this.tree.onDidChangeSelection;
    this.#disposables = [
      this.tree,
      this.#changed,
      services.files.onDidChange(() => {
        for (const node of this.#files.values()) node.error = null;
        this.#changed.fire(undefined);
      }),
      services.connection.onNotification(RolloutsChanged, ({ path }) => {
        const node = this.#files.get(path);
        if (node) void this.#readAgain(node);
      }),
      registerCommand(COMMANDS.refreshRollouts, services.log, () => this.refresh()),
      registerCommand(COMMANDS.filterRollouts, services.log, () => this.#filter()),
    ];
  }

  /** Looks for files again and reads all. */
  refresh(): void {
    for (const node of this.#files.values()) node.info = null;
    this.#services.files.refresh();
  }

  isActive(): boolean {
    return this.tree.visible && this.tree.selection.length > 0;
  }

  async selectedTargets(): Promise<VerifyTarget[]> {
    return (await Promise.all(this.tree.selection.filter((node) => node.kind !== 'range').map((node) => node.verifyTargets()))).flat();
  }

  async getChildren(node?: RolloutsNode): Promise<RolloutsNode[]> {
    try {
      if (!node) return await this.#listFiles();
      switch (node.kind) {
        case 'file':
          return await this.#listFile(node);
        case 'range':
          return await this.#groups(node.parent, node.offset, node.count);
        case 'group':
          return node.group.rows.map((row) => new RolloutNode(node, row));
        case 'rollout':
          return [];
      }
    } catch (error) {
      // The status bar and the view's welcome content say it; a notification per view would say it three times.
      this.#services.log.warn(`Rollouts: ${messageOf(error)}`);
      return [];
    }
  }

  getTreeItem(node: RolloutsNode): vscode.TreeItem {
    const item = itemOf(node);
    if (node.kind === 'file') node.described = item.description;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: RolloutsNode): vscode.TreeItem {
    item.tooltip = tooltipOf(node);
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #listFiles(): Promise<FileNode[]> {
    const found = [...await this.#services.files.rollouts(), ...await this.#services.files.unreadable('rollouts')].sort((a, b) => a.path.localeCompare(b.path));
    const nodes = found.map((file) => known(this.#files.get(file.path), file) ?? new FileNode(file));
    this.#files = new Map(nodes.map((node) => [node.file.path, node]));
    void this.#describe(nodes);
    return nodes;
  }

  /** Counts for the descriptions, after the names are shown; a very large file is indexed when it is opened. */
  async #describe(nodes: readonly FileNode[]): Promise<void> {
    for (const node of nodes) {
      if (node.info !== null || node.error !== null || node.file.size > DESCRIBED_BYTES) continue;
      await this.#open(node);
      this.#draw(node);
    }
  }

  /** Draws a file's line anew if it would read differently: drawing lists its children again, under the user's hand. */
  #draw(node: FileNode): void {
    if (itemOf(node).description !== node.described) this.#changed.fire(node);
  }

  /** After a change of the file or of its verdicts; what was shown stays until the new is there. */
  async #readAgain(node: FileNode): Promise<void> {
    if (node.info !== null || node.error !== null) {
      const fresh = new FileNode(node.file);
      await this.#open(fresh);
      if (fresh.info === null && fresh.error === null) return; // the server went away
      node.info = fresh.info;
      node.error = fresh.error;
    }
    this.#changed.fire(node);
  }

  #open(node: FileNode): Promise<void> {
    return node.open(this.#services, (path) => this.#services.connection.request(OpenRollouts, { path }));
  }

  async #listFile(node: FileNode): Promise<RolloutsNode[]> {
    await this.#open(node);
    // A large file is described only now; the item above the children shows it.
    queueMicrotask(() => this.#draw(node));
    if (node.error !== null) return [];
    const { total, groups } = await this.#services.connection.request(ListGroups, { path: node.file.path, query: this.#query, offset: 0, limit: PAGE });
    if (total <= PAGE) return groups.map((group) => new GroupNode(node, group));
    return Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => new GroupRangeNode(node, page * PAGE, Math.min(PAGE, total - page * PAGE)));
  }

  async #groups(node: FileNode, offset: number, limit: number): Promise<GroupNode[]> {
    const { groups } = await this.#services.connection.request(ListGroups, { path: node.file.path, query: this.#query, offset, limit });
    return groups.map((group) => new GroupNode(node, group));
  }

  async #filter(): Promise<void> {
    const query = await this.#askFilter(this.#query.query ?? '');
    if (query === undefined) return;
    this.#query = query ? { query } : {};
    this.tree.message = query ? vscode.l10n.t('Showing: {0}', query) : undefined;
    this.#changed.fire(undefined);
  }

  /** Asks again, with the reason, while a filter is not understood: applied, it would show nothing and not say why. */
  async #askFilter(value: string, mistake?: string): Promise<string | undefined> {
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Filter Rollouts'),
      prompt: mistake ?? vscode.l10n.t('Words, or reward:0 cut:true length:>8000 verdict:unverifiable step:12 domain:code think:unclosed. Empty shows all.'),
      value,
    });
    const query = answer?.trim();
    if (!query) return query;
    const problem = await this.#mistakeIn(query);
    return problem === null ? query : this.#askFilter(query, problem);
  }

  /** What the server does not understand in a filter; null where it does, or where there is no file to ask about. */
  async #mistakeIn(query: string): Promise<string | null> {
    const [smallest] = [...this.#files.values()].sort((a, b) => a.file.size - b.file.size);
    if (!smallest) return null;
    try {
      await this.#services.connection.request(ListGroups, { path: smallest.file.path, query: { query }, offset: 0, limit: 0 });
      return null;
    } catch (error) {
      return isBadInput(error) ? messageOf(error) : null;
    }
  }
}
