import * as vscode from 'vscode';
import { RequestError } from '../../server/protocol/errors.ts';
import { GiveRayToken } from '../../server/protocol/methods.ts';
import { messageOf } from '../feedback.ts';
import type { ServerConnection } from '../server/connection.ts';

/** Addresses for which a token is stored, by server: SecretStorage cannot list its keys. Addresses are no secrets. */
const ADDRESSES = 'ray.addresses';
const secretKey = (server: string, address: string): string => `rlvr.rayToken:${server}:${address}`;

/**
 * Tokens of Ray clusters: asked for when a cluster wants one, kept in SecretStorage, and handed to the server whenever a
 * connection to it is made, before anything else is asked of it. The server holds them in memory only. A token is handed to
 * the server it was given for and to no other.
 */
export class RayTokens implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #connection: ServerConnection;
  readonly #log: vscode.LogOutputChannel;
  readonly #greeting: vscode.Disposable;

  constructor(context: vscode.ExtensionContext, connection: ServerConnection, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#connection = connection;
    this.#log = log;
    this.#greeting = connection.onGreeting(async (request) => {
      for (const address of this.#addresses()) {
        const token = await context.secrets.get(secretKey(connection.server, address));
        if (token !== undefined) await request(GiveRayToken, { address, token });
      }
    });
  }

  /**
   * Sends a request that reaches for a cluster; when the cluster wants a token or refuses the one it got, asks for it and sends the
   * request again. Rejects with vscode.CancellationError when the user gives none.
   */
  async with<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const address = error instanceof RequestError && error.data.reason === 'ray-token' ? error.data.address : undefined;
        if (address === undefined) throw error;
        await this.#ask(address, messageOf(error));
      }
    }
  }

  dispose(): void {
    this.#greeting.dispose();
  }

  async #ask(address: string, why: string): Promise<void> {
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t('Token of the Ray Cluster at {0}', address),
      prompt: vscode.l10n.t('{0}. The token is kept in the editor’s secret storage and handed to the server, which does not store it.', why),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (text !== '' && !/^[\x21-\x7e]+$/.test(text.trim()) ? vscode.l10n.t('A token is one line of printable characters without spaces.') : undefined),
    });
    const token = typed?.trim();
    if (!token) throw new vscode.CancellationError();
    await this.#connection.request(GiveRayToken, { address, token });
    const { server } = this.#connection;
    await this.#context.secrets.store(secretKey(server, address), token);
    await this.#context.globalState.update(`${ADDRESSES}:${server}`, [...new Set([...this.#addresses(), address])]);
    this.#log.info(`Ray: a token for ${address} is stored`);
  }

  #addresses(): readonly string[] {
    return this.#context.globalState.get<string[]>(`${ADDRESSES}:${this.#connection.server}`) ?? [];
  }
}
