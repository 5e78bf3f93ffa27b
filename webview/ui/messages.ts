// Messages between a page and its host: one envelope, one small class that both sides use. Pure: no DOM, no vscode.
import * as v from 'valibot';

/** Version of the envelope and of all page contracts; page and host are built together, so they must be equal. */
export const PAGE_VERSION = 1;

type Schema = v.GenericSchema;

/** A call over the page boundary: its name and the schemas of what goes in and what comes back. */
export interface CallSpec<P extends Schema = Schema, R extends Schema = Schema> {
  readonly method: string;
  readonly params: P;
  readonly result: R;
}

export function callSpec<P extends Schema, R extends Schema>(method: string, params: P, result: R): CallSpec<P, R> {
  return { method, params, result };
}

/** Answered by every host at once: whether anybody is behind the page. */
export const Alive = callSpec('alive', v.object({}), v.object({}));

/** `refused`: what was asked makes no sense, and the message says what would. */
export const CallReasonSchema = v.picklist(['failed', 'refused', 'cancelled', 'unavailable', 'invalid']);
export type CallReason = v.InferOutput<typeof CallReasonSchema>;

const EnvelopeSchema = v.variant('type', [
  /** The page's script runs and listens. Nothing is posted to a page before. */
  v.object({ type: v.literal('ready'), version: v.number() }),
  v.object({ type: v.literal('call'), id: v.number(), method: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('reply'), id: v.number(), result: v.unknown() }),
  v.object({ type: v.literal('failure'), id: v.number(), reason: CallReasonSchema, message: v.string() }),
  v.object({ type: v.literal('cancel'), id: v.number() }),
  v.object({ type: v.literal('event'), event: v.unknown() }),
]);
type Envelope = v.InferOutput<typeof EnvelopeSchema>;

/** Why a call over the page boundary gave no result. `cancelled` is not an error for people. */
export class CallError extends Error {
  readonly reason: CallReason;
  constructor(reason: CallReason, message: string) {
    super(message);
    this.name = 'CallError';
    this.reason = reason;
  }
}

/** True for the silent kind of failure: somebody no longer wanted the answer. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || (error instanceof CallError && error.reason === 'cancelled'));
}

export interface ChannelOptions<In> {
  readonly post: (message: unknown) => void;
  /** Schema of the events that the other side sends. */
  readonly incoming: v.GenericSchema<unknown, In>;
  readonly onEvent: (event: In) => void;
  /** Host only: the page is (again) ready to receive. */
  readonly onReady?: (version: number) => void;
  /** Messages that were not understood are told here and ignored. */
  readonly log: (text: string) => void;
}

interface Waiting {
  readonly spec: CallSpec;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly done: () => void;
}

type Handler = (params: unknown, signal: AbortSignal) => Promise<unknown>;

/**
 * Events and calls in both directions. `Out` and `In` are the discriminated unions of events; the other side holds the same
 * class with them swapped. Everything that arrives is parsed; answers to calls nobody waits for are dropped.
 */
export class Channel<Out, In> {
  readonly #options: ChannelOptions<In>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #serving = new Map<number, AbortController>();
  readonly #handlers = new Map<string, { spec: CallSpec; handle: Handler }>();
  #lastId = 0;
  #closed = false;

  constructor(options: ChannelOptions<In>) {
    this.#options = options;
  }

  /** Page only: says that the script listens, with the version it was built for. */
  ready(): void {
    this.#post({ type: 'ready', version: PAGE_VERSION });
  }

  send(event: Out): void {
    this.#post({ type: 'event', event });
  }

  /** Asks the other side. Rejects with a CallError; `signal` cancels the work over there as well. */
  call<P extends Schema, R extends Schema>(spec: CallSpec<P, R>, params: v.InferOutput<P>, signal?: AbortSignal): Promise<v.InferOutput<R>> {
    if (this.#closed || signal?.aborted) return Promise.reject(new CallError('cancelled', 'cancelled'));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.#settle(id)?.reject(new CallError('cancelled', 'cancelled'));
        this.#post({ type: 'cancel', id });
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(id, {
        spec,
        resolve: (value) => { resolve(value); },
        reject,
        done: () => signal?.removeEventListener('abort', cancel),
      });
      this.#post({ type: 'call', id, method: spec.method, params });
    });
  }

  /** Answers calls of the other side. One handler per method. */
  serve<P extends Schema, R extends Schema>(spec: CallSpec<P, R>, handle: (params: v.InferOutput<P>, signal: AbortSignal) => Promise<v.InferOutput<R>>): void {
    this.#handlers.set(spec.method, { spec, handle });
  }

  /** Feeds one message from the wire. */
  receive(message: unknown): void {
    const parsed = v.safeParse(EnvelopeSchema, message);
    if (!parsed.success) return this.#options.log(`ignored a message of unknown shape: ${summary(message)}`);
    const envelope = parsed.output;
    switch (envelope.type) {
      case 'ready':
        // A page that (re)loads counts its calls from one again: answers meant for its predecessor must not reach it.
        this.#drop();
        return this.#options.onReady?.(envelope.version);
      case 'event': return this.#event(envelope.event);
      case 'call': return void this.#answer(envelope.id, envelope.method, envelope.params);
      case 'cancel': return this.#serving.get(envelope.id)?.abort();
      case 'reply': return this.#reply(envelope.id, envelope.result);
      case 'failure': return this.#settle(envelope.id)?.reject(new CallError(envelope.reason, envelope.message));
    }
  }

  /** Ends everything under way on both sides; nothing is posted afterwards. */
  close(): void {
    this.#drop();
    this.#closed = true;
  }

  #drop(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(new CallError('cancelled', 'closed'));
    for (const controller of this.#serving.values()) controller.abort();
    this.#serving.clear();
  }

  #event(event: unknown): void {
    const parsed = v.safeParse(this.#options.incoming, event);
    if (parsed.success) this.#options.onEvent(parsed.output);
    else this.#options.log(`ignored an event: ${summary(event)} (${place(parsed.issues)})`);
  }

  #reply(id: number, result: unknown): void {
    const waiting = this.#settle(id);
    if (!waiting) return;
    const parsed = v.safeParse(waiting.spec.result, result);
    if (parsed.success) waiting.resolve(parsed.output);
    else waiting.reject(new CallError('invalid', `answer to ${waiting.spec.method} has the wrong shape: ${place(parsed.issues)}`));
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const handler = this.#handlers.get(method);
    if (!handler) {
      this.#options.log(`unknown call ${method}`);
      return this.#post({ type: 'failure', id, reason: 'invalid', message: `unknown call ${method}` });
    }
    const parsed = v.safeParse(handler.spec.params, params);
    if (!parsed.success) return this.#post({ type: 'failure', id, reason: 'invalid', message: `${method}: ${place(parsed.issues)}` });
    const controller = new AbortController();
    this.#serving.set(id, controller);
    try {
      const result = await handler.handle(parsed.output, controller.signal);
      if (!controller.signal.aborted) this.#post({ type: 'reply', id, result });
    } catch (error) {
      if (controller.signal.aborted) return;
      const reason = error instanceof CallError ? error.reason : isCancelled(error) ? 'cancelled' : 'failed';
      this.#post({ type: 'failure', id, reason, message: error instanceof Error ? error.message : String(error) });
    } finally {
      if (this.#serving.get(id) === controller) this.#serving.delete(id);
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.done();
    return waiting;
  }

  #post(envelope: Envelope): void {
    if (!this.#closed) this.#options.post(envelope);
  }
}

/** Where in a message the first problem is: path and expectation, never the content (it may be a model's text). */
function place(issues: readonly v.BaseIssue<unknown>[]): string {
  const first = issues[0];
  return first ? `${v.getDotPath(first) ?? 'message'}: expected ${first.expected ?? first.type}` : 'invalid';
}

function summary(message: unknown): string {
  if (typeof message !== 'object' || message === null) return typeof message;
  return 'type' in message ? String(message.type).slice(0, 60) : 'object without type';
}
