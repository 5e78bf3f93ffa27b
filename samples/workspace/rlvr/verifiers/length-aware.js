/**
 * A custom verifier: the built-in rule for correctness, told apart by length.
 *
 * The answer must be in a box after the thinking part and match the gold answer as text (spaces aside); a response that
 * needs more than about 8,000 tokens to get there earns nothing. Edit the limit and verify again to see groups change.
 *
 * It runs in an isolate: no files, no network, no timers, bounded time and memory. `reason` appears next to the verdict.
 */
const TOKEN_LIMIT = 8000;

/** Roughly four characters make a token. */
const tokensOf = (text) => Math.round(text.length / 4);

const plain = (text) => text.replace(/\\[dt]frac/g, '\\frac').replace(/\\(?:left|right|,|;|!)/g, '').replace(/\s+/g, '');

export default function reward({ response, answer, gold }) {
  if (!response.includes('</think>')) return { reward: 0, reason: 'the thinking part never ends' };
  if (answer === null || answer === undefined) return { reward: 0, reason: 'no boxed answer after the thinking part' };
  if (gold === null || gold === undefined) return { reward: 0, reason: 'this problem has no gold answer' };
  const tokens = tokensOf(response);
  if (plain(answer) !== plain(gold)) return { reward: 0, reason: `"${answer}" is not the text "${gold}"` };
  if (tokens > TOKEN_LIMIT) return { reward: 0, reason: `right, but about ${tokens} tokens long (limit ${TOKEN_LIMIT})` };
  return { reward: 1, reason: `right, in about ${tokens} tokens` };
}
