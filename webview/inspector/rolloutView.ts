// One rollout, read: verdict, facts, token strip, prompt, thinking, answer, tests. Built from one RolloutPage.
import type { RolloutPage } from '../../server/protocol/rollout.ts';
import { h, icon } from '../ui/dom.ts';
import { count, percent, plural, signed, value } from '../ui/format.ts';
import { type Mark, rawText, richText } from '../ui/richTextView.ts';
import { LongText, type RenderText } from './longText.ts';
import { shapeSentence } from './parts.ts';
import { type PromptFold, promptFold } from './promptFold.ts';
import { firstAnswerAt, rolloutMarks } from './rolloutMarks.ts';
import { testsTable } from './testsTable.ts';
import { type FetchText, TextSource } from './textSource.ts';
import { ThinkingView } from './thinkingView.ts';
import { tokenStrip } from './tokenStrip.ts';
import { verdictBox } from './verdictBox.ts';

/** How the reader has arranged rollouts; kept from one to the next. */
export interface Arrangement { raw: boolean; promptOpen: boolean; thinkingOpen: boolean; thinkingWhole: boolean }

export interface RolloutContext {
  readonly arrangement: Arrangement;
  readonly onArrange: () => void;
  readonly fetchText: FetchText;
  readonly words: readonly string[];
  /** Rollouts in the group and the place of this one. */
  readonly groupSize: number;
  readonly canVerify: boolean;
  readonly verify: () => void;
  readonly openLine: (line: number) => void;
  readonly openProblem: (id: string) => void;
  readonly copy: (text: Promise<string>) => void;
}

export class RolloutView {
  readonly element: HTMLElement;
  readonly #page: RolloutPage;
  readonly #context: RolloutContext;
  readonly #source: TextSource;
  readonly #abort = new AbortController();
  readonly #marks: readonly Mark[];
  #thinking: ThinkingView[] = [];
  #texts: { readonly start: number; readonly end: number; readonly text: LongText }[] = [];
  readonly #prompt: PromptFold;

  constructor(page: RolloutPage, context: RolloutContext) {
    this.#page = page;
    this.#context = context;
    this.#source = new TextSource(page, context.fetchText);
    this.#marks = rolloutMarks(page, context.words);
    const answerAt = page.verdict?.extracted?.start ?? null;
    const firstAt = firstAnswerAt(page);
    this.#prompt = promptFold(page.prompt, context.arrangement.promptOpen, (open) => {
      context.arrangement.promptOpen = open;
      context.onArrange();
    });
    const body = h('div', 'rollout-body', context.arrangement.raw ? this.#raw() : this.#parts(firstAt));
    const repeats = this.#thinking.flatMap((view) => repeatedStretches(view));
    this.element = h('article', { class: 'rollout-view', attributes: { 'aria-label': `Sample ${page.row.sample + 1}` } },
      verdictBox(page, { verify: context.verify, canVerify: context.canVerify, jumpToAnswer: () => { if (answerAt !== null) void this.jump(answerAt); } }),
      this.#chips(),
      tokenStrip(page, { firstAt, answerAt, repeats }, (offset) => { void this.jump(offset); }),
      this.#shape(),
      body);
  }

  /** Scrolls to an offset of the response, unfolding and fetching what is in the way. */
  async jump(offset: number): Promise<void> {
    let target: HTMLElement | null = null;
    for (const view of this.#thinking) target ??= await view.reveal(offset);
    const long = this.#texts.find((candidate) => offset >= candidate.start && offset < candidate.end);
    if (long && !long.text.shows(offset)) await long.text.more(offset + 1);
    target ??= long?.text.element ?? null;
    const exact = this.#marks.find((mark) => offset >= mark.start && offset < mark.end);
    const marked = exact ? [...(target ?? this.element).querySelectorAll<HTMLElement>(`[data-mark="${exact.class}"]`)].at(-1) : undefined;
    const found = marked ?? target;
    if (!found) return;
    found.scrollIntoView({ block: 'center' });
    found.classList.remove('flash');
    // A frame in between, so that the animation starts again.
    requestAnimationFrame(() => { found.classList.add('flash'); });
  }

  toggleThinking(): void {
    const open = !this.#thinking.some((view) => view.isOpen);
    for (const view of this.#thinking) view.setOpen(open);
  }

  /** The thinking part as one text, or as paragraphs that fold. */
  toggleWhole(): void {
    const [first] = this.#thinking;
    if (first) for (const view of this.#thinking) view.setWhole(!first.isWhole);
  }

  togglePrompt(): void {
    this.#prompt.toggle();
  }

  dispose(): void {
    this.#abort.abort();
    this.element.remove();
  }

  #chips(): HTMLElement {
    const { row, model, problemId } = this.#page;
    const { openLine, openProblem, copy, groupSize } = this.#context;
    const fact = (label: string, text: string | number): HTMLElement => h('span', 'chip', `${label} `, h('b', {}, text));
    const { line } = row;
    return h('div', 'chips row wrap',
      row.step === null ? null : fact('step', row.step),
      h('span', 'chip', 'sample ', h('b', {}, row.sample + 1), row.sample < groupSize ? ` of ${groupSize}` : ''),
      row.reward === null ? h('span', 'chip', 'no reward') : fact('reward', value(row.reward)),
      row.advantage === null ? null : fact('advantage', signed(row.advantage)),
      h('span', { class: 'chip', title: row.tokens.estimated ? 'The file has no token count: characters / 4' : '' }, h('b', {}, `${row.tokens.estimated ? '≈ ' : ''}${count(row.tokens.value)}`), row.tokens.value === 1 ? ' token' : ' tokens'),
      model === null ? null : h('span', 'chip', model),
      h('span', 'row chip-actions',
        problemId === null ? null : h('button', { class: 'chip', title: problemId, attributes: { type: 'button' }, on: { click: () => { openProblem(problemId); } } }, 'Open Problem'),
        line === null ? null : h('button', { class: 'chip', attributes: { type: 'button' }, on: { click: () => { openLine(line); } } }, `Line ${line + 1}`),
        h('button', { class: 'chip', title: 'Copy the response', attributes: { type: 'button', 'aria-label': 'Copy the response' }, on: { click: () => { copy(this.#source.whole(this.#abort.signal)); } } }, icon('copy'))));
  }

  #shape(): HTMLElement | null {
    const sentence = shapeSentence(this.#page.row.thinkShape, this.#page.row.cut, this.#page.thinking);
    return sentence ? h('p', 'shape dim', icon('info'), ' ', sentence) : null;
  }

  #raw(): Node[] {
    const text = this.#longText(0, this.#source.length, (part, base) => rawText(part, base, this.#marks));
    return [h('h2', {}, `Raw response · ${plural(this.#source.length, 'character')}`), text];
  }

  #parts(firstAt: number | null): (Node | null)[] {
    const page = this.#page;
    const render = this.#render;
    const { arrangement, onArrange } = this.#context;
    const total = Math.max(1, page.row.tokens.value);
    // Without an answer the thinking is all there is to read.
    const answered = page.segments.some((segment) => segment.kind === 'answer');
    const blocks = page.segments.map((segment): Node | null => {
      if (segment.kind === 'tag') return null;
      if (segment.kind === 'answer') return this.#answer(segment.start, segment.end);
      const view = new ThinkingView(segment, this.#source, {
        share: Math.min(1, segment.tokens / total), open: arrangement.thinkingOpen || !answered, firstAt, marks: this.#marks, render, signal: this.#abort.signal,
        whole: arrangement.thinkingWhole,
        onToggle: (open, whole) => { Object.assign(arrangement, { thinkingOpen: open, thinkingWhole: whole }); onArrange(); },
      });
      this.#thinking.push(view);
      return view.element;
    });
    return [
      this.#prompt.element, ...blocks,
      page.verdict?.code ? testsTable(page.verdict.code) : null,
      page.row.cut ? h('p', 'cut-here', icon('screen-cut'), ' The response was cut here, at the length limit.') : null,
      this.#extra(),
    ];
  }

  readonly #render: RenderText = (text, base) => richText(text, base, this.#marks);

  #answer(start: number, end: number): HTMLElement | null {
    if (this.#source.held(start, end).trim() === '' && end <= this.#page.response.length) return null;
    return h('section', { class: 'answer-part', attributes: { 'aria-label': 'Answer' } }, h('h2', {}, 'Answer'), this.#longText(start, end, this.#render));
  }

  #longText(start: number, end: number, render: RenderText): HTMLElement {
    const text = new LongText(this.#source, start, end, render, this.#abort.signal);
    this.#texts.push({ start, end, text });
    return text.element;
  }

  #extra(): HTMLElement | null {
    const fields = Object.entries(this.#page.extra);
    return fields.length === 0 ? null : h('details', 'extra', h('summary', {}, `Other fields of the record (${fields.length})`),
      h('dl', 'facts', fields.map(([name, text]) => [h('dt', {}, name), h('dd', 'mono', text)])));
  }
}

function repeatedStretches(view: ThinkingView): { start: number; end: number }[] {
  const seen = new Set<string>();
  return view.paragraphs.filter((paragraph) => {
    if (paragraph.times < 2) return false;
    // The first occurrence is not a repetition.
    const key = `${paragraph.words}/${paragraph.title}`;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}

/** Words for a compare header: what sets two rollouts of a group apart at first sight. */
export function compareTitle(page: RolloutPage): string {
  const { row } = page;
  return `Sample ${row.sample + 1} · ${row.state}${row.cut ? ', cut' : ''} · ${plural(row.tokens.value, 'token')}${row.thinkShare === null ? '' : `, ${percent(row.thinkShare)} thinking`}`;
}
