// The thinking part: folded, with its share of the tokens; open, a list of paragraphs that open one by one, or all of it as one text.
import type { Segment } from '../../server/protocol/rollout.ts';
import { chipButton } from '../ui/controls.ts';
import { fill, h, icon } from '../ui/dom.ts';
import { count, percent, plural } from '../ui/format.ts';
import type { Mark } from '../ui/richTextView.ts';
import { LongText, type RenderText } from './longText.ts';
import { type Paragraph, repeatSentence, splitParagraphs } from './paragraphs.ts';
import type { TextSource } from './textSource.ts';

/** Folded paragraphs built in one go; a response can have thousands. */
const BATCH = 60;
/** Longer thinking is split as far as it is held; the rest is one "show more" away. */
const MAX_SPLIT = 1_000_000;
/** So few paragraphs are read as one text anyway. */
const FEW = 3;

export interface ThinkingOptions {
  readonly share: number;
  readonly open: boolean;
  /** All of it as one text. */
  readonly whole: boolean;
  readonly onToggle: (open: boolean, whole: boolean) => void;
  /** Where the answer first appears, and other marks. */
  readonly firstAt: number | null;
  readonly marks: readonly Mark[];
  readonly render: RenderText;
  readonly signal: AbortSignal;
}

export class ThinkingView {
  readonly element: HTMLElement;
  readonly paragraphs: readonly Paragraph[];
  readonly #segment: Segment;
  readonly #source: TextSource;
  readonly #options: ThinkingOptions;
  readonly #body = h('div', 'fold-body');
  readonly #head: HTMLButtonElement;
  #lines: { readonly paragraph: Paragraph; readonly setOpen: (open: boolean) => void; readonly element: HTMLElement }[] = [];
  #list: HTMLElement | null = null;
  #text: LongText | null = null;
  #whole: boolean;

  constructor(segment: Segment, source: TextSource, options: ThinkingOptions) {
    this.#segment = segment;
    this.#source = source;
    this.#options = options;
    const text = source.held(segment.start, Math.min(segment.end, segment.start + MAX_SPLIT));
    this.paragraphs = splitParagraphs(text, segment.start, segment.end > segment.start ? (segment.tokens * text.length) / (segment.end - segment.start) : 0);
    this.#whole = options.whole;
    const repeats = repeatSentence(this.paragraphs);
    this.#head = foldHead('Thinking', [
      h('span', 'dim', `${plural(segment.tokens, 'token')}, ${percent(options.share)} · ${plural(this.paragraphs.length, 'paragraph')}`),
      repeats ? h('span', 'warn', ` · ${repeats}`) : null,
    ], () => { this.setOpen(this.#body.hidden !== false); });
    this.#body.hidden = true;
    this.element = h('section', { class: 'fold fold-thinking', attributes: { 'aria-label': 'Thinking' } }, this.#head, this.#body);
    if (options.open) this.#show(true);
  }

  get isOpen(): boolean {
    return !this.#body.hidden;
  }

  get isWhole(): boolean {
    return this.#whole;
  }

  setOpen(open: boolean): void {
    this.#show(open);
    this.#options.onToggle(open, this.#whole);
  }

  /** Shows all of it as one text, or as paragraphs that fold; opens it. */
  setWhole(whole: boolean): void {
    this.#whole = whole;
    this.#body.replaceChildren();
    this.#list = this.#text = null;
    this.#lines = [];
    this.setOpen(true);
  }

  /** Opens what holds an offset and returns the element to scroll to; null if the offset is elsewhere. */
  async reveal(offset: number): Promise<HTMLElement | null> {
    if (offset < this.#segment.start || offset >= this.#segment.end) return null;
    this.#show(true);
    if (this.#text) {
      if (!this.#text.shows(offset)) await this.#text.more(offset + 1);
      return this.#text.element;
    }
    const index = this.paragraphs.findIndex((paragraph) => offset < paragraph.end);
    if (index < 0) return this.#body;
    while (this.#lines.length <= index && this.#lines.length < this.paragraphs.length) this.#addBatch();
    const line = this.#lines[index];
    line?.setOpen(true);
    return line?.element ?? this.#body;
  }

  #show(open: boolean): void {
    this.#body.hidden = !open;
    this.#head.setAttribute('aria-expanded', String(open));
    if (open && this.#body.childElementCount === 0) this.#build();
  }

  #build(): void {
    const many = this.paragraphs.length > FEW;
    if (many) {
      this.#body.append(h('div', 'fold-tools row', chipButton(this.#whole ? 'Fold into Paragraphs' : 'Unfold All', () => {
        this.setWhole(!this.#whole);
        this.#body.querySelector('button')?.focus();
      }, { title: this.#whole ? 'A line for each paragraph (e)' : 'All of it as one text (e)' })));
    }
    if (!many || this.#whole) {
      this.#text = new LongText(this.#source, this.#segment.start, this.#segment.end, this.#options.render, this.#options.signal);
      this.#body.append(this.#text.element);
      return;
    }
    this.#list = h('div', 'paragraphs');
    this.#body.append(this.#list);
    this.#addBatch();
    const last = this.paragraphs.at(-1);
    if (last && this.#segment.end - last.end > 4) {
      const rest = h('div', 'paragraph-rest');
      fill(rest, chipButton(`Show the remaining ${count(this.#segment.end - last.end)} characters as text`, () => {
        fill(rest, new LongText(this.#source, last.end, this.#segment.end, this.#options.render, this.#options.signal).element);
      }));
      this.#body.append(rest);
    }
  }

  #addBatch(): void {
    const list = this.#list;
    if (!list) return;
    list.querySelector(':scope > .more')?.remove();
    for (const paragraph of this.paragraphs.slice(this.#lines.length, this.#lines.length + BATCH)) {
      const line = this.#paragraphLine(paragraph);
      this.#lines.push(line);
      list.append(line.element);
    }
    const rest = this.paragraphs.slice(this.#lines.length);
    if (rest.length > 0) list.append(h('div', 'more row', chipButton(`${plural(rest.length, 'more paragraph')}, ${plural(rest.reduce((sum, paragraph) => sum + paragraph.tokens, 0), 'token')}`, () => { this.#addBatch(); })));
  }

  #paragraphLine(paragraph: Paragraph): { paragraph: Paragraph; element: HTMLElement; setOpen: (open: boolean) => void } {
    const { firstAt } = this.#options;
    const first = firstAt !== null && firstAt >= paragraph.start && firstAt < paragraph.end;
    const hit = this.#options.marks.some((mark) => mark.class === 'mark-search' && mark.start >= paragraph.start && mark.start < paragraph.end);
    const body = h('div', { class: 'paragraph-body', hidden: true });
    const element = h('div', 'paragraph');
    const setOpen = (open: boolean): void => {
      body.hidden = !open;
      element.dataset['open'] = String(open);
      head.setAttribute('aria-expanded', String(open));
      if (open && body.childElementCount === 0) body.append(new LongText(this.#source, paragraph.start, paragraph.end, this.#options.render, this.#options.signal).element);
    };
    const head = foldHead(null, [
      h('span', `grow ellipsis${paragraph.times > 1 ? ' warn' : ''}`, paragraph.title),
      first ? h('span', { class: 'tag mark-answer', title: 'The final answer first appears in this paragraph' }, 'first appears') : null,
      hit ? h('span', 'tag mark-search', 'found') : null,
      paragraph.times > 1 ? h('span', 'tag warn', `same ${paragraph.words} words, ${paragraph.times} times`) : null,
      h('span', 'dim num', count(paragraph.tokens)),
    ], () => { setOpen(body.hidden !== false); });
    element.append(head, body);
    return { paragraph, element, setOpen };
  }
}

/** The clickable line of a fold. */
export function foldHead(title: string | null, children: readonly (Node | string | null)[], toggle: () => void): HTMLButtonElement {
  return h('button', { class: 'fold-head', attributes: { type: 'button', 'aria-expanded': 'false' }, on: { click: toggle } }, icon('chevron-right'), title ? h('b', {}, title) : null, children);
}
