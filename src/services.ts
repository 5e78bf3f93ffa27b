import type * as vscode from 'vscode';
import type { ServerConnection } from './server/connection.ts';
import type { RayTokens } from './training/rayTokens.ts';
import type { DataFiles } from './workspace/dataFiles.ts';

/** What every feature of the extension host is given. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly connection: ServerConnection;
  /** Problem sets and rollout files of the workspace. */
  readonly files: DataFiles;
  /** For requests that reach for a Ray cluster. */
  readonly rayTokens: RayTokens;
}
