import * as vscode from 'vscode';
import { registerCuration } from './curation/curation.ts';
import { registerProblemCommands } from './problems/problemCommands.ts';
import { ProblemsView } from './problems/problemsView.ts';
import { RolloutsView } from './rollouts/rolloutsView.ts';
import { ServerConnection } from './server/connection.ts';
import { registerServerCommands } from './server/remoteCommands.ts';
import { localSource } from './server/sources.ts';
import { registerStatusItem } from './server/statusItem.ts';
import type { Services } from './services.ts';
import { RunsView } from './training/runsView.ts';
import { registerVerifyCommands } from './verifiers/verifyCommands.ts';
import { VerifyRuns } from './verifiers/verifyRun.ts';
import { VERSION } from './version.ts';
import { registerPages } from './webviews/pages.ts';
import { DataFiles } from './workspace/dataFiles.ts';

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
  const connection = new ServerConnection(localSource(context, VERSION), log, `${vscode.env.appName} ${vscode.version}`);
  const files = new DataFiles(connection, log);
  const services: Services = { context, log, connection, files };
  const problems = new ProblemsView(services, files);
  const rollouts = new RolloutsView(services, files);
  const runs = new VerifyRuns(services, files);
  const pages = registerPages(services);
  context.subscriptions.push(
    log, connection, files, problems, rollouts, runs, new RunsView(services),
    registerStatusItem(connection),
    registerServerCommands(services),
    registerProblemCommands(services, problems),
    registerCuration(services),
    registerVerifyCommands(services, runs, files, [pages.selection, rollouts]),
    pages.disposable,
  );
  const activationMs = performance.now() - started;
  log.info(`activated in ${activationMs.toFixed(1)} ms, version ${VERSION}`);
  return { services, problems, rollouts, activationMs };
}
