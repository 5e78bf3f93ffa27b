// The problem page in Chromium, with a host played by the test.
import assert from 'node:assert/strict';
import { Decide } from '../../../webview/problem/contract.ts';
import { problem } from './opened.ts';
import { pageTest } from './pageTest.ts';
import { mathProblem, mathRow } from './problemData.ts';

pageTest('problem: a decision goes to the host and its answer is shown', async (stands) => {
  const stand = await problem(stands);
  const made: unknown[] = [];
  stand.channel.serve(Decide, ({ decision }) => {
    made.push(decision);
    return Promise.resolve({ row: { ...mathRow, state: 'dropped' as const, labels: ['duplicate'], decision: decision && { ...decision, id: 'coin-0', at: '2026-01-01T00:00:00Z' } } });
  });
  await stand.page.click('text=Drop…');
  await stand.page.click('text=duplicate');
  await stand.page.waitForSelector('text=Dropped: duplicate');
  assert.deepEqual(made, [{ action: 'drop', reason: 'duplicate' }]);
  await stand.page.locator('.record .squares button').nth(2).click();
  assert.deepEqual(await stand.waitSent('openRollout'), { type: 'openRollout', path: '/lab/runs/a/rollouts/0.jsonl', ref: 2 });
});

pageTest('problem: an answer that is being typed survives news, also those of its own state', async (stands) => {
  const stand = await problem(stands);
  const { page } = stand;
  await page.click('.answer-box >> text=Edit');
  await page.keyboard.type('7/12');
  const shown = { type: 'problem', problem: mathProblem, fileAnswer: mathRow.answer } as const;
  stand.channel.send({ ...shown, row: mathRow });
  stand.channel.send({ ...shown, row: { ...mathRow, state: 'ok', labels: [] } });
  await page.waitForSelector('.state-box >> text=ok');
  assert.equal(await page.locator('.answer-box input').inputValue(), '7/12');
  assert.equal(await page.locator('.answer-box input:focus').count(), 1);
});

pageTest('problem: a text that is written from right to left is read so, and an answer that is a plain number stands there once', async (stands) => {
  const stand = await problem(stands);
  const { page } = stand;
  const statement = '\u0623\u0648\u062c\u062f \u0642\u064a\u0645\u0629 $x$ \u0625\u0630\u0627 \u0643\u0627\u0646';
  stand.channel.send({ type: 'problem', problem: { ...mathProblem, statement, answer: '7' }, fileAnswer: '7', row: { ...mathRow, answer: '7' } });
  await page.waitForSelector('.answer-box >> text=7');
  assert.equal((await page.locator('.answer-box').innerText()).match(/7/g)?.length, 1);
  const left = (node: string) => page.evaluate<number>(`(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.statement p').${node});
    return range.getBoundingClientRect().left;
  })()`);
  assert.ok(await left('firstChild') > await left('lastChild'), 'the first words stand right of the last ones');
});
