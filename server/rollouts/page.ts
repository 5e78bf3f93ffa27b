import type { Rollout, RolloutPage, RolloutRow } from '../protocol/rollout.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { bounded, segmentsOf } from './anatomy.ts';

/** Characters of response and of prompt sent with a page; more comes by `rollouts/text`. */
const RESPONSE_LENGTH = 200_000;
const PROMPT_LENGTH = 100_000;

/** One rollout as the inspector shows it; offsets count in the whole response. */
export function pageOf(rollout: Rollout, row: RolloutRow, verdict: Verdict | null): RolloutPage {
  return {
    row,
    groupKey: rollout.groupKey,
    problemId: rollout.problemId,
    domain: rollout.domain,
    gold: rollout.gold === null ? null : bounded(rollout.gold, PROMPT_LENGTH),
    prompt: rollout.prompt.slice(0, 200).map(({ role, content }) => ({ role, content: bounded(content, PROMPT_LENGTH) })),
    response: rollout.response.slice(0, RESPONSE_LENGTH),
    responseLength: rollout.response.length,
    segments: segmentsOf(rollout.response, rollout.tokens, rollout.thinking.opened),
    thinking: rollout.thinking,
    verdict,
    model: rollout.model,
    extra: rollout.extra,
  };
}
