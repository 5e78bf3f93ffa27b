import { readDecimal, sameDecimal } from './decimal.ts';
import { splitWords, strip } from './pythonText.ts';

/** Why an output is wrong; `line` is 0-based in the stripped outputs. */
export type OutputDifference =
  | { readonly kind: 'line-count'; readonly expected: number; readonly actual: number }
  | { readonly kind: 'line'; readonly line: number };

/**
 * Compares a program's output with the expected one as LiveCodeBench's checker does: both are stripped and split at
 * `\n`, every line is stripped; a line passes when the texts are equal, or when both consist of numbers only and these
 * are equal as exact decimals, one by one.
 * @returns null when the output passes
 */
export function compareOutput(actual: string, expected: string): OutputDifference | null {
  const a = strip(actual);
  const e = strip(expected);
  if (a === e) return null;
  const actualLines = a.split('\n');
  const expectedLines = e.split('\n');
  if (actualLines.length !== expectedLines.length) {
    return { kind: 'line-count', expected: expectedLines.length, actual: actualLines.length };
  }
  for (const [line, text] of actualLines.entries()) {
    if (!sameLine(strip(text), strip(expectedLines[line] ?? ''))) return { kind: 'line', line };
  }
  return null;
}

function sameLine(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  const actualWords = splitWords(actual);
  const expectedWords = splitWords(expected);
  if (actualWords.length !== expectedWords.length) return false;
  return actualWords.every((word, i) => {
    const a = readDecimal(word);
    const b = a === null ? null : readDecimal(expectedWords[i] ?? '');
    return a !== null && b !== null && sameDecimal(a, b);
  });
}
