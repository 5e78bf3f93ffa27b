import type * as vscode from 'vscode';
import { VERSION } from '../version.ts';
import type { TargetSource } from './connection.ts';
import { localSource, remoteSource } from './sources.ts';

/** Address of the remote server that this workspace uses, so that a reload comes back to it. */
const IN_USE = 'server.remoteUrl';
/** Address last connected to from any workspace: what the input box offers. */
const LAST = 'server.lastRemoteUrl';
const secretKey = (url: string): string => `rlvr.token:${url}`;

/** Which server this workspace uses, over reloads. Tokens are in SecretStorage only, each under a key that holds its address. */
export class RememberedServer {
  readonly #context: vscode.ExtensionContext;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  /** The source to begin with. */
  source(): TargetSource {
    const url = this.#context.workspaceState.get<string>(IN_USE);
    return url === undefined ? localSource(this.#context, VERSION) : remoteSource(url, () => this.token(url));
  }

  lastUrl(): string | undefined {
    return this.#context.globalState.get<string>(LAST);
  }

  token(url: string): Thenable<string | undefined> {
    return this.#context.secrets.get(secretKey(url));
  }

  /** Remembers a server that has accepted the token. */
  async useRemote(url: string, token: string): Promise<void> {
    await this.#context.secrets.store(secretKey(url), token);
    await this.#context.globalState.update(LAST, url);
    await this.#context.workspaceState.update(IN_USE, url);
  }

  async useLocal(): Promise<TargetSource> {
    await this.#context.workspaceState.update(IN_USE, undefined);
    return this.source();
  }
}
