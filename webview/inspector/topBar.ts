// The bar above both columns: which file, the search line, what the query found, totals, Verify All.
import type { RolloutFileInfo, RolloutTotals } from '../../server/protocol/rollout.ts';
import { button, type Button, focusControl, markInvalid, progressRing, textField, type TextField } from '../ui/controls.ts';
import { fill, h } from '../ui/dom.ts';
import { bytes, count, percent, plural } from '../ui/format.ts';

export interface TopBarEvents {
  readonly onQuery: (query: string) => void;
  readonly onVerifyAll: () => void;
}

export class TopBar {
  readonly element: HTMLElement;
  readonly #search: TextField;
  readonly #title = h('h1', 'ellipsis', '');
  readonly #facts = h('span', 'dim ellipsis');
  readonly #found = h('span', 'dim');
  readonly #totals = h('div', 'totals row wrap');
  readonly #verify: Button;
  readonly #progress = h('span', 'row dim');

  constructor(query: string, events: TopBarEvents) {
    this.#search = textField({
      label: 'Search and filter', value: query, placeholder: 'words, or reward:0 cut:true length:>8000',
      describedBy: 'found', onInput: events.onQuery,
    });
    this.#search.title = 'Words are searched in prompt and response. Filters: reward:0 cut:true length:>8000 verdict:unverifiable step:12 domain:code think:unclosed problem:ID';
    this.#found.id = 'found';
    this.#verify = button('Verify All', events.onVerifyAll, { primary: true });
    this.element = h('header', 'top',
      h('div', 'top-file', this.#title, this.#facts),
      h('div', { class: 'top-search', role: 'search' }, this.#search, this.#found),
      this.#totals, h('div', 'top-verify', this.#progress, this.#verify));
  }

  get query(): string {
    return this.#search.value;
  }

  set query(text: string) {
    this.#search.value = text;
  }

  focusSearch(): void {
    focusControl(this.#search, true);
  }

  showFile(file: string, info: RolloutFileInfo | null): void {
    fill(this.#title, file);
    this.#title.title = info?.path ?? file;
    if (!info) return;
    const each = info.groups > 0 && info.rollouts % info.groups === 0 ? ` · ${info.rollouts / info.groups} each` : '';
    const steps = info.steps.length === 1 ? ` · step ${info.steps[0] ?? ''}` : info.steps.length > 1 ? ` · steps ${Math.min(...info.steps)} to ${Math.max(...info.steps)}` : '';
    const facts = `${plural(info.rollouts, 'rollout')} · ${plural(info.groups, 'group')}${each}${steps} · ${info.schema} · ${bytes(info.size)}`;
    fill(this.#facts, facts);
    this.#facts.title = facts;
  }

  showSearching(): void {
    markInvalid(this.#search, false);
    fill(this.#found, 'searching …');
  }

  /** No answer to the query: numbers of the one before would be taken for this one's. */
  showFailed(mistyped: boolean): void {
    markInvalid(this.#search, mistyped);
    fill(this.#found);
    fill(this.#totals);
  }

  /** `filtered`: a query is set, so that the counts are worth a line of their own. */
  showTotals(totals: RolloutTotals, filtered: boolean): string {
    const found = `${plural(totals.rollouts, 'rollout')} in ${plural(totals.groups, 'group')}`;
    fill(this.#found, filtered ? found : '');
    fill(this.#totals,
      h('span', { title: totals.judged > 0 ? `${count(totals.correct)} of ${plural(totals.judged, 'judged rollout')}; ${count(totals.rollouts)} in all` : 'nothing verified yet' }, 'pass rate ', h('b', 'num', totals.judged > 0 ? (totals.correct / totals.judged).toFixed(2) : '–'),
        // A rate of few says little: said where not all are judged.
        totals.judged < totals.rollouts && totals.judged > 0 ? h('span', 'dim', ` of ${count(totals.judged)} judged`) : null),
      h('span', { title: `${count(totals.cut)} of ${count(totals.rollouts)} rollouts` }, 'cut ', h('b', totals.cut > 0 ? 'num warn' : 'num', totals.rollouts > 0 ? percent(totals.cut / totals.rollouts) : '–')),
      h('span', { title: 'Groups whose known rewards are all equal: they give no gradient' }, 'no signal ', h('b', 'num', count(totals.noSignal))));
    return found;
  }

  showVerifying(active: boolean): void {
    // In the button's place, so that the bar does not grow a second line under the reader's eyes.
    fill(this.#progress, active ? [progressRing('Verifying'), 'verifying'] : null);
    this.#verify.hidden = active;
  }

  canVerify(can: boolean): void {
    this.#verify.disabled = !can;
    this.#verify.title = can ? '' : 'Verifying runs code and needs a trusted workspace';
  }
}
