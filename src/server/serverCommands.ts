import * as vscode from 'vscode';
import { Status, type ResultOf } from '../../server/protocol/methods.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { connectToServer } from './connectCommand.ts';
import { serverLogFile } from './localServer.ts';
import type { RememberedServer } from './rememberedServer.ts';
import { serverFolder } from './sources.ts';
import { describeState } from './statusItem.ts';

interface StatusPick extends vscode.QuickPickItem {
  readonly command?: string;
}

/** Commands that choose, show, restart and leave the server. */
export function registerServerCommands(services: Services, remembered: RememberedServer): vscode.Disposable {
  const { context, connection, log } = services;
  return vscode.Disposable.from(
    registerCommand(COMMANDS.connectToServer, log, () => connectToServer(services, remembered)),
    registerCommand(COMMANDS.disconnectFromServer, log, async () => {
      connection.use(await remembered.useLocal());
      await connection.ensure();
    }),
    registerCommand(COMMANDS.restartServer, log, () => {
      connection.disconnect();
      return connection.ensure();
    }),
    registerCommand(COMMANDS.serverStatus, log, () => showStatus(services)),
    registerCommand(COMMANDS.showLog, log, () => {
      log.info(`server log: ${serverLogFile(serverFolder(context))}`);
      log.show();
    }),
  );
}

/** The state of the server and what can be done about it. Works without a server too: then one wants it most. */
async function showStatus({ connection }: Services): Promise<void> {
  const { state } = connection;
  const status = state.kind === 'connected' ? await connection.request(Status, {}).catch(() => null) : null;
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const picks: StatusPick[] = [
    { label: describeState(state).tooltip },
    ...(status ? describeStatus(status) : []),
    separator,
    ...(state.kind === 'connected' ? [] : [{ label: vscode.l10n.t('$(refresh) Connect Again'), command: COMMANDS.restartServer }]),
    { label: vscode.l10n.t('$(remote) Connect to Server…'), command: COMMANDS.connectToServer },
    ...(connection.isLocal ? [] : [{ label: vscode.l10n.t('$(vm) Use Local Server'), command: COMMANDS.disconnectFromServer }]),
    { label: vscode.l10n.t('$(output) Show Log'), command: COMMANDS.showLog },
  ];
  const picked = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('RLVR Server') });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}

function describeStatus(status: ResultOf<typeof Status>): StatusPick[] {
  return [
    { label: vscode.l10n.t('Sandbox: {0}', status.sandbox.level), detail: status.sandbox.detail },
    { label: status.python ? `Python ${status.python.version}` : vscode.l10n.t('No Python'), detail: status.python?.path ?? status.pythonProblem ?? '' },
    { label: vscode.l10n.t('Workers: {0} math, {1} code', status.mathWorkers, status.codeWorkers), detail: vscode.l10n.t('Clients: {0}, up for {1} min', status.clients, Math.round(status.uptimeSeconds / 60)) },
  ];
}
