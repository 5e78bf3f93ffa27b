import { rm, stat } from 'node:fs/promises';
import { rolloutsOfStep, type RunLayout } from '../../runs/layout.ts';
import { listSteps } from '../../runs/rolloutFiles.ts';

/** Rollout files of a rehearsal may take this much; the oldest between checkpoints go first. Their content can be drawn again. */
const ROLLOUT_BYTES = 1024 ** 3;

/** Keeps the rollout files of a run below a total: a long rehearsal must not fill the disk. */
export class RolloutBudget {
  readonly #layout: RunLayout;
  readonly #keepEvery: number;
  readonly #sizes: Map<number, number>;

  private constructor(layout: RunLayout, keepEvery: number, sizes: Map<number, number>) {
    this.#layout = layout;
    this.#keepEvery = keepEvery;
    this.#sizes = sizes;
  }

  static async open(layout: RunLayout, keepEvery: number): Promise<RolloutBudget> {
    const sizes = new Map<number, number>();
    for (const step of await listSteps(layout)) sizes.set(step, (await stat(rolloutsOfStep(layout, step))).size);
    return new RolloutBudget(layout, keepEvery, sizes);
  }

  async add(step: number, bytes: number): Promise<void> {
    this.#sizes.set(step, bytes);
    let total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [old, size] of this.#sizes) {
      if (total <= ROLLOUT_BYTES) return;
      if (old === step || old % this.#keepEvery === 0) continue;
      await rm(rolloutsOfStep(this.#layout, old), { force: true });
      this.#sizes.delete(old);
      total -= size;
    }
  }
}
