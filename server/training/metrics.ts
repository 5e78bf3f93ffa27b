import type { Metrics } from '../protocol/training.ts';

/** What the metrics of a step are computed from: one entry per rollout, groups in order. */
export interface JudgedRollout {
  readonly group: number;
  readonly reward: number | null;
  readonly tokens: number;
  readonly cut: boolean;
}

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
const largest = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)));
const smallest = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b)));

/** Shares of groups whose known rewards are all equal: they have advantage 0 and give no gradient. veRL has no metric for this. */
export function groupMetrics(rollouts: readonly Pick<JudgedRollout, 'group' | 'reward'>[]): Metrics {
  const groups = new Map<number, number[]>();
  for (const { group, reward } of rollouts) {
    const rewards = groups.get(group) ?? [];
    if (reward !== null) rewards.push(reward);
    groups.set(group, rewards);
  }
  const all = [...groups.values()];
  if (all.length === 0) return {};
  const share = (test: (rewards: number[]) => boolean): number => all.filter(test).length / all.length;
  return {
    'groups/no_signal': share((rewards) => new Set(rewards).size <= 1),
    'groups/all_correct': share((rewards) => rewards.length > 0 && rewards.every((reward) => reward === 1)),
    'groups/all_wrong': share((rewards) => rewards.length > 0 && rewards.every((reward) => reward === 0)),
  };
}

/** Reward, length and group metrics of a step under veRL's names. Shares are 0 to 1, lengths in tokens. */
export function rolloutMetrics(rollouts: readonly JudgedRollout[]): Metrics {
  const rewards = rollouts.flatMap(({ reward }) => (reward === null ? [] : [reward]));
  const tokens = rollouts.map((rollout) => rollout.tokens);
  return {
    'critic/score/mean': mean(rewards),
    'critic/score/max': largest(rewards),
    'critic/score/min': smallest(rewards),
    'response_length/mean': mean(tokens),
    'response_length/max': largest(tokens),
    'response_length/min': smallest(tokens),
    'response_length/clip_ratio': mean(rollouts.map(({ cut }) => (cut ? 1 : 0))),
    ...groupMetrics(rollouts),
    'verifier/error_rate': mean(rollouts.map(({ reward }) => (reward === null ? 1 : 0))),
  };
}
