import { createHash } from 'node:crypto';
import type { Rollout } from '../protocol/rollout.ts';
import type { ThinkingChoice } from '../protocol/thinking.ts';
import { thinkingStart } from '../verifiers/extract/thinkingStart.ts';
import { tokensOf } from './anatomy.ts';
import type { RolloutDraft } from './readers/reader.ts';

/** A draft with its place in the file and its group; `choice` is what is told of the file's thinking parts. */
export function finishRollout(draft: RolloutDraft, index: number, line: number | null, position: number, choice: ThinkingChoice): Rollout {
  return {
    index,
    line,
    sample: draft.sample ?? null,
    id: draft.id ?? `${String(index)}.${String(draft.sample ?? position)}`,
    problemId: draft.problemId ?? null,
    groupKey: groupKeyOf(draft),
    domain: draft.domain ?? null,
    prompt: [...draft.prompt],
    response: draft.response,
    thinking: thinkingStart({ choice, stated: draft.thinkingOpened ?? null, prompt: draft.prompt, response: draft.response }),
    gold: draft.gold ?? null,
    storedScore: draft.score ?? null,
    step: draft.step ?? null,
    model: draft.model ?? null,
    tokens: tokensOf(draft.response, draft.tokens),
    cut: draft.cut ?? null,
    extra: { ...draft.extra },
  };
}

/**
 * A group is one problem at one step by one policy. The problem is told by what the reader says, else by its id, else by the
 * prompt and the gold answer (veRL's dumps have nothing else).
 */
function groupKeyOf(draft: RolloutDraft): string {
  const problem = draft.group ?? draft.problemId ?? JSON.stringify([draft.prompt.map((turn) => turn.content), draft.gold ?? null]);
  const policy = draft.group === undefined ? draft.model ?? null : null;
  return createHash('sha1').update(JSON.stringify([problem, draft.step ?? null, policy])).digest('hex').slice(0, 20);
}
