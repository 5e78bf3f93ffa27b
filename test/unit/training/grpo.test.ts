import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupAdvantages, lossWeights, objective, objectiveGradient } from '../../../server/training/engines/rehearsal/grpo.ts';
import { entropy, probabilities, sample } from '../../../server/training/engines/rehearsal/policy.ts';
import { seededRandom } from '../../../server/training/engines/rehearsal/random.ts';
import { gradientScale, rehearsalRate } from '../../../server/training/engines/rehearsal/rate.ts';

const close = (actual: number | null | undefined, expected: number, tolerance = 1e-9): void => {
  assert.ok(typeof actual === 'number' && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};

test('advantages are rewards normalised by the group with the unbiased deviation', () => {
  // Rewards 1, 0, 0, 0: mean 1/4, variance (9/16 + 3/16) / 3 = 1/4, deviation 1/2.
  const [right, wrong] = groupAdvantages([1, 0, 0, 0]);
  close(right, 0.75 / (0.5 + 1e-6));
  close(wrong, -0.25 / (0.5 + 1e-6));
});

test('a group of equal rewards gives no signal, a group of one is compared with 0', () => {
  assert.deepEqual(groupAdvantages([1, 1, 1]), [0, 0, 0]);
  close(groupAdvantages([1])[0], 1 / (1 + 1e-6));
});

test('a rollout that the verifier failed on is no 0: it is left out of its group', () => {
  const advantages = groupAdvantages([1, null, 0]);
  assert.equal(advantages[1], null);
  close(advantages[0], 0.5 / (Math.SQRT1_2 + 1e-6));
});

test('loss weights follow the three aggregations', () => {
  assert.deepEqual(lossWeights([100, 300], 'token-mean'), [1 / 400, 1 / 400]);
  assert.deepEqual(lossWeights([100, 300], 'seq-mean-token-mean'), [1 / 200, 1 / 600]);
  assert.deepEqual(lossWeights([100, 300], 'seq-mean-token-sum'), [1 / 2, 1 / 2]);
  assert.deepEqual(lossWeights([100, 0, 300], 'seq-mean-token-sum'), [1 / 2, 0, 1 / 2], 'a rollout without gradient counts nowhere');
});

test('the gradient agrees with finite differences of the objective', () => {
  const logits = [0.3, -1.2, 0.9];
  const drawn = [{ choice: 0, advantage: 1.5, weight: 0.2 }, { choice: 2, advantage: -0.5, weight: 0.4 }, { choice: 2, advantage: 0.25, weight: 0.1 }];
  for (const temperature of [0.6, 1, 1.7]) {
    const gradient = objectiveGradient(probabilities(logits, temperature), drawn, temperature);
    logits.forEach((_, k) => {
      const at = (shift: number): number => objective(probabilities(logits.map((z, index) => (index === k ? z + shift : z)), temperature), drawn);
      close(gradient[k], (at(1e-5) - at(-1e-5)) / 2e-5, 1e-8);
    });
  }
});

test('a step along the gradient makes the rewarded rollout more likely by the documented amount', () => {
  // Two recorded rollouts, both drawn once, rewards 1 and 0, advantages ±1/√2: Δz = ½ · rate · (a, −a).
  const distribution = probabilities([0, 0], 1);
  const advantages = groupAdvantages([1, 0]);
  const weights = lossWeights([500, 700], 'token-mean');
  const gradient = objectiveGradient(distribution, advantages.map((advantage, choice) => ({ choice, advantage: advantage ?? 0, weight: weights[choice] ?? 0 })), 1);
  const change = gradient.map((slope) => slope * gradientScale(weights, 2) * rehearsalRate(1e-6, 0, 1));
  close(change[0], 0.5 * 0.5 * Math.SQRT1_2, 1e-5);
  close(change[1], -0.5 * 0.5 * Math.SQRT1_2, 1e-5);
});

test('the rate warms up and follows the learning rate', () => {
  close(rehearsalRate(5e-6, 0, 1), 2.5);
  close(rehearsalRate(1e-6, 10, 5), 0.25);
});

test('probabilities survive large logits and entropy is that of the uniform distribution', () => {
  close(probabilities([1000, 0], 1)[0], 1);
  close(entropy(probabilities([0, 0, 0, 0], 0.6)), Math.log(4));
});

test('sampling follows the distribution and repeats with its seed', () => {
  const draws = sample([0.1, 0.7, 0.2], 20_000, seededRandom(7));
  assert.deepEqual(draws, sample([0.1, 0.7, 0.2], 20_000, seededRandom(7)));
  close(draws.filter((choice) => choice === 1).length / draws.length, 0.7, 0.02);
});
