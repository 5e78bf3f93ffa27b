// A stretch of the response of any length: a first portion at once, the rest when asked for, fetched if it is not here yet.
import { h } from '../ui/dom.ts';
import { count } from '../ui/format.ts';
import { isCancelled } from '../ui/messages.ts';
import type { TextSource } from './textSource.ts';

/** Characters shown at once; more would make a slow page and no better reading. */
const PORTION = 40_000;

export type RenderText = (text: string, base: number) => HTMLElement;

export class LongText {
  readonly element = h('div', 'long-text');
  readonly #source: TextSource;
  readonly #end: number;
  readonly #render: RenderText;
  readonly #signal: AbortSignal;
  #at: number;

  constructor(source: TextSource, start: number, end: number, render: RenderText, signal: AbortSignal) {
    this.#source = source;
    this.#at = start;
    this.#end = end;
    this.#render = render;
    this.#signal = signal;
    void this.more();
  }

  /** True when the offset lies in what is shown already. */
  shows(offset: number): boolean {
    return offset < this.#at;
  }

  /** Shows at least up to `until` (default: one portion more). */
  async more(until = 0): Promise<void> {
    this.element.querySelector(':scope > .more')?.remove();
    do {
      let text = this.#source.held(this.#at, Math.min(this.#end, Math.max(this.#at + PORTION, Math.min(until + 2000, this.#at + 10 * PORTION))));
      if (text === '' && this.#at < this.#end) {
        const note = h('p', 'dim', 'Fetching …');
        this.element.append(note);
        try {
          text = (await this.#source.load(this.#at, this.#end, this.#signal)).slice(0, PORTION);
        } catch (error) {
          if (!isCancelled(error)) this.element.append(h('p', 'wrong', `Could not fetch the text: ${error instanceof Error ? error.message : String(error)}`));
          text = '';
        } finally {
          note.remove();
        }
      }
      if (text === '') break;
      const stop = this.#at + text.length < this.#end ? goodBreak(text) : text.length;
      this.element.append(this.#render(text.slice(0, stop), this.#at));
      this.#at += stop;
    } while (this.#at < until && this.#at < this.#end);
    if (this.#at < this.#end) this.element.append(h('button', { class: 'chip more', attributes: { type: 'button' }, on: { click: () => { void this.more(); } } }, `Show more (${count(this.#end - this.#at)} characters left)`));
  }
}

/** Breaks at a paragraph's or a line's end in the last quarter, so that formulas and fences stay whole where possible. */
function goodBreak(text: string): number {
  for (const gap of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(gap);
    if (at > text.length * 0.75) return at + gap.length;
  }
  return text.length;
}
