/** The tabular policy of one problem: a logit for each of its recorded rollouts; choosing one is its whole "generation". */
import type { Random } from './random.ts';

/** softmax(logits / temperature), computed without overflow. `logits` must not be empty, `temperature` > 0. */
export function probabilities(logits: readonly number[], temperature: number): number[] {
  const highest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Draws `count` indices with replacement. */
export function sample(distribution: readonly number[], count: number, random: Random): number[] {
  return Array.from({ length: count }, () => {
    let rest = random();
    for (let index = 0; index < distribution.length; index += 1) {
      rest -= distribution[index] ?? 0;
      if (rest < 0) return index;
    }
    return distribution.length - 1; // rounding left a crumb
  });
}

/** Shannon entropy in nats. */
export function entropy(distribution: readonly number[]): number {
  return distribution.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}
