import * as vscode from 'vscode';
import { setContext } from '../contextKeys.ts';
import { COMMANDS } from '../ids.ts';
import type { ConnectionState, ServerConnection } from './connection.ts';

/** The state of the connection in the status bar, and as the context key that welcome contents read. */
export function registerStatusItem(connection: ServerConnection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('rlvr.server', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('RLVR Server');
  item.command = COMMANDS.serverStatus;
  const show = (state: ConnectionState): void => {
    const { text, tooltip, warning } = describeState(state);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: vscode.l10n.t('RLVR server: {0}', tooltip) };
    item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
    setContext('rlvr.server', state.kind);
  };
  show(connection.state);
  return vscode.Disposable.from(item, connection.onDidChangeState(show));
}

/** A state in words: short for the status bar, whole sentences for everything else. */
export function describeState(state: ConnectionState): { readonly text: string; readonly tooltip: string; readonly warning: boolean } {
  const { l10n } = vscode;
  switch (state.kind) {
    case 'idle':
      return { text: '$(circle-outline) RLVR', tooltip: l10n.t('The server starts on first use.'), warning: false };
    case 'connecting':
      return { text: '$(loading~spin) RLVR', tooltip: l10n.t('Connecting to the server ({0})…', state.where), warning: false };
    case 'connected':
      return { text: state.local ? '$(pass) RLVR' : `$(remote) RLVR: ${state.where}`, tooltip: l10n.t('Connected to the server ({0}), version {1}, process {2}.', state.where, state.serverVersion, state.pid), warning: false };
    case 'away':
      return { text: l10n.t('$(debug-disconnect) RLVR: away'), tooltip: l10n.t('The server ({0}) is away since {1}; connecting again. Runs go on and their events are on disk. {2}', state.where, new Date(state.since).toLocaleTimeString(), state.message), warning: true };
    case 'failed':
      return { text: l10n.t('$(error) RLVR: no server'), tooltip: state.message, warning: true };
  }
}
