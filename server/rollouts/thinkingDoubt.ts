import type { Rollout } from '../protocol/rollout.ts';
import type { Verdict, VerdictWarning } from '../protocol/verdict.ts';

/** Code of the warning. */
export const THINKING_UNKNOWN = 'thinking.unknown';

/**
 * The verdict with a warning where a reward of 1 rests on a guess: nothing says whether the chat template opened the thinking
 * part, the response has no think tag, and it was cut or others beside it are of R1's style. Training with a template
 * that opens the thinking part would pay 0.
 * @param othersClose some rollout of the same file closes a thought that it did not open
 */
export function withThinkingDoubt(verdict: Verdict, { thinking, cut }: Pick<Rollout, 'thinking' | 'cut'>, othersClose: boolean): Verdict {
  if (verdict.reward !== 1 || thinking.by !== 'nothing' || (cut !== true && !othersClose)) return verdict;
  const sign = cut === true ? 'was cut at the length limit' : 'stands beside others that only close one (R1 style)';
  const warning: VerdictWarning = {
    code: THINKING_UNKNOWN,
    message: `The response has no think tag and ${sign}; nothing says whether the chat template opened <think>, so all of it was read as the answer. Training with a template that opens <think> pays 0 for it.`,
  };
  return { ...verdict, warnings: [...verdict.warnings, warning] };
}
