import type { ThinkShape } from '../../protocol/rollout.ts';

const OPEN = '<think>';
const CLOSE = '</think>';

/** A stretch of a response; offsets are UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ThinkSegment extends Span {
  readonly kind: 'thinking' | 'answer' | 'tag';
}

export interface ThinkingSplit {
  readonly shape: ThinkShape;
  /** Whole response in order, without gaps or empty stretches. */
  readonly segments: readonly ThinkSegment[];
  /** Everything after the last `</think>`; null while the thinking part is still open (no answer was given). */
  readonly answer: Span | null;
}

/**
 * Splits a response into thinking and answer at its `<think>` tags, in one pass.
 *
 * The answer is what follows the last `</think>`. `onlyClose` is the shape of models whose chat template opens the
 * thinking part; a `<think>` that never closes leaves no answer, whatever boxes stand in it: a truncated thought is
 * never paid.
 *
 * @param opened the chat template wrote the opening tag: a response without any tag is then an unclosed thought
 */
export function splitThinking(response: string, opened = false): ThinkingSplit {
  const segments: ThinkSegment[] = [];
  let position = 0;
  let opens = 0;
  let closes = 0;
  let thinking = false;
  let answerStart = 0;
  const push = (kind: ThinkSegment['kind'], start: number, end: number): void => {
    if (end > start) segments.push({ kind, start, end });
  };
  let open = response.indexOf(OPEN);
  let close = response.indexOf(CLOSE);
  if (opened && open === -1 && close === -1) thinking = true;
  while (open !== -1 || close !== -1) {
    const isOpen = open !== -1 && (close === -1 || open < close);
    const at = isOpen ? open : close;
    const end = at + (isOpen ? OPEN.length : CLOSE.length);
    // What stands before a `</think>` was thinking, even where the template wrote the opening tag.
    push(thinking || !isOpen ? 'thinking' : 'answer', position, at);
    push('tag', at, end);
    thinking = isOpen;
    position = end;
    if (isOpen) {
      opens++;
      open = response.indexOf(OPEN, end);
    } else {
      closes++;
      answerStart = end;
      close = response.indexOf(CLOSE, end);
    }
  }
  push(thinking ? 'thinking' : 'answer', position, response.length);
  return {
    shape: shapeOf(opens, closes, thinking),
    segments,
    answer: thinking ? null : { start: answerStart, end: response.length },
  };
}

function shapeOf(opens: number, closes: number, openAtEnd: boolean): ThinkShape {
  if (openAtEnd) return 'unclosed';
  if (closes === 0) return 'none';
  if (closes > 1 || opens > 1) return 'repeated';
  return opens === 0 ? 'onlyClose' : 'closed';
}
