// The line above the list: quick filters, how many rollouts are selected, the order.
import type { RolloutQuery } from '../../server/protocol/rollout.ts';
import { chipButton, choice } from '../ui/controls.ts';
import { fill, h } from '../ui/dom.ts';
import { count } from '../ui/format.ts';

const SORTS = [
  { value: 'file', label: 'file order' }, { value: 'spread', label: 'mixed first' }, { value: 'passRate', label: 'lowest pass rate' },
  { value: 'tokens', label: 'longest first' }, { value: 'title', label: 'title' },
] as const;

const QUICK = [['wrong', 'reward:0'], ['cut', 'cut:true'], ['unverifiable', 'verdict:unverifiable']] as const;

export interface ListHeadEvents {
  readonly onSort: (sort: NonNullable<RolloutQuery['sort']>) => void;
  readonly onTerms: (query: string) => void;
}

export class ListHead {
  readonly element: HTMLElement;
  readonly #selected = h('span', 'dim num');
  readonly #chips: readonly HTMLButtonElement[];
  #query = '';

  constructor(query: RolloutQuery, events: ListHeadEvents) {
    this.#chips = QUICK.map(([label, term]) => chipButton(label, () => { events.onTerms(toggled(this.#query, term)); }, { title: term, pressed: false }));
    this.element = h('div', 'list-head row wrap', h('h2', 'sr-only', 'Problems'), this.#chips, this.#selected, h('span', 'grow'),
      choice('Sort', SORTS, query.sort ?? 'file', (chosen) => { events.onSort(SORTS.find(({ value }) => value === chosen)?.value ?? 'file'); }));
  }

  showQuery(query: string): void {
    this.#query = query;
    const terms = new Set(termsOf(query));
    this.#chips.forEach((chip, index) => { chip.setAttribute('aria-pressed', String(terms.has(QUICK[index]?.[1] ?? ''))); });
  }

  showSelected(selected: number): void {
    fill(this.#selected, selected > 0 ? `${count(selected)} selected` : '');
  }
}

function termsOf(query: string): string[] {
  return query.split(/\s+/).filter((word) => word !== '');
}

function toggled(query: string, term: string): string {
  const terms = termsOf(query);
  return (terms.includes(term) ? terms.filter((word) => word !== term) : [...terms, term]).join(' ');
}
