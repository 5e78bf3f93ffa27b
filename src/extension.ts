import * as vscode from 'vscode';
import { registerCuration } from './curation/curation.ts';
import { registerProblemCommands } from './problems/problemCommands.ts';
import { ProblemsView } from './problems/problemsView.ts';
import { RolloutsView } from './rollouts/rolloutsView.ts';
import { ServerConnection } from './server/connection.ts';
import { RememberedServer } from './server/rememberedServer.ts';
import { registerServerCommands } from './server/serverCommands.ts';
import { registerStatusItem } from './server/statusItem.ts';
import type { Services } from './services.ts';
import { RayTokens } from './training/rayTokens.ts';
import { RunsView } from './training/runsView.ts';
import { EditorSelection, Selections } from './verifiers/selections.ts';
import { registerRunInTerminal } from './verifiers/runInTerminal.ts';
import { registerSecondOpinion } from './verifiers/secondOpinion.ts';
import { registerVerifyCommands } from './verifiers/verifyCommands.ts';
import { VerifyRuns } from './verifiers/verifyRun.ts';
import { VERSION } from './version.ts';
import { registerPages } from './webviews/pages.ts';
import { DataFiles } from './workspace/dataFiles.ts';
import { tellFolderSettings } from './workspace/folderSettings.ts';
import { registerSamples } from './workspace/samples.ts';

/** What `activate` returns: the parts that the suites inside VS Code look at. Not an interface for other extensions. */
export interface Activated {
  readonly services: Services;
  readonly problems: ProblemsView;
  readonly rollouts: RolloutsView;
  /** Time the activation took, milliseconds. */
  readonly activationMs: number;
}

/** Builds the services, lets each feature register itself, and returns: nothing heavy starts before its first use. */
export function activate(context: vscode.ExtensionContext): Activated {
  const started = performance.now();
  const log = vscode.window.createOutputChannel('RLVR Workbench', { log: true });
  const remembered = new RememberedServer(context);
  const connection = new ServerConnection(remembered.source(), log, `${vscode.env.appName} ${vscode.version}`);
  const files = new DataFiles(connection, log);
  const rayTokens = new RayTokens(context, connection, log);
  const services: Services = { context, log, connection, files, rayTokens };
  const problems = new ProblemsView(services);
  const rollouts = new RolloutsView(services);
  const runs = new VerifyRuns(services);
  const pages = registerPages(services);
  const editor = new EditorSelection();
  const selections = new Selections([editor, pages.selection, rollouts, problems]);
  context.subscriptions.push(
    log, connection, tellFolderSettings(connection, log), rayTokens, files, problems, rollouts, runs, editor, selections, new RunsView(services),
    registerStatusItem(connection),
    registerServerCommands(services, remembered),
    registerSamples(services),
    registerProblemCommands(services, problems),
    registerCuration(services),
    registerVerifyCommands(services, runs, selections),
    registerRunInTerminal(services, runs),
    registerSecondOpinion(services),
    pages.disposable,
  );
  const activationMs = performance.now() - started;
  log.info(`activated in ${activationMs.toFixed(1)} ms, version ${VERSION}`);
  return { services, problems, rollouts, activationMs };
}
