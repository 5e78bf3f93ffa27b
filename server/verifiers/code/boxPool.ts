import { availableParallelism } from 'node:os';
import { Box, type BoxCommand } from './box.ts';

/** Boxes differ only in what they have loaded before their first candidate. */
export type BoxFlavour = 'plain' | 'numpy';

export interface BoxPoolOptions {
  /** Candidates that run at the same time. */
  readonly slots: number;
  readonly command: (flavour: BoxFlavour) => Promise<BoxCommand>;
}

interface Waiting {
  readonly flavour: BoxFlavour;
  readonly priority: () => number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const abortError = (): Error => new DOMException('The verification was cancelled.', 'AbortError');

/** Slots to use when nobody says: one for each processor. */
export const defaultSlots = (): number => Math.max(1, availableParallelism());

/**
 * At most `slots` boxes, started when they are needed and kept warm. Jobs wait their turn; the longest go first, so that
 * the last job to end is a short one.
 */
export class BoxPool {
  readonly #options: BoxPoolOptions;
  readonly #idle: { box: Box; flavour: BoxFlavour }[] = [];
  readonly #all = new Set<Box>();
  #waiting: Waiting[] = [];
  #busy = 0;
  #disposed = false;

  constructor(options: BoxPoolOptions) {
    this.#options = options;
  }

  get boxes(): readonly Box[] {
    return [...this.#all];
  }

  /**
   * Runs `use` with a box that nobody else uses. `fresh`: with one that has run nothing before. A box is given back only
   * when `use` resolves; when it rejects, or the signal fires, the box is ended and its place is free again.
   * @param priority seconds it will likely take, asked whenever a slot becomes free: the most goes first, first come first served among equals
   * @throws AbortError, BoxLost (the box could not be started), and what `use` throws
   */
  async withBox<T>(flavour: BoxFlavour, fresh: boolean, priority: () => number, use: (box: Box) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#slot(flavour, priority, signal);
    let box: Box | null = null;
    let reusable = false;
    const abort = (): void => { void box?.kill(); };
    try {
      box = await this.#take(flavour, fresh);
      if (this.#disposed || signal?.aborted === true) throw abortError();
      signal?.addEventListener('abort', abort);
      const result = await use(box);
      reusable = true;
      return result;
    } catch (error) {
      throw signal?.aborted === true || this.#disposed ? abortError() : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      await this.#giveBack(box, flavour, reusable && signal?.aborted !== true);
    }
  }

  /** Ends every box; whoever waits or runs gets an AbortError. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(abortError());
    await Promise.all([...this.#all].map((box) => box.kill()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  async #slot(flavour: BoxFlavour, priority: () => number, signal?: AbortSignal): Promise<void> {
    if (this.#disposed || signal?.aborted === true) throw abortError();
    if (this.#busy < this.#options.slots) {
      this.#busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(abortError());
      };
      const waiting: Waiting = {
        flavour, priority, reject,
        resolve: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiting);
    });
  }

  /** Takes the job that waits with the highest priority out of the queue. */
  #nextWaiting(): Waiting | undefined {
    let best = 0;
    let highest = -Infinity;
    this.#waiting.forEach(({ priority }, i) => {
      const value = priority();
      if (value > highest) [best, highest] = [i, value];
    });
    return this.#waiting.splice(best, 1)[0];
  }

  async #take(flavour: BoxFlavour, fresh: boolean): Promise<Box> {
    if (!fresh) {
      for (;;) {
        const index = this.#idle.findIndex((idle) => idle.flavour === flavour);
        const [found] = index === -1 ? [] : this.#idle.splice(index, 1);
        if (found === undefined) break;
        if (!found.box.isLost) return found.box;
        await this.#end(found.box);
      }
    }
    // Idle boxes and busy ones together never exceed the slots.
    if (this.#all.size >= this.#options.slots) {
      const other = this.#idle.shift();
      if (other !== undefined) await this.#end(other.box);
    }
    const box = await Box.start(await this.#options.command(flavour));
    if (this.#disposed) await box.kill();
    this.#all.add(box);
    return box;
  }

  async #giveBack(box: Box | null, flavour: BoxFlavour, reusable: boolean): Promise<void> {
    if (box !== null) {
      if (reusable && !box.isLost && !this.#disposed) this.#idle.push({ box, flavour });
      else await this.#end(box);
    }
    const next = this.#nextWaiting();
    if (next === undefined) this.#busy -= 1;
    else next.resolve(); // the slot passes on
  }

  async #end(box: Box): Promise<void> {
    this.#all.delete(box);
    await box.kill();
  }
}
