import type { WorkProgress } from '../protocol/methods.ts';
import type { Work } from './work.ts';

interface Running<T> {
  readonly promise: Promise<T>;
  readonly abort: AbortController;
  readonly listeners: Set<(progress: WorkProgress) => void>;
  waiting: number;
}

/**
 * Work that several callers may wait for at the same time, by key. It is done once; a caller that gives up leaves alone, and
 * the work itself is cancelled when the last one has left.
 */
export class SharedWork<T> {
  readonly #running = new Map<string, Running<T>>();

  run(key: string, work: Work, start: (work: Required<Work>) => Promise<T>): Promise<T> {
    const running = this.#running.get(key) ?? this.#start(key, start);
    return join(running, work);
  }

  #start(key: string, start: (work: Required<Work>) => Promise<T>): Running<T> {
    const abort = new AbortController();
    const listeners = new Set<(progress: WorkProgress) => void>();
    const progress = (value: WorkProgress): void => listeners.forEach((listener) => listener(value));
    const promise = start({ signal: abort.signal, progress }).finally(() => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    });
    // Everybody may have left before it fails; nobody is then there to hear of it.
    promise.catch(() => undefined);
    const running: Running<T> = { promise, abort, listeners, waiting: 0 };
    // A cancelled run must not be joined by the next caller.
    abort.signal.addEventListener('abort', () => { if (this.#running.get(key) === running) this.#running.delete(key); });
    this.#running.set(key, running);
    return running;
  }
}

function join<T>(running: Running<T>, work: Work): Promise<T> {
  const { signal, progress } = work;
  if (signal?.aborted === true && running.waiting === 0) running.abort.abort(signal.reason);
  signal?.throwIfAborted();
  running.waiting += 1;
  if (progress !== undefined) running.listeners.add(progress);
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      signal?.removeEventListener('abort', giveUp);
      if (progress !== undefined) running.listeners.delete(progress);
      running.waiting -= 1;
    };
    const giveUp = (): void => {
      leave();
      if (running.waiting === 0) running.abort.abort(signal?.reason);
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError'));
    };
    signal?.addEventListener('abort', giveUp);
    running.promise.then(
      (value) => { leave(); resolve(value); },
      (error: unknown) => { leave(); reject(error instanceof Error ? error : new Error(String(error))); });
  });
}
