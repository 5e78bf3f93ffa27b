import * as v from 'valibot';
import { ProgressType, ResponseError, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node.js';
import { isAbort, REQUEST_CANCELLED, REQUEST_FAILED, RequestError, type ErrorData } from '../protocol/errors.ts';
import type { NotificationSpec, ParamsOf, ProgressOf, RequestSpec, ResultOf } from '../protocol/methods.ts';
import type { Logger } from './log.ts';

/** The client a request came from. */
export interface Client {
  readonly id: number;
  readonly name: string;
  notify<S extends NotificationSpec>(spec: S, params: ParamsOf<S>): void;
  onClose(listener: () => void): void;
}

/** What a handler gets beside its parameters. */
export interface Call<G> {
  readonly client: Client;
  /** Fires when the client cancels or goes away. */
  readonly signal: AbortSignal;
  /** Streams a value to the caller; dropped if the caller did not ask for progress. */
  progress(value: G): void;
}

export type Handler<S extends RequestSpec> = (params: ParamsOf<S>, call: Call<ProgressOf<S>>) => Promise<ResultOf<S>> | ResultOf<S>;

interface Route {
  readonly spec: RequestSpec;
  readonly handler: (params: unknown, call: Call<unknown>) => unknown;
}

const ProgressTokenSchema = v.object({ progressToken: v.optional(v.pipe(v.string(), v.maxLength(100))) });

/** All requests the server answers: parses what comes in, streams progress, turns errors into replies. */
export class Router {
  readonly #routes: Route[] = [];
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Registers the handler of a request. Parameters reach it only after they passed the request's schema. */
  handle<S extends RequestSpec>(spec: S, handler: Handler<S>): void {
    // Safe: `bind` parses the parameters with this very spec before the call, so the handler sees its own types.
    this.#routes.push({ spec, handler: handler });
  }

  /** Attaches all routes to a connection. */
  bind(connection: MessageConnection, client: Client, closed: AbortSignal): void {
    for (const route of this.#routes) {
      connection.onRequest(route.spec.method, (params: unknown, token: CancellationToken) => this.#answer(route, params, token, connection, client, closed));
    }
  }

  async #answer(route: Route, raw: unknown, token: CancellationToken, connection: MessageConnection, client: Client, closed: AbortSignal): Promise<unknown> {
    const parsed = v.safeParse(route.spec.params, raw);
    const progressToken = v.safeParse(ProgressTokenSchema, raw);
    if (!parsed.success || !progressToken.success) {
      const issue = parsed.success ? undefined : parsed.issues[0];
      const field = issue ? v.getDotPath(issue) ?? '' : 'progressToken';
      return new ResponseError<ErrorData>(REQUEST_FAILED, `${route.spec.method}: ${field}: ${issue?.message ?? 'not a short string'}`, { reason: 'bad-input', field });
    }
    const cancelled = new AbortController();
    const subscription = token.onCancellationRequested(() => cancelled.abort());
    const streamTo = progressToken.output.progressToken;
    const type = new ProgressType<unknown>();
    try {
      return await route.handler(parsed.output, {
        client,
        signal: AbortSignal.any([cancelled.signal, closed]),
        progress: (value) => {
          if (streamTo === undefined || closed.aborted) return;
          connection.sendProgress(type, streamTo, value).catch((error: unknown) => this.#log.debug(`progress not sent: ${String(error)}`));
        },
      });
    } catch (error) {
      return this.#failure(route, error);
    } finally {
      subscription.dispose();
    }
  }

  #failure(route: Route, error: unknown): ResponseError<ErrorData> {
    if (isAbort(error)) return new ResponseError<ErrorData>(REQUEST_CANCELLED, 'cancelled');
    if (error instanceof RequestError) return new ResponseError(REQUEST_FAILED, error.message, error.data);
    const message = error instanceof Error ? error.message : String(error);
    this.#log.error(`${route.spec.method}: ${error instanceof Error ? error.stack ?? message : message}`);
    return new ResponseError<ErrorData>(REQUEST_FAILED, message, { reason: 'internal' });
  }
}
