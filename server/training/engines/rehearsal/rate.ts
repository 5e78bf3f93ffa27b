/**
 * How far a step moves the table. This is ours: a learning rate of 1e-6 for billions of shared weights means nothing for a
 * table whose rows share nothing, so the rehearsal has a rate of its own, in logits.
 *
 * - Logits move by RATE · (learning rate / 1e-6), so that a stage with five times the learning rate moves five times as fast.
 * - The objective's weights are divided by their mean times the group size (AdamW, too, forgets a gradient's scale), so that
 *   a row moves as far in a batch of 8 problems as in one of 128: `token-mean` gives Δz = rate · (1/G) Σ A_i (e_i − π) / T.
 */
export const LOGITS_PER_1E_6 = 0.5;

/** Logits per unit of normalised gradient for a stage's learning rate, with the stage's linear warm-up (veRL: step / warm-up steps). */
export function rehearsalRate(learningRate: number, warmupSteps: number, step: number): number {
  const warm = warmupSteps > 0 ? Math.min(1, step / warmupSteps) : 1;
  return LOGITS_PER_1E_6 * (learningRate / 1e-6) * warm;
}

/** Factor between the objective's own gradient and the one that moves the table. */
export function gradientScale(weights: readonly number[], groupSize: number): number {
  const counted = weights.filter((weight) => weight > 0);
  if (counted.length === 0) return 0;
  const mean = counted.reduce((sum, weight) => sum + weight, 0) / counted.length;
  return 1 / (mean * groupSize);
}
