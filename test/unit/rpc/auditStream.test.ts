import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditedPair } from '../../../server/protocol/audit.ts';
import type { AuditMath, ProgressOf } from '../../../server/protocol/methods.ts';
import { AuditStream } from '../../../server/rpc/handlers/auditStream.ts';
import { eventually } from '../../support/eventually.ts';

const pair = (answer: string, opinion: AuditedPair['opinion']): AuditedPair => ({
  gold: '1', answer, count: 1, refs: [0], opinion,
  verdict: { verdict: 'correct', reward: 1, verifier: 'math', extracted: null, reason: '', rule: '', warnings: [], durationMs: 0 },
});

test('what was found soon after another message is told although nothing more happens', async () => {
  const sent: ProgressOf<typeof AuditMath>[] = [];
  const stream = new AuditStream((event) => sent.push(event));
  stream.read(1, 1);
  stream.asked(1, 3, pair('a', 'different'));
  stream.asked(2, 3, pair('b', 'equal'));
  await eventually(() => sent.length >= 2, 'the disagreement is told');
  assert.deepEqual(sent, [{ type: 'read', done: 1, total: 1 }, { type: 'asked', done: 2, total: 3, found: [pair('a', 'different')] }]);
});

test('many pairs make few messages, in which no disagreement is missing or told twice', () => {
  const sent: ProgressOf<typeof AuditMath>[] = [];
  const stream = new AuditStream((event) => sent.push(event));
  for (let n = 1; n <= 500; n++) stream.asked(n, 1_000, pair(String(n), 'different'));
  stream.flush();
  stream.flush();
  assert.ok(sent.length < 20, `${sent.length} messages`);
  const found = sent.flatMap((event) => (event.type === 'asked' ? event.found.map(({ answer }) => answer) : []));
  assert.deepEqual(found, Array.from({ length: 500 }, (_, n) => String(n + 1)));
});
