import { test } from 'node:test';
import assert from 'node:assert/strict';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { READING_CASES } from './reading.ts';

const judge = (gold: string, answer: string) => judgePair({ gold, answer, joined: [], statement: null });

for (const [rule, cases] of Object.entries(READING_CASES)) {
  test(rule, () => {
    for (const [gold, answer, equal] of cases) {
      const judgement = judge(gold, answer);
      assert.equal(judgement.verdict === 'correct', equal, `${gold}  vs  ${answer}: ${judgement.verdict}, ${judgement.rule}: ${judgement.reason}`);
      assert.equal(judge(gold, gold).verdict, 'correct', `${gold} against itself`);
    }
  });
}
