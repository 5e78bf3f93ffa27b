// The right column: the rollout under the cursor, or two side by side, or a group's overview. Late answers are dropped.
import type { RolloutGroup, RolloutPage, RolloutRow } from '../../server/protocol/rollout.ts';
import { fill, h, icon } from '../ui/dom.ts';
import { percent, plural, shortTokens } from '../ui/format.ts';
import { isCancelled } from '../ui/messages.ts';
import { squares } from '../ui/squares.ts';
import { wilson } from '../ui/wilson.ts';
import { compareTitle, type RolloutContext, RolloutView } from './rolloutView.ts';

/** Pages kept so that going back and forth is instant. */
const CACHE = 24;

export interface DetailEvents {
  readonly fetch: (ref: number, signal: AbortSignal) => Promise<RolloutPage>;
  readonly context: (groupSize: number, ref: number) => RolloutContext;
  /** The first rollout of the group whose overview is shown. */
  readonly openFirst: () => void;
  readonly onEndCompare: () => void;
}

export class DetailPane {
  readonly element = h('main', { class: 'detail', id: 'detail', attributes: { 'aria-label': 'Rollout' } });
  readonly #events: DetailEvents;
  readonly #cache = new Map<number, RolloutPage>();
  #abort = new AbortController();
  #shown: { readonly page: RolloutPage; readonly view: RolloutView; readonly groupSize: number }[] = [];
  #pinned: { readonly page: RolloutPage; readonly groupSize: number } | null = null;

  constructor(events: DetailEvents) {
    this.#events = events;
  }

  get comparing(): boolean {
    return this.#pinned !== null;
  }

  /** The rollout that keys act on: the right one of two. */
  get current(): RolloutView | null {
    return this.#shown.at(-1)?.view ?? null;
  }

  get currentPage(): RolloutPage | null {
    return this.#shown.at(-1)?.page ?? null;
  }

  /** Shows a rollout; what was shown stays until the new one is here, so that moving fast does not flicker. */
  async show(row: RolloutRow, groupSize: number): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    try {
      const page = this.#cache.get(row.ref) ?? await this.#events.fetch(row.ref, signal);
      if (signal.aborted) return;
      this.#remember(row.ref, page);
      this.#draw(page, groupSize);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#clear();
      fill(this.element, h('div', 'empty', h('h2', {}, 'This rollout could not be read'), h('p', {}, error instanceof Error ? error.message : String(error))));
    }
  }

  /** A group's header is under the cursor: what its rollouts say together. */
  showGroup(group: RolloutGroup): void {
    this.#abort.abort();
    if (this.#pinned) return;
    this.#clear();
    const { low, high } = wilson(group.correct, group.judged);
    const cut = group.rows.filter((row) => row.cut).length;
    fill(this.element, h('section', 'overview',
      h('h2', {}, group.domain ?? 'group'),
      h('p', 'overview-title', group.title),
      h('div', 'overview-squares', squares(group.rows)),
      h('dl', 'facts',
        h('dt', {}, 'pass rate'), h('dd', {}, group.judged > 0 ? `${group.correct} of ${group.judged} (${percent(low)} to ${percent(high)} with 95 % confidence)` : 'nothing verified yet'),
        h('dt', {}, 'signal'), h('dd', {}, group.judged < 2 ? 'unknown' : group.signal ? 'mixed results: gives a gradient' : 'all results equal: gives no gradient'),
        h('dt', {}, 'expected'), h('dd', 'mono', group.gold ?? (group.domain === 'code' ? 'all tests pass' : 'the file carries no answer')),
        h('dt', {}, 'tokens'), h('dd', {}, `${shortTokens(group.meanTokens)} on average${cut > 0 ? `, ${plural(cut, 'response')} cut` : ''}`),
        h('dt', {}, 'answers'), h('dd', {}, answers(group))),
      h('p', 'row', group.rows[0] ? h('button', { class: 'chip', attributes: { type: 'button' }, on: { click: this.#events.openFirst } }, 'Open First Rollout', icon('arrow-right')) : null)));
  }

  showEmpty(...content: Parameters<typeof h>[2][]): void {
    this.#abort.abort();
    this.#clear();
    fill(this.element, h('div', 'empty', ...content));
  }

  /** Keeps the shown rollout on the left; the next one that is shown stands beside it. */
  startCompare(): void {
    const last = this.#shown.at(-1);
    if (!last) return;
    this.#pinned = { page: last.page, groupSize: last.groupSize };
    this.#draw(last.page, last.groupSize);
  }

  /** Shows the left one alone again. */
  endCompare(): void {
    const left = this.#pinned;
    this.#pinned = null;
    if (left) this.#draw(left.page, left.groupSize);
  }

  /** Draws again with the present arrangement (raw, folds, search words). */
  redraw(): void {
    const last = this.#shown.at(-1);
    if (last) this.#draw(last.page, last.groupSize, this.element.scrollTop);
  }

  /** Verdicts changed: what is cached may be old. */
  forget(): void {
    this.#cache.clear();
  }

  #draw(page: RolloutPage, groupSize: number, scrollTop = 0): void {
    this.#clear();
    const both = this.#pinned && this.#pinned.page.row.ref !== page.row.ref ? [this.#pinned, { page, groupSize }] : [{ page, groupSize }];
    this.#shown = both.map((one) => ({ ...one, view: new RolloutView(one.page, this.#events.context(one.groupSize, one.page.row.ref)) }));
    if (this.#pinned) {
      fill(this.element,
        h('div', 'notice', icon('split-horizontal'), h('span', 'grow', both.length > 1 ? 'Comparing two rollouts. The left one stays; choose the right one in the list.' : 'Choose the second rollout in the list.'),
          h('button', { class: 'chip', attributes: { type: 'button' }, on: { click: this.#events.onEndCompare } }, 'End Compare')),
        h('div', both.length > 1 ? 'compare' : '', this.#shown.map(({ page: shown, view }) => h('section', { class: 'compare-side', attributes: { 'aria-label': compareTitle(shown) } }, h('h2', 'compare-title', compareTitle(shown)), view.element))));
    } else {
      fill(this.element, this.#shown[0]?.view.element);
    }
    this.element.scrollTop = scrollTop;
  }

  #clear(): void {
    for (const { view } of this.#shown) view.dispose();
    this.#shown = [];
  }

  #remember(ref: number, page: RolloutPage): void {
    this.#cache.delete(ref);
    this.#cache.set(ref, page);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > CACHE && !oldest.done) this.#cache.delete(oldest.value);
  }
}

/** How often each answer was given, most frequent first. */
function answers(group: RolloutGroup): HTMLElement {
  const counts = new Map<string, number>();
  for (const row of group.rows) {
    const answer = row.extracted === null ? (row.cut ? '(cut)' : '(none)') : group.domain === 'code' ? '(program)' : row.extracted.slice(0, 80);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return h('span', 'row wrap', [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([answer, n]) => h('span', 'chip', h('b', 'mono', answer), ` × ${n}`)));
}
