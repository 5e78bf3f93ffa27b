// The groups of the present query, page by page: only what was looked at is held, and answers of an older query are dropped.
import type { ResultOf } from '../../server/protocol/methods.ts';
import type { ListGroups } from '../../server/protocol/methods.ts';
import type { RolloutGroup, RolloutQuery, RolloutTotals } from '../../server/protocol/rollout.ts';
import { isCancelled } from '../ui/messages.ts';

export const PAGE_SIZE = 100;
/** Pages held at once; those farthest from the last one asked for go first. */
const MAX_PAGES = 40;

/** Scrolling has paused when nothing moved for this long. */
const SETTLE_MS = 50;

export type GroupsAnswer = ResultOf<typeof ListGroups>;
export type FetchGroups = (query: RolloutQuery, offset: number, limit: number, signal: AbortSignal) => Promise<GroupsAnswer>;

export interface StoreEvents {
  /** Some page arrived: the list may draw more. */
  readonly onPage: () => void;
  /** A page could not be had; when it was the first of a query, the list is empty. */
  readonly onError: (error: unknown) => void;
}

export class GroupStore {
  readonly #fetch: FetchGroups;
  readonly #events: StoreEvents;
  readonly #pages = new Map<number, readonly RolloutGroup[]>();
  readonly #loading = new Map<number, Promise<void>>();
  #query: RolloutQuery = {};
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Null until the first page of a query is known. */
  totals: RolloutTotals | null = null;
  total = 0;

  constructor(fetch: FetchGroups, events: StoreEvents) {
    this.#fetch = fetch;
    this.#events = events;
  }

  get query(): RolloutQuery {
    return this.#query;
  }

  /** Starts over with a query; resolves when its first page is there. */
  async reset(query: RolloutQuery): Promise<void> {
    this.#cancel();
    this.#pages.clear();
    // What these orders are for stands at their end.
    this.#query = { ...query, descending: query.sort === 'tokens' || query.sort === 'spread' };
    this.totals = null;
    await this.#load(0);
  }

  /** Fetches the held pages again without losing the old ones meanwhile, e.g. when verdicts arrived. */
  async refresh(): Promise<void> {
    this.#cancel();
    await Promise.all([...this.#pages.keys()].map((page) => this.#load(page)));
  }

  /** A group if it is held. */
  group(index: number): RolloutGroup | undefined {
    return this.#pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** Groups that are visible now: their pages are fetched once scrolling pauses on them, not those that flew by. */
  want(indexes: readonly number[]): void {
    const missing = new Set(indexes.filter((index) => index < this.total).map((index) => Math.floor(index / PAGE_SIZE)).filter((page) => !this.#pages.has(page)));
    clearTimeout(this.#timer);
    if (missing.size > 0) this.#timer = setTimeout(() => { for (const page of missing) void this.#load(page); }, SETTLE_MS);
  }

  /** A group, fetched if needed; undefined past the end or when the query changed meanwhile. */
  async wait(index: number): Promise<RolloutGroup | undefined> {
    if (index >= this.total) return undefined;
    const page = Math.floor(index / PAGE_SIZE);
    if (!this.#pages.has(page)) await this.#load(page);
    return this.#pages.get(page)?.[index % PAGE_SIZE];
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#loading.clear();
  }

  #load(page: number): Promise<void> {
    const running = this.#loading.get(page);
    if (running) return running;
    const { signal } = this.#abort;
    const work = this.#fetchPage(page, signal).finally(() => {
      if (!signal.aborted) this.#loading.delete(page);
    });
    this.#loading.set(page, work);
    return work;
  }

  async #fetchPage(page: number, signal: AbortSignal): Promise<void> {
    try {
      const answer = await this.#fetch(this.#query, page * PAGE_SIZE, PAGE_SIZE, signal);
      if (signal.aborted) return;
      this.total = answer.total;
      this.totals = answer.totals;
      this.#pages.set(page, answer.groups);
      this.#evict(page);
      this.#events.onPage();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      // Nothing is known of this query: lines of the one before would wait for ever.
      if (this.#pages.size === 0) this.total = 0;
      this.#events.onError(error);
    }
  }

  #evict(near: number): void {
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, Math.max(0, far.length - MAX_PAGES))) this.#pages.delete(page);
  }
}
