import type { TokenCount } from '../../../protocol/rollout.ts';

/** A recorded response as it comes out of the stage's length limit. */
export interface CutResponse {
  readonly text: string;
  readonly tokens: number;
  readonly cut: boolean;
}

/**
 * Cuts a response at `limit` tokens. Without the model's tokenizer the place is found in proportion: a response of n tokens
 * keeps limit / n of its characters. A response that was cut when it was recorded stays cut, even if the limit is larger:
 * nobody knows how it would have gone on.
 */
export function cutResponse(response: string, tokens: TokenCount, recordedCut: boolean | null, limit: number): CutResponse {
  if (tokens.value <= limit) return { text: response, tokens: tokens.value, cut: recordedCut === true };
  let end = Math.floor(response.length * limit / tokens.value);
  const code = response.charCodeAt(end - 1);
  if (code >= 0xd800 && code <= 0xdbff) end -= 1; // never half a character
  return { text: response.slice(0, end), tokens: limit, cut: true };
}
