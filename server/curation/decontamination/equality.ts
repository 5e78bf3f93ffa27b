import { hashString } from './hashing.ts';
import type { Tokens } from './tokens.ts';
import { COMMAND_SYNONYMS } from './latexWords.ts';
import { rangesToSkip, without } from './wrappers.ts';

/**
 * The key under which two statements are the same text (decontamination rule 2.4): formatting is gone, but operators, signs
 * and digits are kept, unlike in the tokens. Also the key of deduplication.
 */
export function equalityKey(original: string): string {
  const text = original.normalize('NFKC');
  return without(text, rangesToSkip(text))
    .replace(/\\([A-Za-z]{1,30})/g, (command, name: string) => {
      if (name === 'left' || name === 'right' || name === 'displaystyle' || name === 'quad' || name === 'qquad') return ' ';
      const synonym = COMMAND_SYNONYMS.get(name);
      return synonym === undefined ? command : `\\${synonym}`;
    })
    .replace(/\\[()[\],;:! ]|\$/g, '')
    .replace(/\\%/g, '%')
    .replace(/\s+/g, '')
    .replace(/^[.:;,]+|[.?!:;,。？！：]+$/g, '')
    .toLowerCase();
}

/** 40-bit hash of the equality key. */
export function equalityHash(text: string): number {
  return hashString(equalityKey(text));
}

/** A stretch of a text that may be a whole problem: tokens `from`..`to - 1`, and its UTF-16 range with everything around them. */
export interface SentenceSpan {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

const MOST_SENTENCES = 3;

/** Runs of one to three whole sentences with fewer than `n` tokens, and the whole text if it has fewer than `n`. */
export function shortSentences(text: string, tokens: Tokens, n: number): SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  const count = tokens.words.length;
  if (count > 0 && count < n) spans.push({ from: 0, to: count, start: 0, end: text.length });
  // Boundaries: token index at which a sentence begins, with the offset where its text begins.
  const begins: { token: number; start: number }[] = [{ token: 0, start: 0 }];
  for (let i = 0; i + 1 < count; i++) {
    const boundary = sentenceBoundary(text, tokens.ends[i] ?? 0, tokens.starts[i + 1] ?? 0);
    if (boundary >= 0) begins.push({ token: i + 1, start: boundary });
  }
  begins.push({ token: count, start: text.length });
  for (let first = 0; first + 1 < begins.length; first++) {
    const begin = begins[first];
    for (let last = first + 1; last < begins.length && last <= first + MOST_SENTENCES; last++) {
      const end = begins[last];
      if (begin === undefined || end === undefined || end.token - begin.token >= n) break;
      if (end.token > begin.token) spans.push({ from: begin.token, to: end.token, start: begin.start, end: end.start });
    }
  }
  return spans;
}

/** Offset just after the sentence end between two tokens, or -1 when they are in one sentence. */
function sentenceBoundary(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const c = text[i];
    if (c === '\n' || c === '。' || c === '？' || c === '！' || c === '：') return i + 1;
    if (c === '.' || c === '?' || c === '!' || c === ':') {
      const next = text[i + 1];
      if (next === undefined || /[\s$\\)"'”]/.test(next)) return i + 1;
    }
  }
  return -1;
}
