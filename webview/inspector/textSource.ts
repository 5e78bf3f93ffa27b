// The text of one response. What was too long for one message is fetched when somebody wants to read it.
import type { RolloutPage } from '../../server/protocol/rollout.ts';

/** Characters asked for in one go. */
export const STRETCH = 256 * 1024;

export type FetchText = (ref: number, offset: number, length: number, signal: AbortSignal) => Promise<string>;

export class TextSource {
  readonly #fetch: FetchText;
  readonly #ref: number;
  readonly #pieces: { readonly start: number; readonly text: string }[];
  readonly length: number;

  constructor(page: RolloutPage, fetch: FetchText) {
    this.#fetch = fetch;
    this.#ref = page.row.ref;
    this.#pieces = [{ start: 0, text: page.response }];
    this.length = Math.max(page.responseLength, page.response.length);
  }

  /** As much of [start, end) as is held without a gap from `start` on; may be empty. */
  held(start: number, end: number): string {
    let text = '';
    for (let at = start; at < end;) {
      const piece = this.#pieces.find((candidate) => candidate.start <= at && at < candidate.start + candidate.text.length);
      if (!piece) break;
      const part = piece.text.slice(at - piece.start, end - piece.start);
      text += part;
      at += part.length;
    }
    return text;
  }

  /** Fetches from `start` on, at most one stretch and not beyond `end`. */
  async load(start: number, end: number, signal: AbortSignal): Promise<string> {
    const length = Math.min(end - start, STRETCH);
    const text = await this.#fetch(this.#ref, start, length, signal);
    this.#pieces.push({ start, text });
    return text;
  }

  /** All of it, with what is not held yet fetched. */
  async whole(signal: AbortSignal): Promise<string> {
    let text = this.held(0, this.length);
    while (text.length < this.length) {
      const more = await this.load(text.length, this.length, signal);
      if (more === '') break;
      text += more;
    }
    return text;
  }
}
