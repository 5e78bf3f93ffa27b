import * as vscode from 'vscode';
import { ListGroups, OpenRollouts, RolloutsChanged, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { RolloutQuery } from '../../server/protocol/rollout.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { isVerifiable } from '../verifiers/verifyTarget.ts';
import type { SelectionSource } from '../verifiers/verifyCommands.ts';
import type { DataFiles } from '../workspace/dataFiles.ts';
import { FileNode, GroupNode, GroupRangeNode, itemOf, RolloutNode, type RolloutsNode } from './rolloutNodes.ts';

const PAGE = 500;

/** Files up to this size are indexed to show their counts before they are opened. */
const DESCRIBED_BYTES = 64 * 1024 * 1024;

/** The Rollouts view: files, groups, rollouts, read by page. */
export class RolloutsView implements vscode.TreeDataProvider<RolloutsNode>, SelectionSource, vscode.Disposable {
  readonly tree: vscode.TreeView<RolloutsNode>;
  readonly #services: Services;
  readonly #dataFiles: DataFiles;
  readonly #changed = new vscode.EventEmitter<RolloutsNode | undefined>();
  readonly #disposables: vscode.Disposable[];
  #files = new Map<string, FileNode>();
  #query: RolloutQuery = {};

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services, dataFiles: DataFiles) {
    this.#services = services;
    this.#dataFiles = dataFiles;
    this.tree = vscode.window.createTreeView('rlvr.rollouts', { treeDataProvider: this, canSelectMany: true, showCollapseAll: true });
    this.#disposables = [
      this.tree,
      this.#changed,
      dataFiles.onDidChange(() => this.#changed.fire(undefined)),
      services.connection.onNotification(RolloutsChanged, ({ path }) => {
        const node = this.#files.get(path);
        if (!node) return;
        node.info = null;
        this.#changed.fire(node);
      }),
      registerCommand(COMMANDS.refreshRollouts, services.log, () => dataFiles.refresh()),
      registerCommand(COMMANDS.filterRollouts, services.log, () => this.#filter()),
    ];
  }

  isActive(): boolean {
    return this.tree.visible && this.tree.selection.length > 0;
  }

  async selectedTargets(): Promise<VerifyTarget[]> {
    const targets: VerifyTarget[] = [];
    for (const node of this.tree.selection) if (isVerifiable(node)) targets.push(...(await node.verifyTargets()));
    return targets;
  }

  async getChildren(node?: RolloutsNode): Promise<RolloutsNode[]> {
    if (!node) return this.#listFiles();
    switch (node.kind) {
      case 'file':
        return this.#listFile(node);
      case 'range':
        return this.#groups(node.parent, node.offset, node.count);
      case 'group':
        return node.group.rows.map((row) => new RolloutNode(node, row));
      case 'rollout':
        return [];
    }
  }

  getTreeItem(node: RolloutsNode): vscode.TreeItem {
    return itemOf(node);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #listFiles(): Promise<FileNode[]> {
    const found = await this.#dataFiles.rollouts();
    const nodes = found.map((file) => this.#files.get(file.path) ?? new FileNode(file));
    this.#files = new Map(nodes.map((node) => [node.file.path, node]));
    void this.#describe(nodes);
    return nodes;
  }

  /** Counts for the descriptions, after the names are shown; a very large file is indexed when it is opened. */
  async #describe(nodes: readonly FileNode[]): Promise<void> {
    for (const node of nodes) {
      if (node.info !== null || node.error !== null || node.file.size > DESCRIBED_BYTES) continue;
      await this.#open(node);
      this.#changed.fire(node);
    }
  }

  async #open(node: FileNode): Promise<void> {
    try {
      node.info ??= await this.#services.connection.request(OpenRollouts, { path: node.file.path });
      node.error = null;
    } catch (error) {
      node.error = error instanceof Error ? error.message : String(error);
    }
  }

  async #listFile(node: FileNode): Promise<RolloutsNode[]> {
    await this.#open(node);
    if (node.error !== null) {
      queueMicrotask(() => this.#changed.fire(node));
      return [];
    }
    const { total, groups } = await this.#services.connection.request(ListGroups, { path: node.file.path, query: this.#query, offset: 0, limit: PAGE });
    if (total <= PAGE) return groups.map((group) => new GroupNode(node, group));
    return Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => new GroupRangeNode(node, page * PAGE, Math.min(PAGE, total - page * PAGE)));
  }

  async #groups(node: FileNode, offset: number, limit: number): Promise<GroupNode[]> {
    const { groups } = await this.#services.connection.request(ListGroups, { path: node.file.path, query: this.#query, offset, limit });
    return groups.map((group) => new GroupNode(node, group));
  }

  async #filter(): Promise<void> {
    const query = await vscode.window.showInputBox({
      title: vscode.l10n.t('Filter Rollouts'),
      prompt: vscode.l10n.t('Words, or reward:0 cut:true length:>8000 verdict:unverifiable step:12 domain:code think:unclosed. Empty shows all.'),
      value: this.#query.query ?? '',
    });
    if (query === undefined) return;
    this.#query = query.trim() ? { query: query.trim() } : {};
    this.tree.message = this.#query.query ? vscode.l10n.t('Showing {0}', this.#query.query) : undefined;
    this.#changed.fire(undefined);
  }
}
