import { judgePair } from '../math/judge.ts';

/**
 * What a custom verifier finds in its isolate besides the language: `rlvr.math.verify(gold, answer)`, the built-in math
 * verifier, with both arguments as text.
 */
function verify(gold: unknown, answer: unknown): { verdict: string; reward: number; rule: string; reason: string } {
  if (typeof gold !== 'string' || typeof answer !== 'string') throw new TypeError('rlvr.math.verify(gold, answer) takes two strings');
  const { verdict, rule, reason } = judgePair({ gold, answer, joined: [], statement: null });
  return { verdict, reward: verdict === 'correct' ? 1 : 0, rule, reason };
}

Object.defineProperty(globalThis, 'rlvr', { value: Object.freeze({ math: Object.freeze({ verify }) }), enumerable: true });
