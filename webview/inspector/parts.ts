// How a response divides into thinking and answer, in words and in shares of its tokens. Pure.
import type { Segment } from '../../server/protocol/rollout.ts';
import type { ThinkShape } from '../../server/protocol/rollout.ts';
import type { ThinkingStart } from '../../server/protocol/thinking.ts';

/** What said that the chat template opened the thinking part, or that it did not. */
const OPENED_BY: Readonly<Record<ThinkingStart['by'], string>> = {
  choice: 'the stage or the settings say that the chat template opens <think>', record: 'the record says so', prompt: 'the prompt ends with <think>', response: 'its tags show it', nothing: 'nothing says so',
};
const OUTSIDE_BY: Readonly<Record<ThinkingStart['by'], string>> = {
  choice: 'the stage or the settings say that the chat template opens no <think>', record: 'the record says so', prompt: 'the prompt ends outside of it', response: 'its tags show it', nothing: 'nothing says otherwise',
};

/** Plain words for unusual tags; null where the response is as expected. */
export function shapeSentence(shape: ThinkShape, cut: boolean | null, thinking: ThinkingStart): string | null {
  const end = cut ? ', the response was cut at the length limit' : '';
  switch (shape) {
    case 'closed': return null;
    case 'onlyClose': return thinking.opened
      ? 'Starts inside the thinking part: the chat template opened <think>, the response only closes it (R1 style).'
      : `Closes a thought that it did not open (R1 style), although ${OUTSIDE_BY[thinking.by]}. What stands before </think> is thinking.`;
    case 'unclosed': return thinking.opened
      ? `Starts inside the thinking part (${OPENED_BY[thinking.by]}) and never ends it: there is no </think>${end}. Nothing in it counts as an answer.`
      : `The thinking part never ends: there is no </think>${end}. Nothing after it can count as an answer.`;
    case 'repeated': return 'Holds more than one think tag of a kind. What follows the last </think> counts as the answer.';
    case 'none': return thinking.by === 'nothing'
      ? 'Has no think tags, and nothing says whether the chat template opened <think>: all of it is read as the answer.'
      : `Has no think tags and starts outside of the thinking part (${OUTSIDE_BY[thinking.by]}): all of it is the answer.`;
  }
}

export interface StripPart { readonly kind: Segment['kind']; readonly start: number; readonly end: number; readonly tokens: number; readonly from: number; readonly to: number }

/** The segments with their place on the token strip, 0..1; a segment's width is its share of the tokens. */
export function stripParts(segments: readonly Segment[]): StripPart[] {
  const total = segments.reduce((sum, segment) => sum + segment.tokens, 0);
  let before = 0;
  return segments.map((segment) => {
    const from = total > 0 ? before / total : 0;
    before += segment.tokens;
    return { ...segment, from, to: total > 0 ? before / total : 0 };
  });
}

/** Where an offset of the response lies on the strip, 0..1. */
export function placeOf(parts: readonly StripPart[], offset: number): number {
  const part = parts.find((candidate) => offset >= candidate.start && offset < candidate.end) ?? parts.at(-1);
  if (!part) return 0;
  const inside = part.end > part.start ? Math.min(1, Math.max(0, (offset - part.start) / (part.end - part.start))) : 0;
  return part.from + inside * (part.to - part.from);
}

/** The offset that a place on the strip stands for. */
export function offsetAt(parts: readonly StripPart[], place: number): number {
  const part = parts.find((candidate) => place < candidate.to) ?? parts.at(-1);
  if (!part) return 0;
  const inside = part.to > part.from ? (place - part.from) / (part.to - part.from) : 0;
  return Math.round(part.start + inside * (part.end - part.start));
}
