/**
 * GRPO with one update per batch, where the importance ratio is 1 and the objective is REINFORCE with group-normalised
 * rewards (arXiv 2505.16400v3, §3.1, eq. 3 and 4):
 *
 *   J = Σ_i w_i · A_i · log π(y_i),
 *
 * because all tokens of a rollout share its advantage and their log-probabilities add up to that of the rollout. The
 * aggregation of the loss is in the weights w_i.
 */
import type { StageSettings } from '../../../protocol/training.ts';

/** As veRL adds it to the standard deviation. */
const EPSILON = 1e-6;

/**
 * (reward − group mean) / (group standard deviation + 1e-6), with the unbiased deviation (n − 1) that veRL takes from torch.
 * A group of one has, as in veRL, mean 0 and deviation 1. Rewards that are null (the verifier failed) are left out of the
 * group and get no advantage.
 */
export function groupAdvantages(rewards: readonly (number | null)[]): (number | null)[] {
  const known = rewards.filter((reward) => reward !== null);
  if (known.length === 0) return rewards.map(() => null);
  if (known.length === 1) return rewards.map((reward) => (reward === null ? null : reward / (1 + EPSILON)));
  const mean = known.reduce((sum, reward) => sum + reward, 0) / known.length;
  const variance = known.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / (known.length - 1);
  const deviation = Math.sqrt(variance);
  return rewards.map((reward) => (reward === null ? null : (reward - mean) / (deviation + EPSILON)));
}

/**
 * Weight w_i of each rollout in the objective, by loss aggregation, from the lengths in tokens of the batch's rollouts
 * (0 for one that gives no gradient: it counts nowhere).
 *
 * - `token-mean`: Σ over tokens / all tokens → w = 1 / Σ_j |y_j|
 * - `seq-mean-token-mean`: mean over rollouts of their token mean → w_i = 1 / (n · |y_i|)
 * - `seq-mean-token-sum`: mean over rollouts of their token sum → w = 1 / n
 */
export function lossWeights(tokens: readonly number[], aggregation: StageSettings['lossAggregation']): number[] {
  const total = tokens.reduce((sum, count) => sum + count, 0);
  const counted = tokens.filter((count) => count > 0).length;
  return tokens.map((count) => {
    if (count === 0) return 0;
    switch (aggregation) {
      case 'token-mean': return 1 / total;
      case 'seq-mean-token-mean': return 1 / (counted * count);
      case 'seq-mean-token-sum': return 1 / counted;
    }
  });
}

/** One drawn rollout of a group: which recorded one, its advantage and its weight. */
export interface Drawn {
  readonly choice: number;
  readonly advantage: number;
  readonly weight: number;
}

/** Σ_i w_i A_i log π(y_i) of one problem's rollouts, with log-probabilities at the sampling temperature as veRL takes them. */
export function objective(distribution: readonly number[], drawn: readonly Drawn[]): number {
  return drawn.reduce((sum, { choice, advantage, weight }) => sum + weight * advantage * Math.log(distribution[choice] ?? 0), 0);
}

/**
 * Gradient of `objective` by the logits z, where π = softmax(z / T):
 * ∂J/∂z_k = (1 / T) Σ_i w_i A_i ([y_i = k] − π_k).
 */
export function objectiveGradient(distribution: readonly number[], drawn: readonly Drawn[], temperature: number): number[] {
  const pull = drawn.reduce((sum, { advantage, weight }) => sum + weight * advantage, 0);
  const gradient = distribution.map((p) => -pull * p / temperature);
  for (const { choice, advantage, weight } of drawn) gradient[choice] = (gradient[choice] ?? 0) + weight * advantage / temperature;
  return gradient;
}
