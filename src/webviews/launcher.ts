import * as v from 'valibot';
import * as vscode from 'vscode';
import { Launch, ListRecipes, PreviewLaunch } from '../../server/protocol/methods.ts';
import { Browse, type DataFile, LaunchRun, type LauncherAction, LauncherActionSchema, type LauncherEvent, LauncherStateSchema, Preview } from '../../webview/launcher/contract.ts';
import { CallError } from '../../webview/ui/messages.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { runRoots } from '../training/runsView.ts';
import type { DataFile as Found } from '../workspace/dataFiles.ts';
import { Panels } from './panels.ts';
import { awaySince, relay, relayed, WebviewHost } from './webviewHost.ts';

const ArgsSchema = v.object({ stageId: v.optional(v.string()) });

/** The launcher: one per window. */
class LauncherPage implements vscode.Disposable {
  readonly #services: Services;
  readonly #host: WebviewHost<LauncherEvent, LauncherAction>;
  readonly #disposables: vscode.Disposable[];
  #stageId: string | null;

  constructor(services: Services, panel: vscode.WebviewPanel, stageId: string | null) {
    this.#services = services;
    this.#stageId = stageId;
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
      vscode.workspace.onDidGrantWorkspaceTrust(() => { void this.#start(); }),
    ];
  }

  dispose(): void {
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #start(): Promise<void> {
    const { channel } = this.#host;
    try {
      const [{ recipes }, problems, rollouts] = await Promise.all([this.#services.connection.request(ListRecipes, {}), this.#services.files.problems(), this.#services.files.rollouts()]);
      channel.send({ type: 'start', recipes, problems: problems.map(shown), rollouts: rollouts.map(shown), root: runRoot(), trusted: vscode.workspace.isTrusted, stageId: this.#stageId });
      this.#stageId = null;
    } catch (error) {
      channel.send({ type: 'failed', message: messageOf(error) });
    }
  }

  async #act(action: LauncherAction): Promise<void> {
    if (action.type === 'copy') await vscode.env.clipboard.writeText(action.text);
    else await this.#start();
  }
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

/** Registers the page and "Launch Stage" (`{ stageId? }`). */
export function registerLauncher(services: Services): vscode.Disposable {
  const panels = new Panels<{ stageId?: string | undefined }>(services, {
    viewType: 'rlvr.launcher', icon: 'rocket', title: () => vscode.l10n.t('Launch a Stage'), key: () => 'launcher',
    // The form itself is the page's state; without any it starts empty.
    fromState: (state) => (state === undefined || v.is(LauncherStateSchema, state) ? {} : null),
    create: (panel, { stageId }) => new LauncherPage(services, panel, stageId ?? null),
  });
  return vscode.Disposable.from(
    panels.registerSerializer(),
    registerCommand(COMMANDS.openLauncher, services.log, (argument) => {
      const args = v.safeParse(ArgsSchema, argument ?? {});
      panels.show(args.success ? args.output : {});
    }),
  );
}
