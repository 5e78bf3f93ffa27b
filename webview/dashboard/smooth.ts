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

export interface Trend {
  readonly from: number;
  readonly to: number;
  /** Standard error of `to - from`, from the scatter inside both windows: smaller changes are noise. */
  readonly error: number;
}

/** Mean of the last tenth (3 to 20 values) against the mean of as many at the beginning; null with fewer than 6 values. */
export function trend(values: readonly (number | null)[]): Trend | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 6) return null;
  const n = Math.min(20, Math.max(3, Math.floor(known.length / 10)));
  const first = moments(known.slice(0, n));
  const last = moments(known.slice(-n));
  return { from: first.mean, to: last.mean, error: Math.sqrt((first.variance + last.variance) / n) };
}

function moments(part: readonly number[]): { mean: number; variance: number } {
  const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
  return { mean, variance: part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, part.length - 1) };
}
