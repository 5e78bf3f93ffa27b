import * as v from 'valibot';
import * as vscode from 'vscode';
import { GetRun, ListRecipes, ListRuns, ResumeRun, RunChanged, RunEvents, StopRun, SubscribeRun, UnsubscribeRun } from '../../server/protocol/methods.ts';
import type { RunInfo } from '../../server/protocol/training.ts';
import { type DashboardAction, DashboardActionSchema, type DashboardEvent, DashboardStateSchema } from '../../webview/dashboard/contract.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { runRoots } from '../training/runsView.ts';
import { Panels } from './panels.ts';
import { awaySince, WebviewHost } from './webviewHost.ts';

const ArgsSchema = v.object({ directory: v.string() });
type Args = v.InferOutput<typeof ArgsSchema>;

/** One run's dashboard: follows the run's numbered events while it is visible, from the last one it passed on. */
class DashboardPage implements vscode.Disposable {
  readonly #services: Services;
  readonly #panel: vscode.WebviewPanel;
  readonly #directory: string;
  readonly #host: WebviewHost<DashboardEvent, DashboardAction>;
  readonly #disposables: vscode.Disposable[];
  /** Number of the last event that the page got; events are passed on without gaps. */
  #lastSeq = 0;
  #following = false;
  #recipeId: string | undefined;
  /** Last known status of other runs: a step of one is no news here. */
  readonly #statuses = new Map<string, RunInfo['status']>();

  constructor(services: Services, panel: vscode.WebviewPanel, directory: string) {
    this.#services = services;
    this.#panel = panel;
    this.#directory = directory;
    this.#host = new WebviewHost(services, panel, {
      page: 'dashboard', title: vscode.l10n.t('Run Dashboard'), actions: DashboardActionSchema,
      onAction: (action) => { void this.#act(action).catch((error: unknown) => showError(error, services.log)); },
      onReady: () => { void this.#start(); },
    });
    const { connection } = services;
    const { channel } = this.#host;
    this.#disposables = [
      connection.onNotification(RunEvents, (sent) => { if (sent.directory === directory) this.#pass(sent.events); }),
      connection.onNotification(RunChanged, ({ run }) => {
        if (run.directory === directory) channel.send({ type: 'run', run });
        // The cards of the stages show how their newest runs stand.
        else if (run.recipeId === this.#recipeId && this.#statuses.get(run.directory) !== run.status) void this.#stagesAgain();
        this.#statuses.set(run.directory, run.status);
      }),
      connection.onDidChangeState((state) => { channel.send({ type: 'connection', since: awaySince(state) }); }),
      // A new connection knows nothing of the old one's subscriptions.
      connection.onDidConnect(() => { if (this.#following) void this.#follow(); }),
      panel.onDidChangeViewState(() => { if (!panel.visible) this.#leave(); }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => { void this.#start(); }),
    ];
  }

  dispose(): void {
    this.#leave();
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #start(): Promise<void> {
    const { connection } = this.#services;
    const { channel } = this.#host;
    try {
      const run = await connection.request(GetRun, { directory: this.#directory });
      channel.send({ type: 'start', directory: this.#directory, run, trusted: vscode.workspace.isTrusted });
      const away = awaySince(connection.state);
      if (away !== null) channel.send({ type: 'connection', since: away });
      this.#lastSeq = 0;
      this.#following = true;
      await this.#follow();
      await this.#sendStages(run);
    } catch (error) {
      channel.send({ type: 'failed', message: messageOf(error) });
    }
  }

  /** Subscribes from the last event passed on; what was missed comes first. */
  async #follow(): Promise<void> {
    try {
      const { info } = await this.#services.connection.request(SubscribeRun, { directory: this.#directory, after: this.#lastSeq });
      this.#host.channel.send({ type: 'run', run: info });
    } catch (error) {
      this.#host.channel.send({ type: 'failed', message: messageOf(error) });
    }
  }

  /** Events of an earlier subscription may still be on their way: only what follows on counts. */
  #pass(events: DashboardEventsOf): void {
    const next = events.filter((event) => event.seq > this.#lastSeq);
    if (!this.#following || next[0]?.seq !== this.#lastSeq + 1) return;
    this.#lastSeq = next.at(-1)?.seq ?? this.#lastSeq;
    this.#host.channel.send({ type: 'events', events: next });
  }

  #leave(): void {
    if (!this.#following) return;
    this.#following = false;
    // Nobody waits for the answer: a lost connection has ended the subscription as well.
    this.#services.connection.request(UnsubscribeRun, { directory: this.#directory }).catch(() => undefined);
  }

  async #sendStages(run: RunInfo): Promise<void> {
    const { connection } = this.#services;
    const [{ recipes }, { runs }] = await Promise.all([connection.request(ListRecipes, {}), connection.request(ListRuns, { roots: runRoots() })]);
    const recipe = recipes.find(({ id }) => id === run.recipeId);
    if (!recipe) return;
    this.#recipeId = recipe.id;
    const newest = runs.filter(({ recipeId }) => recipeId === recipe.id).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    this.#host.channel.send({ type: 'stages', stages: recipe.stages.map((stage) => {
      const of = newest.find((candidate) => candidate.stageId === stage.id);
      return { id: stage.id, title: stage.title, run: of ? { directory: of.directory, status: of.status, step: of.step, plannedSteps: of.plannedSteps } : null };
    }) });
  }

  async #stagesAgain(): Promise<void> {
    try {
      await this.#sendStages(await this.#services.connection.request(GetRun, { directory: this.#directory }));
    } catch (error) {
      this.#services.log.warn(`stages: ${messageOf(error)}`);
    }
  }

  async #act(action: DashboardAction): Promise<void> {
    const run = { directory: this.#directory };
    switch (action.type) {
      case 'stop': return this.#stop();
      case 'resume':
        if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('A run can only be resumed in a trusted workspace.'));
        this.#host.channel.send({ type: 'run', run: await this.#services.rayTokens.with(() => this.#services.connection.request(ResumeRun, run)) });
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(this.#directory));
        return;
      case 'openRollouts':
        await vscode.commands.executeCommand(COMMANDS.openInspector, { path: action.path });
        return;
      case 'openRun':
        await vscode.commands.executeCommand(COMMANDS.openDashboard, { directory: action.directory });
        return;
      case 'launchStage':
        await vscode.commands.executeCommand(COMMANDS.openLauncher, { recipeId: this.#recipeId, stageId: action.stageId });
        return;
      case 'retry': return this.#start();
    }
  }

  async #stop(): Promise<void> {
    const stop = vscode.l10n.t('Stop');
    const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Stop the run {0}?', this.#panel.title), { modal: true, detail: vscode.l10n.t('What is on disk stays; the run can be resumed.') }, stop);
    if (answer === stop) this.#host.channel.send({ type: 'run', run: await this.#services.connection.request(StopRun, { directory: this.#directory }) });
  }
}

type DashboardEventsOf = Extract<DashboardEvent, { type: 'events' }>['events'];

/** Registers the page and "Open Dashboard" (`{ directory }`, or a choice of the workspace's runs). */
export function registerDashboard(services: Services): vscode.Disposable {
  const panels = new Panels<Args>(services, {
    viewType: 'rlvr.dashboard', icon: 'graph-line', title: ({ directory }) => directory.split(/[\\/]/).pop() ?? directory, key: ({ directory }) => directory,
    fromState: (state) => (v.is(DashboardStateSchema, state) ? { directory: state.directory } : null),
    create: (panel, { directory }) => new DashboardPage(services, panel, directory),
  });
  return vscode.Disposable.from(
    panels.registerSerializer(),
    registerCommand(COMMANDS.openDashboard, services.log, async (argument) => {
      const args = v.safeParse(ArgsSchema, argument);
      const directory = args.success ? args.output.directory : runOf(argument) ?? await chooseRun(services);
      if (directory !== null) panels.show({ directory });
    }),
  );
}

/** The Runs view's menu passes its item. */
function runOf(argument: unknown): string | null {
  const node = v.safeParse(v.object({ run: ArgsSchema }), argument);
  return node.success ? node.output.run.directory : null;
}

async function chooseRun({ connection }: Services): Promise<string | null> {
  const { runs } = await connection.request(ListRuns, { roots: runRoots() });
  if (runs.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no run in this workspace yet.'));
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    [...runs].sort((a, b) => b.startedAt.localeCompare(a.startedAt)).map((run) => ({ label: run.runId, description: `${run.status} · ${run.engineLabel}`, directory: run.directory })),
    { title: vscode.l10n.t('Open a Run’s Dashboard') },
  );
  return picked?.directory ?? null;
}
