import type { RolloutGroup, RolloutQuery, RolloutTotals } from '../protocol/rollout.ts';
import type { RolloutFilter } from './query.ts';
import type { GroupEntry, RolloutIndex } from './rolloutIndex.ts';
import { advantages, hasSignal, standardDeviation } from './statistics.ts';

/** Rows of one group that are sent at most; a page cannot show more of them at once. */
const MAX_ROWS = 1000;

/** A group with those of its rollouts that fit the filter. */
export interface ChosenGroup {
  readonly entry: GroupEntry;
  readonly refs: readonly number[];
}

/** Groups that have a rollout which fits, in the query's order. `textMatch` decides words, which need the file's text. */
export function chooseGroups(index: RolloutIndex, filter: RolloutFilter, textMatch: ((ref: number) => boolean) | null, query: RolloutQuery): ChosenGroup[] {
  const chosen: ChosenGroup[] = [];
  for (const entry of index.groups) {
    const refs = filter.tests.length === 0 && textMatch === null ? entry.refs : entry.refs.filter((ref) => fits(index, entry, ref, filter) && (textMatch === null || textMatch(ref)));
    if (refs.length > 0) chosen.push({ entry, refs });
  }
  return sortGroups(index, chosen, query.sort ?? 'file', query.descending === true);
}

export function fits(index: RolloutIndex, group: GroupEntry, ref: number, filter: RolloutFilter): boolean {
  if (filter.tests.length === 0) return true;
  const facts = {
    reward: index.rewardOf(ref), cut: index.cutOf(ref), tokens: index.tokensOf(ref), state: index.stateOf(ref).state, step: index.stepOf(ref),
    domain: group.domain, think: index.shapeOf(ref), problemId: group.problemId, model: group.model,
  };
  return filter.tests.every((test) => test(facts));
}

function sortGroups(index: RolloutIndex, groups: ChosenGroup[], by: NonNullable<RolloutQuery['sort']>, descending: boolean): ChosenGroup[] {
  if (by === 'file') return descending ? groups.reverse() : groups;
  if (by === 'title') {
    const collator = new Intl.Collator('en', { numeric: true });
    return groups.sort((a, b) => (descending ? -1 : 1) * collator.compare(a.entry.title, b.entry.title));
  }
  const keys = new Map(groups.map((group) => [group, sortKey(index, group.entry, by)]));
  return groups.sort((a, b) => {
    const x = keys.get(a) ?? null, y = keys.get(b) ?? null;
    // Groups without a known value stand last in both directions.
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return descending ? y - x : x - y;
  });
}

function sortKey(index: RolloutIndex, group: GroupEntry, by: 'passRate' | 'spread' | 'tokens'): number | null {
  if (by === 'tokens') return meanTokens(index, group.refs);
  const rewards = knownRewards(index, group.refs);
  if (rewards.length === 0) return null;
  if (by === 'spread') return standardDeviation(rewards);
  return group.refs.filter((ref) => index.stateOf(ref).state === 'correct').length / rewards.length;
}

/** The group as it is sent: numbers over the whole group, rows of those rollouts that fit. */
export function describeGroup(index: RolloutIndex, { entry, refs }: ChosenGroup): RolloutGroup {
  const advantageOf = groupAdvantages(index, entry);
  const rewards = knownRewards(index, entry.refs);
  return {
    key: entry.key,
    problemId: entry.problemId,
    title: index.titleOf(entry),
    domain: entry.domain,
    gold: entry.gold,
    step: entry.step,
    count: entry.refs.length,
    judged: rewards.length,
    correct: entry.refs.filter((ref) => index.stateOf(ref).state === 'correct').length,
    meanTokens: meanTokens(index, entry.refs),
    signal: rewards.length === 0 || hasSignal(rewards),
    rows: refs.slice(0, MAX_ROWS).map((ref) => index.rowOf(ref, advantageOf.get(ref) ?? null)),
  };
}

/** Advantage of every rollout of a group whose reward is known. */
export function groupAdvantages(index: RolloutIndex, group: GroupEntry): ReadonlyMap<number, number> {
  const known = group.refs.flatMap((ref) => { const reward = index.rewardOf(ref); return reward === null ? [] : [{ ref, reward }]; });
  const values = advantages(known.map(({ reward }) => reward));
  return new Map(known.map(({ ref }, i) => [ref, values[i] ?? 0]));
}

function knownRewards(index: RolloutIndex, refs: readonly number[]): number[] {
  return refs.flatMap((ref) => index.rewardOf(ref) ?? []);
}

function meanTokens(index: RolloutIndex, refs: readonly number[]): number {
  return refs.length === 0 ? 0 : refs.reduce((sum, ref) => sum + index.tokensOf(ref), 0) / refs.length;
}

/** Sums over the rollouts that fit; `noSignal` counts their groups that are judged and teach nothing. */
export function totalsOf(index: RolloutIndex, groups: readonly ChosenGroup[]): RolloutTotals {
  let rollouts = 0, judged = 0, correct = 0, cut = 0, tokens = 0, noSignal = 0;
  for (const { entry, refs } of groups) {
    rollouts += refs.length;
    for (const ref of refs) {
      if (index.rewardOf(ref) !== null) judged += 1;
      if (index.stateOf(ref).state === 'correct') correct += 1;
      if (index.cutOf(ref) === true) cut += 1;
      tokens += index.tokensOf(ref);
    }
    const rewards = knownRewards(index, entry.refs);
    if (rewards.length > 0 && !hasSignal(rewards)) noSignal += 1;
  }
  return { rollouts, groups: groups.length, judged, correct, cut, noSignal, meanTokens: rollouts === 0 ? 0 : tokens / rollouts };
}
