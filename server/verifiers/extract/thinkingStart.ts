import type { Message } from '../../protocol/problem.ts';
import type { ThinkingChoice, ThinkingStart } from '../../protocol/thinking.ts';

/** Everything that the decision may look at. */
export interface ThinkingEvidence {
  /** What the user, the setting or the stage says; it goes before all else. */
  readonly choice: ThinkingChoice;
  /** The record's own field `thinking_opened`; null where it has none. */
  readonly stated: boolean | null;
  readonly prompt: readonly Message[];
  /** The response as it was recorded, before any cut of ours. */
  readonly response: string;
}

/**
 * Does a response start inside the thinking part? The one place where this is decided: a response that does, and has no
 * `</think>`, was cut inside its thoughts and is never paid. Other records of the same file say nothing about this one.
 */
export function thinkingStart({ choice, stated, prompt, response }: ThinkingEvidence): ThinkingStart {
  if (choice !== 'auto') return { opened: choice === 'yes', by: 'choice' };
  if (stated !== null) return { opened: stated, by: 'record' };
  const ending = promptEnding(prompt);
  if (ending !== null) return { opened: ending === 'open', by: 'prompt' };
  const tag = firstThinkTag(response);
  return tag === null ? { opened: false, by: 'nothing' } : { opened: tag === 'close', by: 'response' };
}

/** The first think tag of a response. A `close` without an `open` before it ends a thought that the template opened (R1 style). */
export function firstThinkTag(response: string): 'open' | 'close' | null {
  const open = response.indexOf('<think>');
  const close = response.indexOf('</think>');
  if (open === -1 && close === -1) return null;
  return close === -1 || (open !== -1 && open < close) ? 'open' : 'close';
}

/** What a chat template leaves at the end of a prompt where it opens no thought. */
const ASSISTANT = /(?:<\|im_start\|>assistant|<\|start_header_id\|>assistant<\|end_header_id\|>|<｜Assistant｜>|\nassistant)\s*$/;
const ENDING = 80;

/** How the prompt's last words leave the thinking part; null where the template is not in the prompt. */
function promptEnding(prompt: readonly Message[]): 'open' | 'closed' | null {
  const end = prompt.at(-1)?.content.slice(-ENDING) ?? '';
  if (/<think>\s*$/.test(end)) return 'open';
  return /<\/think>\s*$/.test(end) || ASSISTANT.test(end) ? 'closed' : null;
}
