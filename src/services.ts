import type * as vscode from 'vscode';
import type { ServerConnection } from './server/connection.ts';

/** What every feature of the extension host is given. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly connection: ServerConnection;
}
