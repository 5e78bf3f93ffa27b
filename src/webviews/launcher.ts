import * as v from 'valibot';
import * as vscode from 'vscode';
import { Launch, ListRecipes, ListRuns, PreviewLaunch, RunChanged } from '../../server/protocol/methods.ts';
import type { RunInfo } from '../../server/protocol/training.ts';
import { Browse, type DataFile, type FinishedRun, LaunchRun, type LauncherAction, LauncherActionSchema, type LauncherEvent, LauncherStateSchema, Preview } from '../../webview/launcher/contract.ts';
import { CallError } from '../../webview/ui/messages.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { runRoots } from '../training/runsView.ts';
import type { DataFile as Found } from '../workspace/dataFiles.ts';
import { Panels } from './panels.ts';
import { awaySince, relay, relayed, WebviewHost } from './webviewHost.ts';

const ArgsSchema = v.object({ recipeId: v.optional(v.string()), stageId: v.optional(v.string()) });
type Args = v.InferOutput<typeof ArgsSchema>;

/** The launcher: one per window. */
class LauncherPage implements vscode.Disposable {
  readonly #services: Services;
  readonly #host: WebviewHost<LauncherEvent, LauncherAction>;
  readonly #disposables: vscode.Disposable[];
  /** The stage that was asked for, until the page has been told. */
  #asked: Args;

  constructor(services: Services, panel: vscode.WebviewPanel, asked: Args) {
    this.#services = services;
    this.#asked = asked;
    this.#host = new WebviewHost(services, panel, {
      page: 'launcher', title: vscode.l10n.t('Launch a Stage'), actions: LauncherActionSchema,
      onAction: (action) => { void this.#act(action).catch((error: unknown) => showError(error, services.log)); },
      onReady: () => { void this.#start(); },
    });
    const { channel } = this.#host;
    const progress = (value: { done: number; total: number | null; message?: string | undefined }): void => { channel.send({ type: 'progress', ...value }); };
    channel.serve(Preview, (request, signal) => relay(services, PreviewLaunch, { ...request, root: runRoot() }, signal, progress));
    channel.serve(LaunchRun, async (request, signal) => {
      // Checked here as well as in the page: launching executes the workspace's problems and programs.
      if (!vscode.workspace.isTrusted) throw new CallError('failed', vscode.l10n.t('A stage can only be launched in a trusted workspace.'));
      const run = await relayed(signal, (token) => services.rayTokens.with(() => services.connection.request(Launch, { ...request, root: runRoot() }, { token, progress })));
      void vscode.commands.executeCommand(COMMANDS.openDashboard, { directory: run.directory });
      return run;
    });
    channel.serve(Browse, async ({ title, folder }) => {
      const [picked] = (await vscode.window.showOpenDialog({ title, canSelectFolders: folder, canSelectFiles: !folder, canSelectMany: false })) ?? [];
      return { path: picked?.fsPath ?? null };
    });
    this.#disposables = [
      services.connection.onDidChangeState((state) => { channel.send({ type: 'connection', since: awaySince(state) }); }),
      services.files.onDidChange(() => { void this.#start(); }),
      // A stage may begin where another one has ended.
      services.connection.onNotification(RunChanged, ({ run }) => { if (finishedRun(run).length > 0) void this.#start(); }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => { void this.#start(); }),
    ];
  }

  /** Turns the form to a stage. */
  ask(args: Args): void {
    this.#asked = args;
    void this.#start();
  }

  dispose(): void {
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #start(): Promise<void> {
    const { channel } = this.#host;
    try {
      const { connection, files } = this.#services;
      const [{ recipes }, { runs }, problems, rollouts] = await Promise.all([connection.request(ListRecipes, {}), connection.request(ListRuns, { roots: runRoots() }), files.problems(), files.rollouts()]);
      const { recipeId = null, stageId = null } = this.#asked;
      this.#asked = {};
      channel.send({ type: 'start', recipes, problems: problems.map(shown), rollouts: rollouts.map(shown), finished: runs.flatMap(finishedRun), root: runRoot(), trusted: vscode.workspace.isTrusted, recipeId, stageId });
    } catch (error) {
      channel.send({ type: 'failed', message: messageOf(error) });
    }
  }

  async #act(action: LauncherAction): Promise<void> {
    if (action.type === 'copy') await vscode.env.clipboard.writeText(action.text);
    else await this.#start();
  }
}

function finishedRun({ runId, recipeId, stageId, startedAt, status, checkpoint }: RunInfo): FinishedRun[] {
  return status === 'succeeded' && checkpoint !== null ? [{ runId, recipeId, stageId, startedAt, ...checkpoint }] : [];
}

function shown({ path, schema, domain = null }: Pick<Found, 'path' | 'schema' | 'domain'>): DataFile {
  return { path, name: vscode.workspace.asRelativePath(path), schema, domain };
}

/** Where runs go: `runs` of the first workspace folder. */
function runRoot(): string {
  const [root] = runRoots();
  if (root === undefined) throw new CallError('failed', vscode.l10n.t('Open a folder first: a run is a directory below it.'));
  return root;
}

/** Registers the page and "Launch Stage" (`{ recipeId?, stageId? }`). */
export function registerLauncher(services: Services): vscode.Disposable {
  const panels = new Panels<Args, LauncherPage>(services, {
    viewType: 'rlvr.launcher', icon: 'rocket', title: () => vscode.l10n.t('Launch a Stage'), key: () => 'launcher',
    // The form itself is the page's state; without any it starts empty.
    fromState: (state) => (state === undefined || v.is(LauncherStateSchema, state) ? {} : null),
    create: (panel, args) => new LauncherPage(services, panel, args),
    again: (page, args) => { page.ask(args); },
  });
  return vscode.Disposable.from(
    panels.registerSerializer(),
    registerCommand(COMMANDS.openLauncher, services.log, (argument) => {
      const args = v.safeParse(ArgsSchema, argument ?? {});
      panels.show(args.success ? args.output : {});
    }),
  );
}
