// The audit page in Chromium, with a host played by the test.
import assert from 'node:assert/strict';
import { sampleAudit, samplePairs } from './auditData.ts';
import { audit } from './opened.ts';
import { pageTest } from './pageTest.ts';

pageTest('audit: disagreements by frequency, bounded, filtered by side, each with its rollouts and a way to a test', async (stands) => {
  const stand = await audit(stands, { pairs: 3_000 });
  const { page } = stand;
  await page.waitForSelector('.times');
  const rows = page.locator('tbody tr');
  assert.equal(await rows.count(), 100);
  const times = (await page.locator('td.times').allTextContents()).map((text) => Number(text.replace('×', '')));
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
  assert.equal(times[0], 50);
  await page.getByText('Show 100 More').click();
  assert.equal(await rows.count(), 200);
  await page.getByRole('button', { name: /Only the second checker equal/ }).click();
  assert.equal(await rows.filter({ hasText: 'incorrect' }).count(), 100);
  assert.equal(await page.getByRole('button', { name: /Only the second checker equal/ }).getAttribute('aria-pressed'), 'true');
  // The most frequent of that side: what is sent names the same pair.
  const first = rows.first();
  const pairs = samplePairs(3_000);
  await first.getByText('Copy as Test').click();
  const copied = await stand.waitSent('copyTest');
  assert.ok(copied.type === 'copyTest' && pairs[copied.index]?.count === 49 && pairs[copied.index]?.opinion === 'equal', JSON.stringify(copied));
  await first.getByText('Open', { exact: true }).click();
  const opened = await stand.waitSent('openRollout');
  assert.ok(opened.type === 'openRollout' && copied.type === 'copyTest' && opened.ref === copied.index);
  await page.getByText('Copy Report').click();
  await stand.waitSent('copyReport');
  assert.equal(await page.title(), 'audit');
  assert.deepEqual(stand.complaints, []);
});

pageTest('audit: what was found stands while it runs, after it was cancelled, and when it failed', async (stands) => {
  const stand = await audit(stands, { pairs: 3 });
  const { page } = stand;
  stand.channel.send({ type: 'found', from: 0, pairs: [] });
  stand.channel.send({ type: 'progress', progress: { phase: 'asking', done: 2, total: 40 } });
  await page.getByText('No disagreement so far.').waitFor();
  stand.channel.send({ type: 'found', from: 0, pairs: samplePairs(2) });
  stand.channel.send({ type: 'found', from: 2, pairs: samplePairs(3).slice(2) });
  await page.locator('tbody tr').nth(2).waitFor();
  await page.getByText('Cancel', { exact: true }).click();
  await stand.waitSent('cancel');
  stand.channel.send({ type: 'progress', progress: { phase: 'ended', audit: { ...sampleAudit, asked: 3, cancelled: true } } });
  await page.locator('.outcome').getByText('Cancelled after 3 of 4,000 distinct pairs.').waitFor();
  stand.channel.send({ type: 'progress', progress: { phase: 'failed', message: 'the server is away' } });
  await page.locator('.outcome').getByText('Failed: the server is away').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 3);
  await page.getByText('Run Again').click();
  await stand.waitSent('run');
  assert.deepEqual(stand.complaints, []);
});
