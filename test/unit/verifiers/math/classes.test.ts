import { test } from 'node:test';
import assert from 'node:assert/strict';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { CLASS_CASES } from './classes.ts';

const judge = (gold: string, answer: string) => judgePair({ gold, answer, joined: [], statement: null });

const classes = new Map<number, typeof CLASS_CASES[number][]>();
for (const each of CLASS_CASES) classes.set(each[0], [...(classes.get(each[0]) ?? []), each]);

test('all 99 classes have cases', () => {
  assert.deepEqual([...classes.keys()].sort((a, b) => a - b), Array.from({ length: 99 }, (_, i) => i + 1));
});

for (const [number, cases] of classes) {
  test(`class ${number}`, () => {
    for (const [, gold, answer, equal] of cases) {
      const judgement = judge(gold, answer);
      assert.equal(judgement.verdict === 'correct', equal, `${gold}  vs  ${answer}: ${judgement.verdict}, ${judgement.rule}: ${judgement.reason}`);
    }
  });
}
