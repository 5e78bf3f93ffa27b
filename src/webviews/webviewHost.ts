import { randomBytes } from 'node:crypto';
import type * as v from 'valibot';
import * as vscode from 'vscode';
import type { ParamsOf, ProgressOf, RequestSpec, ResultOf } from '../../server/protocol/methods.ts';
import { Alive, CallError, Channel, PAGE_VERSION } from '../../webview/ui/messages.ts';
import { isBadInput, isUnavailable, messageOf } from '../feedback.ts';
import type { ConnectionState } from '../server/connection.ts';
import type { Services } from '../services.ts';
import { pageHtml } from './html.ts';

export interface WebviewHostOptions<In> {
  /** Folder under webview/ and name of the bundle. */
  readonly page: string;
  readonly title: string;
  /** Schema of what the page sends. */
  readonly actions: v.GenericSchema<unknown, In>;
  readonly onAction: (action: In) => void;
  /** The page listens: send a full snapshot. Called again whenever it was hidden and comes back. */
  readonly onReady: () => void;
}

/**
 * One page in one panel: document, policy, messages. Hidden pages are not retained: they lose their document, get a fresh
 * one with a fresh nonce, and say "ready" again when they come back.
 */
export class WebviewHost<Out, In> implements vscode.Disposable {
  readonly channel: Channel<Out, In>;
  readonly #services: Services;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: WebviewHostOptions<In>;
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  constructor(services: Services, panel: vscode.WebviewPanel, options: WebviewHostOptions<In>) {
    this.#services = services;
    this.#panel = panel;
    this.#options = options;
    const { webview } = panel;
    this.channel = new Channel<Out, In>({
      post: (message) => { if (this.#ready) void webview.postMessage(message); },
      incoming: options.actions,
      onEvent: options.onAction,
      onReady: (version) => { this.#onReady(version); },
      log: (text) => { services.log.warn(`${options.page}: ${text}`); },
    });
    this.channel.serve(Alive, () => Promise.resolve({}));
    this.#disposables.push(
      webview.onDidReceiveMessage((message: unknown) => { this.channel.receive(message); }),
      panel.onDidChangeViewState(() => { if (!panel.visible) this.#load(); }),
    );
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [this.#root] };
    this.#load();
  }

  dispose(): void {
    this.#ready = false;
    this.channel.close();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Whether the page listens: while it is hidden or loads, what is posted is lost. */
  get ready(): boolean {
    return this.#ready;
  }

  get #root(): vscode.Uri {
    return vscode.Uri.joinPath(this.#services.context.extensionUri, 'dist', 'webview');
  }

  #load(): void {
    this.#ready = false;
    const { webview } = this.#panel;
    webview.html = pageHtml({
      page: this.#options.page, title: this.#options.title, cspSource: webview.cspSource, nonce: randomBytes(18).toString('base64'),
      resource: (file) => webview.asWebviewUri(vscode.Uri.joinPath(this.#root, ...file.split('/'))).toString(),
    });
  }

  #onReady(version: number): void {
    if (version !== PAGE_VERSION) {
      this.#services.log.error(`${this.#options.page}: the page is of version ${version}, the extension of ${PAGE_VERSION}`);
      return;
    }
    this.#ready = true;
    this.#options.onReady();
  }
}

/** Passes a page's call on to the server: cancellation down, errors up with a reason that pages know. */
export function relay<S extends RequestSpec>(services: Services, spec: S, params: ParamsOf<S>, signal: AbortSignal, progress?: (value: ProgressOf<S>) => void): Promise<ResultOf<S>> {
  return relayed(signal, (token) => services.connection.request(spec, params, { token, ...(progress ? { progress } : {}) }));
}

/** As `relay`, for work of several requests. */
export async function relayed<R>(signal: AbortSignal, work: (token: vscode.CancellationToken) => Promise<R>): Promise<R> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => { source.cancel(); };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work(source.token);
  } catch (error) {
    throw asCallError(error);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

function asCallError(error: unknown): CallError {
  if (error instanceof vscode.CancellationError) return new CallError('cancelled', 'cancelled');
  return new CallError(isUnavailable(error) ? 'unavailable' : isBadInput(error) ? 'refused' : 'failed', messageOf(error));
}

/** Since when the server is away (ms since the epoch), for a page's connection line; null while it is not. */
export function awaySince(state: ConnectionState): number | null {
  if (state.kind === 'away') return state.since;
  return state.kind === 'failed' ? Date.now() : null;
}
