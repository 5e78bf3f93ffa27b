import type { AuditedPair } from '../../protocol/audit.ts';
import type { AuditMath, ProgressOf } from '../../protocol/methods.ts';
import type { AuditSink } from '../../rollouts/auditRollouts.ts';
import { disagrees } from '../../verifiers/secondOpinion/audit.ts';

/** Progress is told at most this often, milliseconds; disagreements are gathered meanwhile. */
const TELL_EVERY_MS = 100;

/**
 * An audit as messages: disagreements only, and not one message for each pair. What is held back is told when its time has
 * come and not with the next pair, which may take the other checker long.
 */
export class AuditStream implements AuditSink {
  readonly #send: (event: ProgressOf<typeof AuditMath>) => void;
  #found: AuditedPair[] = [];
  /** What was not told yet. */
  #held: { readonly type: 'read' | 'asked'; readonly done: number; readonly total: number } | null = null;
  #told = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (event: ProgressOf<typeof AuditMath>) => void) {
    this.#send = send;
  }

  read(done: number, total: number): void {
    this.#hold('read', done, total);
  }

  asked(done: number, total: number, pair: AuditedPair): void {
    if (disagrees(pair)) this.#found.push(pair);
    this.#hold('asked', done, total);
  }

  /** Tells what was not told yet; to be called at the end, however it came. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#held === null) return;
    const { type, done, total } = this.#held;
    const found = this.#found;
    this.#held = null;
    this.#found = [];
    this.#told = performance.now();
    this.#send(type === 'read' ? { type, done, total } : { type, done, total, found });
  }

  #hold(type: 'read' | 'asked', done: number, total: number): void {
    // All of the reading is told before any of the asking.
    if (this.#held !== null && this.#held.type !== type) this.flush();
    this.#held = { type, done, total };
    const wait = this.#told + TELL_EVERY_MS - performance.now();
    if (done === total || wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => { this.flush(); }, wait);
  }
}
