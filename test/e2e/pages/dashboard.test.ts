// The dashboard in Chromium, with a host played by the test.
import assert from 'node:assert/strict';
import { becomes } from '../../support/eventually.ts';
import { dashboard } from './opened.ts';
import { pageTest } from './pageTest.ts';
import { sampleEvents, sampleRun } from './runData.ts';

pageTest('dashboard: the run’s name is whole at every width', async (stands) => {
  for (const width of [400, 600, 1000, 1400]) {
    const stand = await dashboard(stands, { size: { width, height: 700 } });
    await stand.page.waitForSelector('h1:has-text("math-16k-7b-sample")');
    const cut: boolean = await stand.page.evaluate('(() => { const h = document.querySelector("h1"); return h.scrollWidth > h.clientWidth || h.getBoundingClientRect().right > innerWidth; })()');
    assert.equal(cut, false, `${width}`);
  }
});

pageTest('dashboard: a long log leaves the table of steps where it is, and the buttons stay beside the name', async (stands) => {
  const stand = await dashboard(stands, { size: { width: 1050, height: 800 } });
  const { page } = stand;
  await page.waitForSelector('.steps tbody tr');
  const top = async (selector: string): Promise<number> => Math.round((await page.locator(selector).first().boundingBox())?.y ?? NaN);
  const before = await top('.steps');
  const events = sampleEvents(40);
  const text = Array.from({ length: 200 }, (_, line) => `line ${line}: what a worker says now and then, at some length`).join('\n');
  stand.channel.send({ type: 'events', events: [{ seq: events.length + 1, time: new Date().toISOString(), body: { type: 'log', stream: 'stdout', text } }] });
  await page.waitForSelector('.log:has-text("line 199")');
  assert.equal(await top('.steps'), before);
  const columns = await page.locator('.charts').boundingBox();
  assert.ok(columns && Math.abs(columns.y + columns.height - before) < 2, 'no hole between the charts and the table');
  assert.ok(Math.abs(await top('.actions vscode-button') - await top('h1')) < 12);
  // Where the box has another size the lines wrap anew: the newest ones stay in sight.
  const below = () => page.evaluate<boolean>('(() => { const log = document.querySelector(".log"); return log.scrollHeight - log.clientHeight - log.scrollTop > 4; })()');
  await page.setViewportSize({ width: 700, height: 800 });
  await page.waitForFunction('document.querySelector(".log").clientWidth > 500');
  await becomes(below, false);
  await page.setViewportSize({ width: 1050, height: 800 });
  await page.waitForFunction('document.querySelector(".log").clientWidth < 400');
  await becomes(below, false);
});

pageTest('dashboard: validation has its charts when there is any, and none before', async (stands) => {
  const stand = await dashboard(stands);
  const { page } = stand;
  await page.waitForSelector('.steps tbody tr');
  assert.equal(await page.locator('.chart').count(), 6);
  const events = sampleEvents(40);
  const validated = [42, 44].map((step, index) => ({ seq: events.length + 1 + index, time: new Date().toISOString(), body: { type: 'step' as const, step, metrics: { 'critic/score/mean': 0.4, 'val-core/aime24/acc/mean@64': 0.606, 'val-core/math500/acc/mean@4': 0.9 } } }));
  stand.channel.send({ type: 'events', events: validated });
  await page.waitForSelector('.chart >> text=Validation aime24 mean@64');
  assert.equal(await page.locator('.chart').count(), 8);
  assert.match(await page.locator('.chart').first().innerText(), /60\.6 %/);
  assert.match(await page.locator('.tile').first().innerText(), /60\.6 %\s+validation, step 44/);
  assert.deepEqual(stand.complaints, []);
});

pageTest('dashboard: live events move the numbers; away and alerts are said; a step leads to its rollouts', async (stands) => {
  const stand = await dashboard(stands);
  const { page } = stand;
  await page.waitForSelector('.steps tbody tr');
  const events = sampleEvents(60);
  stand.channel.send({ type: 'run', run: { ...sampleRun, step: 60 } });
  stand.channel.send({ type: 'events', events: events.filter((event) => event.seq > sampleEvents(40).length - 1) });
  await page.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("60")');
  await page.waitForSelector('text=a sample of an alert');
  stand.channel.send({ type: 'connection', since: Date.now() - 12_000 });
  await page.waitForSelector('text=/last seen 1[2-9] s ago, events are safe on disk/');
  await page.locator('.steps tbody button').first().click();
  assert.deepEqual(await stand.waitSent('openRollouts'), { type: 'openRollouts', path: '/lab/runs/math-16k-7b-sample/rollouts/60.jsonl' });
  assert.equal(await page.locator('.chart canvas').count(), 6);
  assert.deepEqual(stand.complaints, []);
});

pageTest('dashboard: the buttons stay the same elements while steps come in', async (stands) => {
  const stand = await dashboard(stands);
  const { page } = stand;
  await page.waitForSelector('text=Rollouts of Step 40');
  const stop = await page.locator('vscode-button', { hasText: 'Stop' }).elementHandle();
  const events = sampleEvents(60);
  stand.channel.send({ type: 'events', events: events.filter((event) => event.seq > sampleEvents(40).length - 1) });
  await page.waitForSelector('text=Rollouts of Step 60');
  assert.equal(await stop?.isVisible(), true, 'Stop was not made anew');
  await page.click('text=Rollouts of Step 60');
  assert.deepEqual(await stand.waitSent('openRollouts'), { type: 'openRollouts', path: '/lab/runs/math-16k-7b-sample/rollouts/60.jsonl' });
});

pageTest('dashboard: a rehearsal says that it trains no model', async (stands) => {
  const stand = await dashboard(stands);
  stand.channel.send({ type: 'start', directory: sampleRun.directory, run: { ...sampleRun, engine: 'rehearsal', engineLabel: 'rehearsal (trains no model)' }, trusted: true });
  await stand.page.waitForSelector('text=A rehearsal trains no model');
});

pageTest('dashboard: stages lead to their newest run or to the launcher, a finished run to the next stage', async (stands) => {
  const stand = await dashboard(stands);
  const { page } = stand;
  const card = (title: string) => page.locator('.stages li', { hasText: title });
  await card('Math 8K').getByRole('button').click();
  assert.deepEqual(await stand.waitSent('openRun'), { type: 'openRun', directory: '/lab/runs/first' });
  await card('Math 24K').getByRole('button').click();
  assert.deepEqual(await stand.waitSent('launchStage'), { type: 'launchStage', stageId: 'math-24k' });
  assert.equal(await card('Math 16K').getByRole('button').count(), 0, 'this run is on the page');
  const next = page.locator('vscode-button', { hasText: 'Launch Next Stage' });
  assert.equal(await next.isVisible(), false);
  stand.channel.send({ type: 'run', run: { ...sampleRun, status: 'succeeded', step: 500, checkpoint: { step: 500, path: '/lab/model' } } });
  await next.waitFor();
  assert.match(await next.getAttribute('title') ?? '', /Math 24K, from the model of step 500/);
  stand.sent.splice(0);
  await next.click();
  assert.deepEqual(await stand.waitSent('launchStage'), { type: 'launchStage', stageId: 'math-24k' });
});
