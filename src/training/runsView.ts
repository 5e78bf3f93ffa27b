import * as vscode from 'vscode';
import { ListRuns, ResumeRun, RunChanged, StopRun } from '../../server/protocol/methods.ts';
import { FINAL_STATUSES, type RunInfo, type RunStatus } from '../../server/protocol/training.ts';
import { messageOf, registerCommand } from '../feedback.ts';
import { COLORS, COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { isBelow } from '../workspace/below.ts';
import { count } from '../workspace/counted.ts';
import { trustedOrTold } from '../workspace/trust.ts';

const ICON: Readonly<Record<RunStatus, { readonly icon: string; readonly color?: string }>> = {
  preparing: { icon: 'loading~spin' },
  pending: { icon: 'clock' },
  running: { icon: 'sync~spin', color: 'charts.blue' },
  stopping: { icon: 'loading~spin' },
  stopped: { icon: 'debug-stop', color: 'disabledForeground' },
  succeeded: { icon: 'pass', color: COLORS.correct },
  failed: { icon: 'error', color: COLORS.incorrect },
  lost: { icon: 'debug-disconnect', color: 'list.warningForeground' },
};

/** A run in the Runs view: the same node for as long as the run is listed, so that a menu on it still means it after the next step. */
export class RunNode {
  run: RunInfo;
  constructor(run: RunInfo) {
    this.run = run;
  }
}

/** The Runs view: newest first, kept current by notifications. Runs belong to the server, so a new window sees them all. */
export class RunsView implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly tree: vscode.TreeView<RunNode>;
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<RunNode | undefined>();
  readonly #disposables: vscode.Disposable[];
  readonly #runs = new Map<string, RunNode>();
  /** `failed`: to be listed again as soon as there is a server. */
  #state: 'unlisted' | 'listed' | 'failed' = 'unlisted';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    const { log, connection } = services;
    this.tree = vscode.window.createTreeView('rlvr.runs', { treeDataProvider: this, showCollapseAll: false });
    this.#disposables = [
      this.tree,
      this.#changed,
      connection.onNotification(RunChanged, ({ run }) => {
        const node = this.#runs.get(run.directory);
        if (node) node.run = run;
        // The server is every window's, and tells all of every run.
        else if (!runRoots().some((root) => isBelow(root, run.directory))) return;
        else this.#runs.set(run.directory, new RunNode(run));
        this.#changed.fire(node);
      }),
      // A server that was killed comes back without knowing its runs: listing the roots makes it adopt them.
      connection.onDidConnect(() => {
        if (this.#state !== 'unlisted') this.refresh();
      }),
      registerCommand(COMMANDS.refreshRuns, log, () => this.refresh()),
      registerCommand(COMMANDS.stopRun, log, (node) => this.#stop(node)),
      registerCommand(COMMANDS.resumeRun, log, async (node) => {
        if (!(node instanceof RunNode) || !trustedOrTold(vscode.l10n.t('A run is resumed in a trusted workspace only: it executes programs.'))) return;
        const { directory } = node.run;
        await services.rayTokens.with(() => connection.request(ResumeRun, { directory }));
      }),
      registerCommand(COMMANDS.openRunFolder, log, async (node) => {
        if (node instanceof RunNode) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(node.run.directory));
      }),
    ];
  }

  refresh(): void {
    this.#state = 'unlisted';
    this.#changed.fire(undefined);
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return [];
    if (this.#state === 'unlisted') await this.#list();
    return [...this.#runs.values()].sort((a, b) => b.run.startedAt.localeCompare(a.run.startedAt));
  }

  getTreeItem({ run }: RunNode): vscode.TreeItem {
    const reward = run.latest['critic/score/mean'];
    // Step and reward first: a run's name alone fills a side bar. Its state is the icon.
    const lead = [`${count(run.step)}/${count(run.plannedSteps)}`, ...(typeof reward === 'number' ? [reward.toFixed(2)] : [])].join(' · ');
    const item = new vscode.TreeItem(`${lead}  ${run.runId}`, vscode.TreeItemCollapsibleState.None);
    const look = ICON[run.status];
    item.id = run.directory;
    item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
    item.description = `${run.status} · ${run.engineLabel}`;
    item.contextValue = contextOf(run.status);
    item.command = { command: COMMANDS.openDashboard, title: vscode.l10n.t('Open Dashboard'), arguments: [{ directory: run.directory }] };
    const spoken = [run.runId, run.status, vscode.l10n.t('step {0} of {1}', run.step, run.plannedSteps), ...(typeof reward === 'number' ? [vscode.l10n.t('reward {0}', reward.toFixed(2))] : []), run.engineLabel];
    item.accessibilityInformation = { label: spoken.join(', ') };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, { run }: RunNode): vscode.TreeItem {
    const text = new vscode.MarkdownString();
    text.appendText(`${run.title} (${run.engineLabel})`).appendMarkdown('\n\n').appendText(`${run.status}: ${run.message}`).appendMarkdown('\n\n').appendText(run.directory);
    for (const issue of run.issues) text.appendMarkdown('\n\n').appendText(issue);
    item.tooltip = text;
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #list(): Promise<void> {
    try {
      const { runs } = await this.#services.connection.request(ListRuns, { roots: runRoots() });
      const known = new Map(this.#runs);
      this.#runs.clear();
      for (const run of runs) {
        const node = known.get(run.directory) ?? new RunNode(run);
        node.run = run;
        this.#runs.set(run.directory, node);
      }
      this.#state = 'listed';
    } catch (error) {
      // The status bar and the view's welcome content say it.
      this.#services.log.warn(`Runs: ${messageOf(error)}`);
      this.#state = 'failed';
    }
  }

  async #stop(node: unknown): Promise<void> {
    if (!(node instanceof RunNode)) return;
    const stop = vscode.l10n.t('Stop');
    const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Stop run {0} at step {1}?', node.run.runId, node.run.step), { modal: true, detail: vscode.l10n.t('What is on disk stays; the run can be resumed.') }, stop);
    if (answer === stop) await this.#services.connection.request(StopRun, { directory: node.run.directory });
  }
}

/** What the menus of a run go by: one that succeeded has nothing left to resume. */
function contextOf(status: RunStatus): string {
  if (status === 'succeeded') return 'rlvr.run.succeeded';
  return FINAL_STATUSES.includes(status) || status === 'lost' ? 'rlvr.run.ended' : 'rlvr.run.active';
}

/** Folders that hold run directories: `runs` in each workspace folder. */
export function runRoots(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => vscode.Uri.joinPath(folder.uri, 'runs').fsPath);
}
