import { signOf } from './compare/signs.ts';
import { isText } from './compare/texts.ts';
import { limits } from './limits.ts';
import { normalise } from './normalise/normalise.ts';
import { readAnswer } from './parse/answer.ts';
import { ParseError } from './parse/parseError.ts';

/** Most gold answers of a set are plain numbers, fractions and pairs of them: nothing to try out. */
const NUMBER = String.raw`-?\d{1,15}(?:\.\d{1,15})?`;
const PLAIN = new RegExp(String.raw`^(?:${NUMBER}|-?\\[dt]?frac\{-?\d{1,15}\}\{\d{1,15}\}|-?\d{1,15}\/\d{1,15}|\(${NUMBER}(?:,\s?${NUMBER}){1,5}\))$`);

/**
 * Why the math verifier cannot read a gold answer, in words that follow "cannot be read:"; null when it can. An answer is then
 * only paid when it is written exactly as the gold is. Bounded: it reads, and compares nothing.
 */
export function goldProblem(gold: string): string | null {
  const text = gold.trim();
  if (PLAIN.test(text)) return null;
  if (text.length > limits.inputLength) return `it is longer than ${limits.inputLength} characters`;
  try {
    const answer = readAnswer(normalise(text));
    if (signOf(answer) !== null) return null;
    if (answer.text === '' || !/[\p{L}\p{N}]/u.test(answer.text)) return 'it has no letter and no digit';
    return answer.node === null && !isText(answer) ? answer.error?.message ?? 'it is no expression and no word' : null;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}
