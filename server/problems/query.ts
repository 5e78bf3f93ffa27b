import type { PassRate, PassRateClass, ProblemQuery, ProblemRow } from '../protocol/problem.ts';
import type { ProblemEntry } from './entry.ts';

/** What a query looks at: the entry and the state it has now. */
export interface Listed {
  readonly entry: ProblemEntry;
  readonly state: ProblemRow['state'];
}

const STATE_ORDER: readonly ProblemRow['state'][] = ['invalid', 'contaminated', 'filtered', 'dropped', 'unchecked', 'ok'];

/** Filters and sorts; every word of the text must occur in statement, id or answer, letter case aside. Ties keep the file's order. */
export function select<T extends Listed>(items: readonly T[], query: ProblemQuery): T[] {
  const words = (query.text ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
  const states = query.states === undefined ? null : new Set(query.states);
  const domains = query.domains === undefined ? null : new Set(query.domains);
  const rates = query.passRates === undefined ? null : new Set(query.passRates);
  const chosen = items.filter(({ entry, state }) =>
    (states === null || states.has(state)) && (domains === null || domains.has(entry.domain))
    && (rates === null || rates.has(passRateClass(entry.passRate))) && containsAll(entry, words));
  return sorted(chosen, query.sort ?? 'file', query.descending === true);
}

/** The class of a pass rate; one without attempts says nothing. */
export function passRateClass(rate: PassRate | null): PassRateClass {
  if (rate === null || rate.attempts === 0) return 'unknown';
  return rate.correct === 0 ? 'never' : rate.correct === rate.attempts ? 'always' : 'sometimes';
}

function containsAll(entry: ProblemEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const statement = entry.statement.toLowerCase();
  const rest = `${entry.id} ${entry.answer ?? ''}`.toLowerCase();
  return words.every((word) => statement.includes(word) || rest.includes(word));
}

function sorted<T extends Listed>(items: T[], by: NonNullable<ProblemQuery['sort']>, descending: boolean): T[] {
  if (by === 'file') return descending ? items.reverse() : items;
  if (by === 'title') {
    const collator = new Intl.Collator('en', { numeric: true });
    return items.sort((a, b) => (descending ? -1 : 1) * collator.compare(a.entry.title, b.entry.title));
  }
  const key = (item: T): number | null => {
    if (by === 'state') return STATE_ORDER.indexOf(item.state);
    if (by === 'difficulty') return item.entry.difficulty?.value ?? null;
    const rate = item.entry.passRate;
    return rate === null || rate.attempts === 0 ? null : rate.correct / rate.attempts;
  };
  // Unknown values stand last in both directions.
  return items.sort((a, b) => {
    const x = key(a), y = key(b);
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return descending ? y - x : x - y;
  });
}
