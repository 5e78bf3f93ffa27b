import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { ConnectionState, ServerConnection } from './connection.ts';

/** The state of the connection in the status bar. */
export function registerStatusItem(connection: ServerConnection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('rlvr.server', vscode.StatusBarAlignment.Left, 10);
  item.name = 'RLVR Server';
  item.command = COMMANDS.serverStatus;
  const show = (state: ConnectionState): void => {
    const { text, tooltip, warning } = describeState(state);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `RLVR server: ${tooltip}` };
    item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  show(connection.state);
  return vscode.Disposable.from(item, connection.onDidChangeState(show));
}

function describeState(state: ConnectionState): { text: string; tooltip: string; warning: boolean } {
  switch (state.kind) {
    case 'idle':
      return { text: '$(circle-outline) RLVR', tooltip: 'The server starts on first use.', warning: false };
    case 'connecting':
      return { text: '$(loading~spin) RLVR', tooltip: `Connecting to the ${state.where} server…`, warning: false };
    case 'connected':
      return { text: state.where === 'local' ? '$(pass) RLVR' : `$(remote) RLVR: ${state.where}`, tooltip: `Connected to the ${state.where} server (${state.serverVersion}).`, warning: false };
    case 'away':
      return { text: '$(debug-disconnect) RLVR: away', tooltip: `The ${state.where} server is away since ${new Date(state.since).toLocaleTimeString()}; runs go on, events are safe on disk. ${state.message}`, warning: true };
    case 'failed':
      return { text: '$(error) RLVR: no server', tooltip: state.message, warning: true };
  }
}
