import * as vscode from 'vscode';
import { registerServerCommands } from './server/remoteCommands.ts';
import { ServerConnection } from './server/connection.ts';
import { localSource } from './server/sources.ts';
import { registerStatusItem } from './server/statusItem.ts';
import type { Services } from './services.ts';
import { VERSION } from './version.ts';

/** Builds the services, lets each feature register itself, and returns: nothing heavy starts before its first use. */
export function activate(context: vscode.ExtensionContext): void {
  const started = performance.now();
  const log = vscode.window.createOutputChannel('RLVR Workbench', { log: true });
  const connection = new ServerConnection(localSource(context, VERSION), log, `${vscode.env.appName} ${vscode.version}`);
  const services: Services = { context, log, connection };
  context.subscriptions.push(log, connection, registerStatusItem(connection), registerServerCommands(services));
  log.info(`activated in ${(performance.now() - started).toFixed(1)} ms, version ${VERSION}`);
}
