import type { RunEvent, RunInfo, RunStatus } from '../../protocol/training.ts';
import type { Run } from './run.ts';

/** At most one change of a run is announced in this time, milliseconds, except changes of its status. */
const INTERVAL_MS = 500;

interface Announced {
  readonly at: number;
  readonly status: RunStatus;
  /** The next announcement of what was held back. */
  readonly timer: NodeJS.Timeout | null;
}

/**
 * Tells how runs stand, a status at once, the rest not too often. What is held back is told when its time has come and not
 * with the next event: a step of training takes minutes.
 */
export class RunAnnouncer {
  readonly #listeners = new Set<(run: RunInfo) => void>();
  readonly #last = new Map<string, Announced>();

  /** @returns a function that ends it */
  onAnnounced(listener: (run: RunInfo) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** The run has these new events. */
  changed(run: Pick<Run, 'info'>, events: readonly RunEvent[]): void {
    const { directory, status } = run.info();
    const last = this.#last.get(directory);
    const wait = (last?.at ?? -Infinity) + INTERVAL_MS - performance.now();
    if (wait <= 0 || last?.status !== status || events.some(({ body }) => body.type === 'status')) return this.#tell(run);
    if (last.timer !== null) return;
    // Not a reason for the server to stay.
    const timer = setTimeout(() => { this.#tell(run); }, wait).unref();
    this.#last.set(directory, { ...last, timer });
  }

  dispose(): void {
    for (const { timer } of this.#last.values()) if (timer !== null) clearTimeout(timer);
    this.#last.clear();
    this.#listeners.clear();
  }

  #tell(run: Pick<Run, 'info'>): void {
    const info = run.info();
    const timer = this.#last.get(info.directory)?.timer ?? null;
    if (timer !== null) clearTimeout(timer);
    this.#last.set(info.directory, { at: performance.now(), status: info.status, timer: null });
    for (const listener of [...this.#listeners]) listener(info);
  }
}
