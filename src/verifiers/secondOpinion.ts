import * as vscode from 'vscode';
import type { SecondOpinionStatus } from '../../server/protocol/audit.ts';
import { GetSecondOpinion, InstallSecondOpinion } from '../../server/protocol/methods.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings.ts';
import { trustedOrTold } from '../workspace/trust.ts';

/** "Install Second Math Checker…". */
export function registerSecondOpinion(services: Services): vscode.Disposable {
  return registerCommand(COMMANDS.installSecondOpinion, services.log, async () => {
    if (!trustedOrTold(vscode.l10n.t('The second checker runs Python programs: it is installed in trusted workspaces only.'))) return false;
    const status = await lookFor(services);
    if (status.installed === null) return install(services, status);
    void vscode.window.showInformationMessage(vscode.l10n.t('The second checker is installed: {0}, in {1}.', status.installed, status.folder));
    return true;
  });
}

/** True when the second checker is there; offers to install it otherwise, until `token` cancels. The workspace must be trusted. */
export async function ensureSecondOpinion(services: Services, token?: vscode.CancellationToken): Promise<boolean> {
  const status = await lookFor(services);
  return status.installed !== null || install(services, status, token);
}

/**
 * Whether a verification shall ask the second checker: by the setting, in a trusted workspace, if it is installed. A setting
 * that cannot be honoured is told, and the verification goes on without.
 */
export async function wantsSecondOpinion(services: Services): Promise<boolean> {
  if (setting('math.secondOpinion') !== true || !vscode.workspace.isTrusted) return false;
  if ((await lookFor(services)).installed !== null) return true;
  const choose = vscode.l10n.t('Install…');
  void vscode.window.showWarningMessage(vscode.l10n.t('rlvr.math.secondOpinion is on, but the second checker is not installed: verified without it.'), choose)
    .then((answer) => (answer === choose ? vscode.commands.executeCommand(COMMANDS.installSecondOpinion) : undefined));
  return false;
}

function lookFor({ connection }: Services): Thenable<SecondOpinionStatus> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the second checker') }, () => connection.request(GetSecondOpinion, {}));
}

/** Asks, then installs. False when the user declined or cancelled. */
async function install({ connection, log }: Services, status: SecondOpinionStatus, outer?: vscode.CancellationToken): Promise<boolean> {
  const agree = vscode.l10n.t('Install');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Install the second math checker?'), { modal: true, detail: consentText(status, connection.isLocal) }, agree);
  if (answer !== agree) return false;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Installing the second math checker') }, async (bar, token) => {
    const cancellation = new vscode.CancellationTokenSource();
    const chained = [token, outer].map((each) => each?.onCancellationRequested(() => { cancellation.cancel(); }));
    try {
      await connection.request(InstallSecondOpinion, {}, {
        token: cancellation.token,
        progress: ({ message }) => {
          log.info(`second checker: ${message}`);
          bar.report({ message: message.length > 80 ? `${message.slice(0, 79)}…` : message });
        },
      });
      return true;
    } catch (error) {
      if (cancellation.token.isCancellationRequested) return false;
      throw error;
    } finally {
      for (const each of chained) each?.dispose();
      cancellation.dispose();
    }
  });
}

/** What is installed, from where, to where, how large, and what for. */
function consentText({ packages, folder, downloadMb, diskMb }: SecondOpinionStatus, local: boolean): string {
  return [
    vscode.l10n.t('It compares answers as the paper did, and is used to audit the math verifier and, if you choose, for answers that the verifier cannot read.'),
    vscode.l10n.t('pip fetches these packages from the package registry that it is set up for (about {0} MB): {1}.', downloadMb, packages.map((name) => name.replace('==', ' ')).join(', ')),
    local
      ? vscode.l10n.t('They go into a Python environment of their own, about {0} MB: {1}', diskMb, folder)
      : vscode.l10n.t('They go into a Python environment of their own on the server\'s machine, about {0} MB: {1}', diskMb, folder),
    vscode.l10n.t('To remove it, delete that folder.'),
  ].join('\n\n');
}
