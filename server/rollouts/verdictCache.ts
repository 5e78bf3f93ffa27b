import type { Verdict } from '../protocol/verdict.ts';

/** Whole verdicts kept for one file. The index keeps kind and reward of all of them; an older one can be asked for again. */
const MAX_VERDICTS = 5000;

export class VerdictCache {
  readonly #verdicts = new Map<number, Verdict>();

  get(ref: number): Verdict | null {
    const verdict = this.#verdicts.get(ref);
    if (verdict === undefined) return null;
    this.#verdicts.delete(ref);
    this.#verdicts.set(ref, verdict);
    return verdict;
  }

  set(ref: number, verdict: Verdict): void {
    this.#verdicts.delete(ref);
    this.#verdicts.set(ref, verdict);
    if (this.#verdicts.size > MAX_VERDICTS) {
      const [oldest] = this.#verdicts.keys();
      if (oldest !== undefined) this.#verdicts.delete(oldest);
    }
  }

  forgetFrom(ref: number): void {
    for (const known of [...this.#verdicts.keys()]) if (known >= ref) this.#verdicts.delete(known);
  }
}
