import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { AuditedPair } from '../../../../server/protocol/audit.ts';
import { askAll, AuditTally, PairCounter } from '../../../../server/verifiers/secondOpinion/audit.ts';
import type { SecondOpinion } from '../../../../server/verifiers/secondOpinion/peerPool.ts';
import { pair, verdict } from './pairs.ts';

test('occurrences become distinct pairs, the most frequent first, with the first rollouts of the file', () => {
  const counter = new PairCounter();
  for (const ref of [9, 4, 7, 1, 2, 3, 5, 6, 8, 0]) counter.add('1', '2', verdict('incorrect'), { ref });
  counter.add('a', 'a', verdict('correct'), { times: 12 });
  counter.add('1', '2', verdict('correct', 'other'), { ref: 10 });
  assert.deepEqual(counter.pairs().map(({ gold, count, refs, verdict: { rule } }) => [gold, count, refs, rule]), [
    ['a', 12, [], 'rule'], ['1', 10, [0, 1, 2, 3, 4, 5, 6, 7], 'rule'], ['1', 1, [10], 'other'],
  ]);
});

test('pairs beyond the limit are counted, not kept', () => {
  const counter = new PairCounter(2);
  for (const answer of ['1', '2', '3', '1', '3']) counter.add('g', answer, verdict('correct'));
  assert.deepEqual([counter.pairs().map(({ answer, count }) => [answer, count]), counter.beyondLimit], [[['1', 2], ['2', 1]], 2]);
});

test('a tally counts by what would be paid', () => {
  const tally = new AuditTally();
  const pairs: AuditedPair[] = [
    pair({ gold: 'a', count: 2, verdict: verdict('correct'), opinion: 'different' }),
    pair({ gold: 'b', count: 5, verdict: verdict('incorrect'), opinion: 'equal' }),
    pair({ gold: 'c', count: 9, verdict: verdict('correct'), opinion: 'equal' }),
    pair({ gold: 'd', count: 1, verdict: verdict('unverifiable'), opinion: 'failed' }),
    pair({ gold: 'e', count: 3, verdict: verdict('correct'), opinion: 'failed' }),
  ];
  for (const each of pairs) tally.add(each);
  assert.deepEqual(tally.summary(pairs), { pairs: 5, occurrences: 20, asked: 5, agreed: 2, onlyOurs: 2, onlyTheirs: 1, paidDifferently: 10, failed: 2 });
});

test('asking keeps what was decided before it was cancelled, and passes other failures on', async () => {
  const judged = ['1', '2', '3'].map((answer) => pair({ answer }));
  const cancelled = new AbortController();
  const peer: SecondOpinion = {
    check: (_gold, answer) => {
      if (answer !== '2') return Promise.resolve('equal');
      cancelled.abort();
      return Promise.reject(new DOMException('cancelled', 'AbortError'));
    },
    dispose: () => Promise.resolve(),
  };
  const heard: string[] = [];
  await askAll(judged, peer, 1, ({ answer }) => heard.push(answer), cancelled.signal);
  assert.deepEqual(heard, ['1']);
  const broken: SecondOpinion = { check: () => Promise.reject(new Error('broken')), dispose: () => Promise.resolve() };
  await assert.rejects(askAll(judged, broken, 2, () => undefined), /broken/);
});
