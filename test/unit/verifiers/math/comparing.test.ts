import { test } from 'node:test';
import assert from 'node:assert/strict';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { PRINCIPLES } from './principles.ts';

for (const [principle, pairs] of Object.entries(PRINCIPLES)) {
  test(principle, () => {
    for (const [gold, answer, equal] of pairs) {
      const judgement = judgePair({ gold, answer, joined: [], statement: null });
      assert.equal(judgement.verdict === 'correct', equal, `${gold}  vs  ${answer}: ${judgement.verdict}, ${judgement.rule}: ${judgement.reason}`);
    }
  });
}
