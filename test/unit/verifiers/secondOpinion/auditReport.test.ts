import { test } from 'node:test';
import assert from 'node:assert/strict';
import { auditReport, testRow } from '../../../../src/verifiers/auditReport.ts';
import { countSides, shown } from '../../../../webview/audit/list.ts';
import { pair, verdict } from './pairs.ts';

const summary = { pairs: 3, occurrences: 9, asked: 3, agreed: 1, onlyOurs: 1, onlyTheirs: 1, paidDifferently: 7, failed: 0 };
const head = { name: 'rollouts/a.jsonl', checker: 'fake checker 1.0', summary, cancelled: false };

test('a report has the counts and one line for each disagreement', () => {
  const math = { gold: '1/2', goldCanonical: '1/2', answerCanonical: '1/2', goldKind: 'number', answerKind: 'number' };
  const text = auditReport(head, [pair({ gold: '1/2', answer: '0.5', count: 6, verdict: { ...verdict('correct', 'rational'), math } }), pair({ gold: '5', answer: 'five', verdict: verdict('unverifiable', 'text.unreadable'), opinion: 'equal' })]);
  assert.match(text, /Compared with fake checker 1\.0\.\n/);
  assert.match(text, /Paid differently: 7 of 9 rollouts\./);
  assert.match(text, /^\| 6 \| `1\/2` \| `0\.5` \| correct \| `rational` \| different \| `1\/2` and `1\/2` \|$/m);
  assert.match(text, /^\| 1 \| `5` \| `five` \| unverifiable \| `text\.unreadable` \| equal \| {2}\|$/m);
});

test('a report of a cancelled or failed audit says that it is not finished', () => {
  assert.match(auditReport({ ...head, cancelled: true }, []), /Not finished/);
  assert.match(auditReport({ ...head, summary: null, checker: null }, [pair({})]), /Not finished/);
});

test('a model\'s text stays inside its cell of the table', () => {
  const hostile = 'a | b `c` ``d``\n| e <img src=x>';
  const line = auditReport(head, [pair({ answer: hostile })]).split('\n').find((each) => each.includes('<img')) ?? '';
  assert.ok(line.includes('``` a \\| b `c` ``d`` \\| e <img src=x> ```'), line);
  assert.equal(line.replaceAll('\\|', '').split('|').length, 9);
  assert.ok(auditReport(head, [pair({ answer: 'x'.repeat(100_000) })]).length < 2_000);
});

test('a test row has the form of the labelled pairs', () => {
  const row: unknown = JSON.parse(testRow(pair({ gold: '1/2', answer: '0.5', count: 3, verdict: verdict('correct', 'rational') }), false));
  assert.deepEqual(row, { gold: '1/2', pred: '0.5', label: false, note: 'audit: ours correct (rational), second checker different, seen 3 times' });
});

test('the page sorts by frequency and counts each side', () => {
  const found = [
    pair({ gold: 'b', count: 1 }), pair({ gold: 'a', count: 1 }), pair({ gold: 'c', count: 4, verdict: verdict('incorrect'), opinion: 'equal' }), pair({ gold: 'd', count: 2, opinion: 'failed' }),
  ].map((each, index) => ({ index, pair: each }));
  assert.deepEqual(shown(found, 'all').map(({ pair: { gold } }) => gold), ['c', 'd', 'a', 'b']);
  assert.deepEqual(shown(found, 'ours').map(({ index }) => index), [1, 0]);
  assert.deepEqual(countSides(found), { all: { pairs: 4, rollouts: 8 }, ours: { pairs: 2, rollouts: 2 }, theirs: { pairs: 1, rollouts: 4 }, failed: { pairs: 1, rollouts: 2 } });
});
