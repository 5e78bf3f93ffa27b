import type { Contamination, Overlap } from '../../protocol/decontamination.ts';

const MOST_OTHERS = 12;
/** Longest excerpt of a span in a report, UTF-16 units; its offsets stay exact. */
const MOST_SPAN_TEXT = 600;

/** The best overlap of each benchmark, best first; further items of the same benchmark follow, a dozen in all. */
export function onePerBenchmark(overlaps: readonly Overlap[]): Overlap[] {
  const seen = new Set<string>();
  const first: Overlap[] = [];
  const rest: Overlap[] = [];
  for (const overlap of overlaps) {
    (seen.has(overlap.benchmark) ? rest : first).push(shortened(overlap));
    seen.add(overlap.benchmark);
  }
  return [...first, ...rest].slice(0, MOST_OTHERS + 1);
}

function shortened(overlap: Overlap): Overlap {
  if (overlap.span.text.length <= MOST_SPAN_TEXT) return overlap;
  return { ...overlap, span: { ...overlap.span, text: `${overlap.span.text.slice(0, MOST_SPAN_TEXT)}…` } };
}

const NEARLY_ALL = 0.9;
const ENOUGH_ROWS = 5;

/** Name of the benchmark that nearly all of `rows` problems belong to: a test set taken for a training set. */
export function looksLikeBenchmark(contaminations: readonly Contamination[], rows: number): string | null {
  if (rows < ENOUGH_ROWS) return null;
  const counts = new Map<string, number>();
  for (const { best, others } of contaminations) {
    const names = new Set([best, ...others].filter((overlap) => overlap.kind === 'contaminated').map((overlap) => overlap.benchmark));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) if (count >= NEARLY_ALL * rows) return name;
  return null;
}

/** One line for people: what overlaps what, and how much. */
export function describeOverlap(overlap: Overlap, n: number): string {
  const words = { contaminated: 'Contaminated', variant: 'Same wording, other numbers', overlaps: 'Overlaps', boilerplate: 'Shares boilerplate with' }[overlap.kind];
  const share = overlap.total > 1 ? ` — ${overlap.shared} of ${overlap.total} distinctive ${n}-grams (${Math.round(overlap.containment * 100)} %), longest run ${overlap.runTokens} words` : ` — the whole text, ${overlap.runTokens} words`;
  const excerpt = overlap.span.text.length > 160 ? `${overlap.span.text.slice(0, 160)}…` : overlap.span.text;
  return `${words}: ${overlap.benchmark} ${overlap.item}${share}: "${excerpt.replace(/\s+/g, ' ')}"`;
}
