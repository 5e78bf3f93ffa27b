import type { WorkProgress } from '../protocol/methods.ts';

/** What every long operation gets: it stops when `signal` fires and says how far it is. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: WorkProgress) => void) | undefined;
}

/** Longest stretch of computing between two turns of the event loop, milliseconds. */
const SLICE_MS = 12;

/** Lets other requests run in between: `await breathe()` costs nothing until a time slice is used up. */
export function breather(signal?: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    since = performance.now();
  };
}

/** Text of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
