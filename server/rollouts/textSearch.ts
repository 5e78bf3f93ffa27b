import type { Work } from '../records/work.ts';
import type { RolloutFile } from './rolloutFile.ts';

/** Finds rollouts by words in prompt or response by reading the file; the last result is kept, so that paging is free. */
export class TextSearch {
  #last: { readonly key: string; readonly refs: Set<number> } | null = null;

  async match(file: RolloutFile, words: readonly string[], work: Work): Promise<(ref: number) => boolean> {
    const key = JSON.stringify([words, file.identity, file.index.length]);
    if (this.#last?.key !== key) {
      const refs = new Set<number>();
      await file.each((ref, rollout) => {
        const response = rollout.response.toLowerCase();
        const prompt = rollout.prompt.map((turn) => turn.content).join('\n').toLowerCase();
        if (words.every((word) => response.includes(word) || prompt.includes(word))) refs.add(ref);
      }, work);
      this.#last = { key, refs };
    }
    const { refs } = this.#last;
    return (ref) => refs.has(ref);
  }
}
