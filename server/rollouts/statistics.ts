/**
 * Statistics of groups of rewards. All functions are pure; `n` counts attempts, `c` correct ones.
 */

/**
 * GRPO advantage of each reward: (r - mean) / (std + 1e-6) with the unbiased standard deviation. A group of one has mean 0
 * and std 1, so its advantage is its reward (verl.md section 2).
 */
export function advantages(rewards: readonly number[]): number[] {
  if (rewards.length === 1) return rewards.map((reward) => reward / (1 + 1e-6));
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const std = standardDeviation(rewards);
  return rewards.map((reward) => (reward - mean) / (std + 1e-6));
}

/** Unbiased standard deviation; 0 for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** A group teaches something only when two known rewards differ. */
export function hasSignal(rewards: readonly number[]): boolean {
  return rewards.some((reward) => reward !== rewards[0]);
}

/** avg@k: the mean over problems of the share of correct attempts. `groups` are [correct, attempts]; groups without attempts do not count. */
export function averageAtK(groups: readonly (readonly [correct: number, attempts: number])[]): number | null {
  const known = groups.filter(([, attempts]) => attempts > 0);
  return known.length === 0 ? null : known.reduce((sum, [correct, attempts]) => sum + correct / attempts, 0) / known.length;
}

/**
 * Unbiased estimator of pass@k, 1 - C(n-c, k) / C(n, k), as a product so that nothing overflows (Chen et al. 2021, arXiv
 * 2107.03374, section 2.1). Null when there are fewer than k attempts.
 */
export function passAtK(n: number, c: number, k: number): number | null {
  if (k < 1 || n < k) return null;
  if (n - c < k) return 1;
  let miss = 1;
  for (let i = n - c + 1; i <= n; i += 1) miss *= 1 - k / i;
  return 1 - miss;
}

/** Wilson score interval of a share, for z = 1.96 (95 %). Null without attempts. */
export function wilsonInterval(correct: number, attempts: number, z = 1.959963984540054): { readonly low: number; readonly high: number } | null {
  if (attempts <= 0) return null;
  const p = correct / attempts;
  const z2 = z * z;
  const centre = (p + z2 / (2 * attempts)) / (1 + z2 / attempts);
  const half = (z / (1 + z2 / attempts)) * Math.sqrt((p * (1 - p)) / attempts + z2 / (4 * attempts * attempts));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
