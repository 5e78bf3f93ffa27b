/**
 * The plain procedure of published training code, written for this comparison: lower-case, split on white space, a table of
 * n-grams for each benchmark, one pass over the rows for each benchmark, a row is dropped on any shared n-gram.
 */
export function plainHits(rows: readonly string[], benchmarks: ReadonlyMap<string, readonly string[]>, n: number): Set<number> {
  const hits = new Set<number>();
  for (const texts of benchmarks.values()) {
    const known = new Map<string, number[]>();
    texts.forEach((text, item) => {
      for (const gram of grams(text, n)) known.set(gram, [...known.get(gram) ?? [], item]);
    });
    rows.forEach((row, i) => {
      if (grams(row, n).some((gram) => known.has(gram))) hits.add(i);
    });
  }
  return hits;
}

function grams(text: string, n: number): string[] {
  const words = text.toLowerCase().trim().split(/\s+/);
  const found: string[] = [];
  for (let i = 0; i + n <= words.length; i++) found.push(words.slice(i, i + n).join(' '));
  return found;
}
