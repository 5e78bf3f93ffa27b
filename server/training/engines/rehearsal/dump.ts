import type { Judge } from './corpus.ts';
import type { StepRollout } from './step.ts';

/** One line of rollouts/<step>.jsonl, in our own rollout schema (docs/formats.md). */
export async function rolloutLine({ entry, rollout, judged, sample, advantage }: StepRollout, step: number, judge: Judge): Promise<string> {
  const { problem } = entry;
  const response = await judge.responseOf(rollout);
  return JSON.stringify({
    id: `${problem.id}#${step}.${sample}`,
    problem_id: problem.id,
    sample,
    step,
    domain: problem.domain,
    prompt: problem.prompt,
    response: response.text,
    thinking_opened: response.thinkingOpened,
    gold: problem.answer,
    score: judged.reward,
    verdict: judged.verdict,
    reason: judged.reason,
    extracted: judged.extracted,
    advantage,
    tokens: judged.tokens,
    finish_reason: judged.cut ? 'length' : 'stop',
    model: 'rehearsal (no model): recorded rollout',
    recorded_in: rollout.path,
  });
}
