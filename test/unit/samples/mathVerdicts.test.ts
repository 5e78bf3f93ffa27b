import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mathSeeds } from '../../../scripts/samples/math/all.ts';
import { mathRollouts } from '../../../scripts/samples/mathRollouts.ts';
import { verlDump } from '../../../scripts/samples/verlDump.ts';
import { judgePair } from '../../../server/verifiers/math/judge.ts';
import { extractAnswer } from '../../../server/verifiers/math/verifier.ts';

/** Reward by the verifier's own extraction and judge, without the isolate around them. */
function rewardOf(response: string, gold: string, statement: string | null): 0 | 1 {
  const found = extractAnswer(response);
  if ('rule' in found) return 0;
  const joined = found.joined.length > 1 ? found.joined.map((box) => box.text) : [];
  return judgePair({ gold, answer: found.box.text, joined, statement }).verdict === 'correct' ? 1 : 0;
}

test('the math verifier pays exactly the sample rollouts that deserve it', () => {
  for (const seed of mathSeeds) {
    for (const { record, deserves } of mathRollouts(seed)) {
      assert.equal(rewardOf(record.response, seed.answer, seed.problem), deserves, record.id);
    }
  }
  for (const { row, deserves } of verlDump()) assert.equal(rewardOf(row.output, row.gts, null), deserves, row.gts);
});

test('every other form of a sample answer is paid, no wrong answer is', () => {
  for (const { id, problem: statement, answer: gold, forms = [], wrong } of mathSeeds) {
    for (const form of forms) assert.equal(judgePair({ gold, answer: form, joined: [], statement }).verdict, 'correct', `${id}: ${form}`);
    for (const path of wrong) assert.notEqual(judgePair({ gold, answer: path.answer, joined: [], statement }).verdict, 'correct', `${id}: ${path.answer}`);
  }
});
