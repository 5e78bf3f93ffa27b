import type { Judgement, Pair } from './judgement.ts';

export function judgePair(pair: Pair): Judgement {
  const equal = pair.gold.trim() === pair.answer.trim();
  return {
    verdict: equal ? 'correct' : 'incorrect', rule: 'text.same', reason: equal ? 'Same text.' : 'Different text.', warnings: [],
    detail: { gold: pair.gold, goldCanonical: pair.gold, answerCanonical: pair.answer, goldKind: 'text', answerKind: 'text' },
  };
}
