import type { Extracted } from '../../protocol/verdict.ts';

/**
 * The answer of a response without a box, for evaluations that ask for it, never for rewards: the last `<answer>` tag,
 * else what follows the last "answer is" in its sentence, else the last number. Linear in the text between the offsets.
 */
export function fallbackAnswer(text: string, from: number, to: number): Extracted | null {
  return tagged(text, from, to) ?? announced(text, from, to) ?? lastNumber(text, from, to);
}

function tagged(text: string, from: number, to: number): Extracted | null {
  const close = text.lastIndexOf('</answer>', to);
  const open = close < from ? -1 : text.lastIndexOf('<answer>', close);
  if (open < from) return null;
  return trimmed(text, open + '<answer>'.length, close);
}

const MAX_SENTENCE = 300;

function announced(text: string, from: number, to: number): Extracted | null {
  const lower = text.slice(from, to).toLowerCase();
  const at = Math.max(lower.lastIndexOf('answer is'), lower.lastIndexOf('answer:'));
  if (at === -1) return null;
  const start = from + at + (lower.startsWith('answer is', at) ? 'answer is'.length : 'answer:'.length);
  let end = start;
  while (end < to && end - start < MAX_SENTENCE && text.charAt(end) !== '\n' && !(text.charAt(end) === '.' && !/\d/.test(text.charAt(end + 1)))) end++;
  return trimmed(text, start, end);
}

function lastNumber(text: string, from: number, to: number): Extracted | null {
  let end = to;
  while (end > from && !/\d/.test(text.charAt(end - 1))) end--;
  if (end === from) return null;
  let start = end;
  while (start > from && end - start < MAX_SENTENCE && /[\d.,/]/.test(text.charAt(start - 1))) start--;
  while (/[.,/]/.test(text.charAt(start))) start++;
  if (start > from && text.charAt(start - 1) === '-') start--;
  return trimmed(text, start, end);
}

function trimmed(text: string, start: number, end: number): Extracted | null {
  while (start < end && /[\s:]/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return start === end ? null : { text: text.slice(start, end), start, end };
}
