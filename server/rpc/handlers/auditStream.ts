import type { AuditedPair } from '../../protocol/audit.ts';
import type { AuditMath, ProgressOf } from '../../protocol/methods.ts';
import type { AuditSink } from '../../rollouts/auditRollouts.ts';
import { disagrees } from '../../verifiers/secondOpinion/audit.ts';

/** Progress is told at most this often, milliseconds; disagreements are gathered meanwhile. */
const TELL_EVERY_MS = 100;

/** An audit as messages: disagreements only, and not one message for each pair. */
export class AuditStream implements AuditSink {
  readonly #send: (event: ProgressOf<typeof AuditMath>) => void;
  #found: AuditedPair[] = [];
  #last: { readonly done: number; readonly total: number } | null = null;
  #told = 0;

  constructor(send: (event: ProgressOf<typeof AuditMath>) => void) {
    this.#send = send;
  }

  read(done: number, total: number): void {
    if (this.#isTime(done === total)) this.#send({ type: 'read', done, total });
  }

  asked(done: number, total: number, pair: AuditedPair): void {
    if (disagrees(pair)) this.#found.push(pair);
    this.#last = { done, total };
    if (this.#isTime(done === total)) this.flush();
  }

  /** Tells what was not told yet; at the end, however it came. */
  flush(): void {
    if (this.#last === null) return;
    this.#send({ type: 'asked', ...this.#last, found: this.#found });
    this.#last = null;
    this.#found = [];
  }

  #isTime(last: boolean): boolean {
    const now = performance.now();
    if (!last && now - this.#told < TELL_EVERY_MS) return false;
    this.#told = now;
    return true;
  }
}
