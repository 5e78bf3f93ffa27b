import type { Problem } from '../protocol/problem.ts';
import { stripWrappers } from './wrappers.ts';

/** A prompt with less than this beyond the statement, in characters, has only instructions in it. */
const LEAST_CONTEXT = 100;

/**
 * What a model is shown besides the statement, the statement included: few-shot examples, a system message, earlier turns.
 * Null where there is nothing but the statement and its instructions.
 */
export function contextOf(problem: Problem): string | null {
  let length = 0;
  for (const message of problem.prompt) length += message.content.length;
  if (length < problem.statement.length + LEAST_CONTEXT) return null;
  const text = problem.prompt.map((message) => stripWrappers(message.content)).join('\n\n');
  return text.length < problem.statement.length + LEAST_CONTEXT ? null : text;
}
