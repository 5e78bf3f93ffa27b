// The left list: a tree of groups and rollouts, drawn as far as it is visible. Owns cursor, open groups and selection.
import type { RolloutGroup, RolloutRow } from '../../server/protocol/rollout.ts';
import { h, icon } from '../ui/dom.ts';
import { percent, plural, shortTokens, signed } from '../ui/format.ts';
import { describeSquares, squares, stateWord } from '../ui/squares.ts';
import type { GroupStore } from './groupStore.ts';
import { type LineRef, ListGeometry, type Sizes } from './listGeometry.ts';

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
  readonly #spacer: HTMLElement;
  readonly #store: GroupStore;
  readonly #events: ListEvents;
  readonly #open = new Map<number, number>();
  readonly #selected = new Set<number>();
  #sizes: Sizes = { group: 50, row: 26 };
  #geometry = new ListGeometry(this.#sizes, 0, this.#open);
  #cursor: LineRef | null = null;
  #anchor: LineRef | null = null;
  #drawn = new Map<string, HTMLElement>();
  #frame = 0;
  /** Set when the file holds several steps, so that a group's step is worth its place. */
  showSteps = false;

  constructor(store: GroupStore, events: ListEvents) {
    this.#store = store;
    this.#events = events;
    this.#spacer = h('div', { class: 'list-spacer', role: 'presentation' });
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
    return [...this.#selected];
  }

  /** First visible group, for the stored state. */
  get topGroup(): number {
    return this.#geometry.lineAt(this.#scrolled())?.group ?? 0;
  }

  /** Forgets everything that belonged to the last query. */
  reset(): void {
    this.#open.clear();
    this.#cursor = this.#anchor = null;
    if (this.#selected.size > 0) {
      this.#selected.clear();
      this.#events.onSelection([]);
    }
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

  /** Moves up or down one rollout, skipping headers of open groups and opening closed ones on the way down. */
  move(by: 1 | -1): void {
    const next = !this.#cursor ? this.#geometry.lineAt(0) : by > 0 ? this.#geometry.next(this.#cursor) : this.#geometry.previous(this.#cursor);
    if (next) void this.goTo(next);
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
    const cursor = this.#cursor;
    const handled = (): void => { event.preventDefault(); event.stopPropagation(); };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown': case 'ArrowUp': {
        handled();
        const before = cursor;
        this.move(event.key === 'ArrowDown' ? 1 : -1);
        if (event.shiftKey && before) void this.#extend(before);
        return;
      }
      case 'ArrowRight':
        handled();
        if (!cursor) return;
        if (cursor.row < 0 && !this.#open.has(cursor.group)) return void this.#toggle(cursor.group, true);
        if (cursor.row < 0) void this.goTo({ group: cursor.group, row: 0 });
        return;
      case 'ArrowLeft':
        handled();
        if (!cursor) return;
        if (cursor.row >= 0) return void this.goTo({ group: cursor.group, row: -1 });
        return void this.#toggle(cursor.group, false);
      case 'Enter':
        handled();
        if (cursor && cursor.row < 0) void this.#toggle(cursor.group, !this.#open.has(cursor.group));
        return;
      case ' ':
        handled();
        if (cursor) this.#select(cursor, true);
        return;
      case 'Home':
        handled();
        return void this.goTo({ group: 0, row: -1 });
      case 'End':
        handled();
        return void this.goTo({ group: this.#store.total - 1, row: this.#geometry.rowsOf(this.#store.total - 1) - 1 });
      case 'PageDown': case 'PageUp': {
        handled();
        if (!cursor) return;
        const page = this.element.clientHeight * (event.key === 'PageDown' ? 1 : -1);
        const line = this.#geometry.lineAt(Math.max(0, this.#geometry.topOf(cursor) + page));
        if (line) void this.goTo(line);
        return;
      }
      case 'Escape':
        if (this.#selected.size > 0) {
          handled();
          this.clearSelection();
        }
    }
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-group]') : null;
    if (!target) return;
    const line: LineRef = { group: Number(target.dataset['group']), row: Number(target.dataset['row']) };
    if (event.ctrlKey || event.metaKey) return this.#select(line, true);
    if (event.shiftKey && this.#cursor) {
      void this.goTo(line).then(() => this.#extend(line));
      return;
    }
    this.#anchor = line;
    if (line.row >= 0) return void this.goTo(line);
    const open = this.#open.has(line.group);
    // A click on a closed group opens it; the arrow alone closes it, so that a second click never hides what is being read.
    if (open && event.target instanceof Element && event.target.closest('.group-fold')) void this.#toggle(line.group, false);
    else if (!open) void this.#toggle(line.group, true);
    void this.goTo(line);
  }

  clearSelection(): void {
    this.#selected.clear();
    this.#selectionChanged();
  }

  /** A group's header selects all its rollouts. */
  #select(line: LineRef, toggle: boolean): void {
    const group = this.#store.group(line.group);
    if (!group) return;
    const refs = line.row < 0 ? group.rows.map((row) => row.ref) : group.rows.slice(line.row, line.row + 1).map((row) => row.ref);
    const on = !toggle || !refs.every((ref) => this.#selected.has(ref));
    for (const ref of refs) if (on) this.#selected.add(ref); else this.#selected.delete(ref);
    this.#anchor = line;
    this.#selectionChanged();
  }

  async #extend(line: LineRef): Promise<void> {
    const anchor = this.#anchor ?? line;
    const cursor = this.#cursor ?? line;
    const [from, to] = [anchor, cursor].sort((a, b) => a.group - b.group || a.row - b.row);
    if (!from || !to) return;
    this.#anchor = anchor;
    this.#selected.clear();
    for (let line: LineRef | null = from; line && (line.group < to.group || (line.group === to.group && line.row <= to.row)); line = this.#geometry.next(line)) {
      const group = await this.#store.wait(line.group);
      const row = group?.rows[line.row];
      if (row) this.#selected.add(row.ref);
    }
    this.#selectionChanged();
  }

  #selectionChanged(): void {
    this.#draw();
    this.#events.onSelection([...this.#selected]);
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
      const key = this.#keyOf(line, group);
      const element = this.#drawn.get(key) ?? this.#line(line, group);
      element.style.transform = `translateY(${this.#geometry.topOf(line) + shift}px)`;
      element.style.height = `${this.#geometry.heightOf(line)}px`;
      next.set(key, element);
    }
    for (const [key, element] of this.#drawn) if (!next.has(key)) element.remove();
    for (const element of next.values()) if (!element.isConnected) this.#spacer.append(element);
    this.#drawn = next;
    const active = cursor ? `line-${cursor.group}-${cursor.row}` : null;
    if (active) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  /** Everything a line's picture depends on, so that an equal key means an equal element. */
  #keyOf(line: LineRef, group: RolloutGroup | undefined): string {
    const cursor = this.#cursor ? same(line, this.#cursor) : false;
    if (!group) return `${line.group}/${line.row}/…/${cursor}`;
    const inside = this.#cursor?.group === line.group;
    if (line.row < 0) {
      const picture = group.rows.map((row) => `${row.state.slice(0, 3)}${row.cut ? 'x' : ''}`).join('');
      return `${line.group}/${group.key}/${this.#open.has(line.group)}/${cursor}/${inside ? this.#cursor?.row ?? '' : ''}/${group.correct}/${group.judged}/${picture}`;
    }
    const row = group.rows[line.row];
    return row ? `${line.group}/${line.row}/${row.ref}/${row.state}/${row.advantage ?? ''}/${row.extracted ?? ''}/${this.#selected.has(row.ref)}/${cursor}` : `${line.group}/${line.row}/gone`;
  }

  #line(line: LineRef, group: RolloutGroup | undefined): HTMLElement {
    const data = { 'data-group': line.group, 'data-row': line.row };
    const cursor = this.#cursor ? same(line, this.#cursor) : false;
    const id = `line-${line.group}-${line.row}`;
    if (!group) return h('div', { class: 'line group', id, role: 'treeitem', attributes: { ...data, 'aria-busy': 'true' } }, h('span', 'dim', 'loading …'));
    const row = line.row < 0 ? undefined : group.rows[line.row];
    return row
      ? rolloutLine(row, group, { id, data, cursor, selected: this.#selected.has(row.ref), position: line.row + 1 })
      : groupLine(group, { id, data, cursor, open: this.#open.has(line.group), position: line.group + 1, total: this.#store.total, here: this.#cursor?.group === line.group ? group.rows[this.#cursor.row]?.ref : undefined, step: this.showSteps });
  }
}

interface LineParts { readonly id: string; readonly data: Record<string, number>; readonly cursor: boolean; readonly position: number }

function groupLine(group: RolloutGroup, parts: LineParts & { open: boolean; total: number; here: number | undefined; step: boolean }): HTMLElement {
  const rate = group.judged > 0 ? `${group.correct}/${group.judged}` : 'not verified';
  return h('div', {
    class: `line group${parts.cursor ? ' cursor' : ''}${parts.here === undefined ? '' : ' holds-cursor'}`, id: parts.id, role: 'treeitem',
    attributes: {
      ...parts.data, 'aria-level': 1, 'aria-expanded': parts.open, 'aria-posinset': parts.position, 'aria-setsize': parts.total, 'aria-selected': parts.cursor ? 'true' : 'false',
      'aria-label': `${group.title}. ${group.judged > 0 ? `${group.correct} of ${group.judged} right` : 'not verified'}, ${describeSquares(group.rows)}, ${shortTokens(group.meanTokens)} tokens on average${noSignal(group) ? ', no signal' : ''}`,
    },
  },
  h('div', 'group-top',
    h('span', 'group-fold', icon(parts.open ? 'chevron-down' : 'chevron-right')),
    h('span', { class: 'grow ellipsis', title: group.title }, group.title),
    h('span', { class: 'num', title: group.judged > 0 ? `pass rate ${percent(group.correct / group.judged)}` : '' }, rate)),
  h('div', 'group-bottom',
    squares(group.rows, parts.here),
    h('span', 'grow'),
    h('span', 'dim num', `${parts.step && group.step !== null ? `step ${group.step} · ` : ''}${shortTokens(group.meanTokens)} avg${noSignal(group) ? ' · no signal' : ''}`)));
}

function noSignal(group: RolloutGroup): boolean {
  return !group.signal && group.judged > 1;
}

const SIGNS = { correct: 'check', incorrect: 'close', unverifiable: 'question', error: 'warning', unverified: 'circle-outline' } as const;
const TONES = { correct: 'right', incorrect: 'wrong', unverifiable: 'warn', error: 'warn', unverified: 'dim' } as const;

function rolloutLine(row: RolloutRow, group: RolloutGroup, parts: LineParts & { selected: boolean }): HTMLElement {
  const longest = Math.max(1, ...group.rows.map((other) => other.tokens.value));
  const word = stateWord(row.state, row.cut);
  const answer = row.extracted ?? (row.cut ? 'cut' : group.domain === 'code' ? 'no program' : 'no answer');
  return h('div', {
    class: `line rollout${parts.cursor ? ' cursor' : ''}${parts.selected ? ' selected' : ''}`, id: parts.id, role: 'treeitem',
    attributes: {
      ...parts.data, 'aria-level': 2, 'aria-posinset': parts.position, 'aria-setsize': group.rows.length, 'aria-selected': parts.selected || parts.cursor ? 'true' : 'false',
      'aria-label': `sample ${row.sample + 1}, ${word}, ${plural(row.tokens.value, 'token')}, answer ${answer}${row.reward === null ? '' : `, reward ${row.reward}`}${row.advantage === null ? '' : `, advantage ${signed(row.advantage)}`}`,
    },
  },
  h('span', { class: TONES[row.state], title: word }, icon(SIGNS[row.state])),
  h('span', 'dim num', `#${row.sample + 1}`),
  h('span', { class: 'length', title: plural(row.tokens.value, 'token') + (row.tokens.estimated ? ' (estimated)' : '') },
    h('i', { class: row.cut ? 'length-cut' : '', style: { width: `${Math.max(2, (100 * row.tokens.value) / longest)}%` } })),
  h('span', 'dim num', shortTokens(row.tokens.value)),
  h('span', { class: `ellipsis mono answer${row.extracted === null ? ' dim' : ''}`, title: answer }, row.cut && row.extracted === null ? [icon('screen-cut'), ' cut'] : answer.replace(/\s+/g, ' ').slice(0, 60)),
  h('span', { class: 'num', title: row.reward === null ? 'no reward known' : `reward ${row.reward}` }, row.reward === null ? '–' : row.reward),
  h('span', { class: `num ${row.advantage === null || row.advantage === 0 ? 'dim' : row.advantage > 0 ? 'right' : 'wrong'}`, title: 'advantage' }, row.advantage === null ? '' : signed(row.advantage)));
}

function same(a: LineRef, b: LineRef): boolean {
  return a.group === b.group && a.row === b.row;
}
