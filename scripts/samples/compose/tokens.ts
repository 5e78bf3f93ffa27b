/**
 * A stand-in for a tokenizer: words, single digits and runs of punctuation, long words counted twice, as the byte-pair
 * vocabularies of current reasoning models roughly do. The `tokens` of the samples are counted this way.
 */
const piece = /[A-Za-z]+|\d|[^\sA-Za-z\d]{1,2}|\n+/g;

/** Tokens of a text. */
export function countTokens(text: string): number {
  let count = 0;
  for (const match of text.matchAll(piece)) count += match[0].length > 9 ? 2 : 1;
  return count;
}

/** The longest beginning of a text that holds at most `limit` tokens. */
export function cutAtTokens(text: string, limit: number): string {
  let count = 0;
  for (const match of text.matchAll(piece)) {
    count += match[0].length > 9 ? 2 : 1;
    if (count > limit) return text.slice(0, match.index).trimEnd();
  }
  return text;
}
