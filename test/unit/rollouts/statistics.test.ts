import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { advantages, averageAtK, hasSignal, passAtK, wilsonInterval } from '../../../server/rollouts/statistics.ts';

const close = (actual: number | null | undefined, expected: number, tolerance = 1e-6): void => {
  assert.ok(actual !== null && actual !== undefined && Math.abs(actual - expected) < tolerance, `${String(actual)} is not ${String(expected)}`);
};

test('GRPO advantages use the unbiased standard deviation; a group of one keeps its reward', () => {
  // torch.tensor([1., 0., 0., 0.]).std() = 0.5
  const [first, second] = advantages([1, 0, 0, 0]);
  close(first, 0.75 / (0.5 + 1e-6), 1e-12);
  close(second, -0.25 / (0.5 + 1e-6), 1e-12);
  assert.deepEqual(advantages([1, 1, 1]), [0, 0, 0]);
  close(advantages([1])[0], 1, 1e-5);
  assert.deepEqual(advantages([]), []);
});

test('advantages of a group sum to zero and keep the order of rewards', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(0, 1, 0.5, -1), { minLength: 2, maxLength: 32 }), (rewards) => {
    const values = advantages(rewards);
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0)) < 1e-6);
    rewards.forEach((reward, i) => rewards.forEach((other, j) => { if (reward > other) assert.ok((values[i] ?? 0) > (values[j] ?? 0)); }));
  }));
});

test('a group has signal only when rewards differ', () => {
  assert.equal(hasSignal([1, 1]), false);
  assert.equal(hasSignal([1, 0]), true);
  assert.equal(hasSignal([]), false);
});

test('pass@k agrees with counting all subsets', () => {
  const choose = (n: number, k: number): number => { let result = 1; for (let i = 1; i <= k; i += 1) result = result * (n - k + i) / i; return n < k ? 0 : result; };
  for (let n = 1; n <= 12; n += 1) for (let c = 0; c <= n; c += 1) for (let k = 1; k <= n; k += 1) close(passAtK(n, c, k), 1 - choose(n - c, k) / choose(n, k), 1e-9);
  assert.equal(passAtK(4, 2, 5), null);
  close(passAtK(10_000, 1, 100), 0.01, 1e-9);
});

test('avg@k weighs problems equally', () => {
  close(averageAtK([[1, 2], [8, 8], [0, 0]]), 0.75);
  assert.equal(averageAtK([]), null);
});

test('Wilson interval: 6 of 8 is about 41 to 93 %', () => {
  const interval = wilsonInterval(6, 8);
  close(interval?.low, 0.4093, 1e-3);
  close(interval?.high, 0.9285, 1e-3);
  assert.deepEqual(wilsonInterval(0, 4)?.low, 0);
  assert.equal(wilsonInterval(0, 0), null);
});
