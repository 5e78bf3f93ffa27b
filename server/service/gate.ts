/** What may be under way at the same time in the whole service. */
export interface GateLimits {
  readonly requests: number;
  /** Bytes of the requests as they came in. A larger single request goes in when nothing else is under way. */
  readonly bytes: number;
}

interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * Lets requests in up to a bound, first come first served. Who waits here reads no further, so that the bound holds back
 * the senders instead of filling memory. Each stream waits with one request at most, so busy streams take turns.
 */
export class Gate {
  readonly #limits: GateLimits;
  readonly #waiting = new Set<Waiting>();
  #requests = 0;
  #bytes = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  get inFlight(): number {
    return this.#requests;
  }

  get bytesInFlight(): number {
    return this.#bytes;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Waits for a place; returns its release, to be called once. Rejects with the signal's reason when it fires first. */
  async enter(bytes: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#waiting.size > 0 || !this.#hasRoom(bytes)) await this.#wait(bytes, signal);
    else this.#take(bytes);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#requests -= 1;
      this.#bytes -= bytes;
      this.#letIn();
    };
  }

  #wait(bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('cancelled', 'AbortError'));
        this.#letIn();
      };
      const waiting: Waiting = {
        bytes,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #letIn(): void {
    for (const next of this.#waiting) {
      if (!this.#hasRoom(next.bytes)) return;
      this.#waiting.delete(next);
      this.#take(next.bytes);
      next.enter();
    }
  }

  #hasRoom(bytes: number): boolean {
    return this.#requests === 0 || (this.#requests < this.#limits.requests && this.#bytes + bytes <= this.#limits.bytes);
  }

  #take(bytes: number): void {
    this.#requests += 1;
    this.#bytes += bytes;
  }
}
