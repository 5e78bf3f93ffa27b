/**
 * Wilson score interval of a proportion, the right one for few attempts (a normal interval around 8 of 8 would be empty).
 * E. B. Wilson, JASA 22 (1927) 209-212. Returns shares in 0..1; `z` = 1.96 gives 95 %.
 */
export function wilson(successes: number, attempts: number, z = 1.96): { low: number; high: number } {
  if (attempts <= 0) return { low: 0, high: 1 };
  const p = successes / attempts;
  const z2 = z * z;
  const centre = p + z2 / (2 * attempts);
  const spread = z * Math.sqrt((p * (1 - p)) / attempts + z2 / (4 * attempts * attempts));
  const scale = 1 + z2 / attempts;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
