/**
 * A custom verifier: the built-in math verifier's word on correctness, and no reward beyond a length.
 *
 * It runs in an isolate: no files, no network, no timers, bounded time and memory. `reason` appears next to the verdict.
 * Edit the limit and run "RLVR: Verify Selection With…" again to see groups change.
 */
const TOKEN_LIMIT = 8000;

/** Roughly four characters make a token. */
const tokensOf = (text) => Math.round(text.length / 4);

export default function reward({ problem, response, answer }) {
  if (answer === null) return { reward: 0, reason: 'no boxed answer after the thinking part' };
  if (problem.gold === null) return { reward: 0, reason: 'this problem has no gold answer' };
  const { verdict, reason } = rlvr.math.verify(problem.gold, answer);
  if (verdict !== 'correct') return { reward: 0, reason };
  const tokens = tokensOf(response);
  if (tokens > TOKEN_LIMIT) return { reward: 0, reason: `right, but about ${tokens} tokens long (limit ${TOKEN_LIMIT})` };
  return { reward: 1, reason: `right, in about ${tokens} tokens` };
}
