/**
 * Exponential moving average with the usual correction for the start (as in Adam: divided by 1 - decay^n), so that the first
 * values are not drawn towards 0. Gaps stay gaps and do not count. `span` is the number of steps that matter.
 */
export function smooth(values: readonly (number | null)[], span: number): (number | null)[] {
  const decay = 1 - 2 / (Math.max(1, span) + 1);
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = decay * sum + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    return sum / weight;
  });
}

/** A span that suits a series: a fifteenth of it, at least three steps. */
export function spanFor(length: number): number {
  return Math.max(3, Math.round(length / 15));
}

/**
 * Mean of the last tenth (3 to 20 values) against the mean of the same number at the beginning; null with fewer than 6 values.
 */
export function trend(values: readonly (number | null)[]): { readonly from: number; readonly to: number } | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 6) return null;
  const n = Math.min(20, Math.max(3, Math.floor(known.length / 10)));
  const mean = (part: readonly number[]): number => part.reduce((sum, value) => sum + value, 0) / part.length;
  return { from: mean(known.slice(0, n)), to: mean(known.slice(-n)) };
}
