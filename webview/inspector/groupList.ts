// The left list: a tree of groups and rollouts, drawn as far as it is visible. Owns cursor, open groups and selection.
import type { RolloutGroup, RolloutRow } from '../../server/protocol/rollout.ts';
import { h } from '../ui/dom.ts';
import { lineElement, lineId, lineKey, type LineState } from './groupLines.ts';
import type { GroupStore } from './groupStore.ts';
import { type LineRef, ListGeometry, type Sizes } from './listGeometry.ts';
import { listKey } from './listKeys.ts';
import { ListSelection } from './listSelection.ts';

/** Pixels drawn above and below what is visible. */
const OVERSCAN = 300;

export interface ListEvents {
  /** The cursor moved to a rollout, or to a group's header (`row` undefined). */
  readonly onCursor: (group: RolloutGroup, row: RolloutRow | undefined) => void;
  /** Rollouts selected by hand changed. */
  readonly onSelection: (refs: readonly number[]) => void;
}

export class GroupList {
  readonly element: HTMLElement;
  readonly #spacer = h('div', { class: 'list-spacer', role: 'presentation' });
  readonly #store: GroupStore;
  readonly #events: ListEvents;
  readonly #open = new Map<number, number>();
  readonly #selection: ListSelection;
  #sizes: Sizes = { group: 50, row: 26 };
  #geometry = new ListGeometry(this.#sizes, 0, this.#open);
  #cursor: LineRef | null = null;
  #drawn = new Map<string, HTMLElement>();
  #frame = 0;
  /** Set when the file holds several steps, so that a group's step is worth its place. */
  showSteps = false;

  constructor(store: GroupStore, events: ListEvents) {
    this.#store = store;
    this.#events = events;
    this.#selection = new ListSelection(() => {
      this.#draw();
      this.#events.onSelection(this.#selection.refs);
    });
    this.element = h('div', {
      class: 'list', role: 'tree', tabIndex: 0, id: 'groups',
      attributes: { 'aria-label': 'Problems and their rollouts', 'aria-multiselectable': 'true' },
      on: { scroll: () => { this.#schedule(); }, keydown: (event) => { this.#key(event); }, click: (event) => { this.#click(event); } },
    }, this.#spacer);
    new ResizeObserver(() => { this.#measure(); }).observe(this.element);
  }

  get cursor(): LineRef | null {
    return this.#cursor;
  }

  get selected(): readonly number[] {
    return this.#selection.refs;
  }

  /** First visible group, for the stored state. */
  get topGroup(): number {
    return this.#geometry.lineAt(this.#scrolled())?.group ?? 0;
  }

  /** Forgets everything that belonged to the last query. */
  reset(): void {
    this.#open.clear();
    this.#cursor = this.#selection.anchor = null;
    this.#selection.clear();
    this.element.scrollTop = 0;
    this.update();
  }

  /** The store has news: counts, pages. Lines stay where they are. */
  update(): void {
    for (const [index] of this.#open) {
      const group = this.#store.group(index);
      if (group) this.#open.set(index, group.rows.length);
    }
    this.#layout();
  }

  /** Moves the cursor to a line, opening its group; resolves when its group is known. */
  async goTo(line: LineRef, options: { focus?: boolean; quiet?: boolean } = {}): Promise<void> {
    const group = await this.#store.wait(line.group);
    if (!group) return;
    if (line.row >= 0 && !this.#open.has(line.group)) this.#setOpen(line.group, group.rows.length);
    const row = Math.min(line.row, group.rows.length - 1);
    this.#cursor = { group: line.group, row };
    this.#scrollTo(this.#cursor);
    this.#draw();
    if (options.focus) this.element.focus({ preventScroll: true });
    if (!options.quiet) this.#events.onCursor(group, row < 0 ? undefined : group.rows[row]);
  }

  scrollToGroup(group: number): void {
    this.element.scrollTop = this.#geometry.toScroll(this.#geometry.topOf({ group, row: -1 }), this.element.clientHeight);
  }

  /** Moves to the next rollout after the cursor that satisfies `wanted`; false if there is none. */
  async goToNext(wanted: (row: RolloutRow) => boolean): Promise<boolean> {
    const from = this.#cursor ?? { group: 0, row: -1 };
    for (let group = from.group; group < this.#store.total; group++) {
      const held = await this.#store.wait(group);
      if (!held) return false;
      const row = held.rows.findIndex((candidate, index) => (group > from.group || index > from.row) && wanted(candidate));
      if (row >= 0) {
        await this.goTo({ group, row });
        return true;
      }
    }
    return false;
  }

  /** Moves up or down one line. */
  async move(by: 1 | -1): Promise<void> {
    const next = !this.#cursor ? this.#geometry.lineAt(0) : by > 0 ? this.#geometry.next(this.#cursor) : this.#geometry.previous(this.#cursor);
    if (next) await this.goTo(next);
  }

  clearSelection(): void {
    this.#selection.clear();
  }

  #setOpen(group: number, rows: number | null): void {
    if (rows === null) this.#open.delete(group);
    else this.#open.set(group, rows);
    this.#layout();
  }

  async #toggle(index: number, open: boolean): Promise<void> {
    if (!open) {
      if (this.#cursor?.group === index) this.#cursor = { group: index, row: -1 };
      return this.#setOpen(index, null);
    }
    const group = await this.#store.wait(index);
    if (group) this.#setOpen(index, group.rows.length);
  }

  // ---- keyboard and pointer

  #key(event: KeyboardEvent): void {
    const handled = listKey(event, {
      cursor: this.#cursor,
      isOpen: (group) => this.#open.has(group),
      move: (by, extend) => {
        this.#selection.anchor = extend ? this.#selection.anchor ?? this.#cursor : null;
        void this.move(by).then(() => { if (extend) this.#extend(); });
      },
      page: (by) => { this.#page(by); },
      goTo: (line) => void this.goTo(line),
      last: () => ({ group: this.#store.total - 1, row: this.#geometry.rowsOf(this.#store.total - 1) - 1 }),
      setOpen: (group, open) => void this.#toggle(group, open),
      toggleSelected: (line) => { this.#select(line); },
      clearSelection: () => {
        const any = this.#selection.size > 0;
        this.#selection.clear();
        return any;
      },
    });
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #page(by: 1 | -1): void {
    const line = this.#cursor && this.#geometry.lineAt(Math.max(0, this.#geometry.topOf(this.#cursor) + by * this.element.clientHeight));
    if (line) void this.goTo(line);
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-group]') : null;
    if (!target) return;
    const line: LineRef = { group: Number(target.dataset['group']), row: Number(target.dataset['row']) };
    if (event.ctrlKey || event.metaKey) return this.#select(line);
    if (event.shiftKey && this.#cursor) {
      this.#selection.anchor ??= this.#cursor;
      void this.goTo(line).then(() => { this.#extend(); });
      return;
    }
    this.#selection.anchor = line;
    if (line.row >= 0) return void this.goTo(line);
    const open = this.#open.has(line.group);
    // A click on a closed group opens it; the arrow alone closes it, so that a second click never hides what is being read.
    if (open && event.target instanceof Element && event.target.closest('.group-fold')) void this.#toggle(line.group, false);
    else if (!open) void this.#toggle(line.group, true);
    void this.goTo(line);
  }

  #select(line: LineRef): void {
    const group = this.#store.group(line.group);
    if (group) this.#selection.toggle(line, group);
  }

  #extend(): void {
    if (this.#cursor) void this.#selection.extend(this.#cursor, (line) => this.#geometry.next(line), (index) => this.#store.wait(index));
  }

  // ---- drawing

  #measure(): void {
    const font = parseFloat(getComputedStyle(this.element).fontSize) || 13;
    this.#sizes = { group: Math.round(font * 3.9), row: Math.round(font * 2) };
    this.#layout();
  }

  #layout(): void {
    this.#geometry = new ListGeometry(this.#sizes, this.#store.total, this.#open);
    this.#spacer.style.height = `${this.#geometry.spacer}px`;
    this.#draw();
  }

  #scrolled(): number {
    return this.#geometry.fromScroll(this.element.scrollTop, this.element.clientHeight);
  }

  #scrollTo(line: LineRef): void {
    const top = this.#geometry.topOf(line);
    const bottom = top + this.#geometry.heightOf(line);
    const viewport = this.element.clientHeight;
    const at = this.#scrolled();
    if (top < at) this.element.scrollTop = this.#geometry.toScroll(top, viewport);
    else if (bottom > at + viewport) this.element.scrollTop = this.#geometry.toScroll(bottom - viewport, viewport);
  }

  #schedule(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Draws the visible lines; elements of lines that stay visible and unchanged are kept. */
  #draw(): void {
    const at = this.#scrolled();
    const shift = this.element.scrollTop - at;
    const lines = this.#geometry.linesBetween(at - OVERSCAN, at + this.element.clientHeight + OVERSCAN);
    const cursor = this.#cursor;
    if (cursor && cursor.group < this.#store.total && !lines.some((line) => same(line, cursor))) lines.push(cursor);
    this.#store.want(lines.map((line) => line.group));
    const next = new Map<string, HTMLElement>();
    for (const line of lines) {
      const group = this.#store.group(line.group);
      const state = this.#stateOf(line, group);
      const key = lineKey(line, group, state);
      const element = this.#drawn.get(key) ?? lineElement(line, group, state);
      element.style.transform = `translateY(${this.#geometry.topOf(line) + shift}px)`;
      element.style.height = `${this.#geometry.heightOf(line)}px`;
      next.set(key, element);
    }
    for (const [key, element] of this.#drawn) if (!next.has(key)) element.remove();
    for (const element of next.values()) if (!element.isConnected) this.#spacer.append(element);
    this.#drawn = next;
    if (cursor) this.element.setAttribute('aria-activedescendant', lineId(cursor));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #stateOf(line: LineRef, group: RolloutGroup | undefined): LineState {
    const cursor = this.#cursor;
    return {
      cursor: cursor !== null && same(line, cursor), open: this.#open.has(line.group), selected: this.#selection.has(group?.rows[line.row]?.ref),
      here: cursor?.group === line.group ? group?.rows[cursor.row]?.ref : undefined, total: this.#store.total, step: this.showSteps,
    };
  }
}

function same(a: LineRef, b: LineRef): boolean {
  return a.group === b.group && a.row === b.row;
}
