// Saving a problem set marks the problem that overlaps a benchmark; a quick fix drops it without touching the set.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('a contaminated problem is marked on save and dropped by a quick fix', async ({ workbench, host }) => {
  const { page } = workbench;
  const path = join(host.workspace, 'problems/math.jsonl');
  const line = readFileSync(path, 'utf8').split('\n').findIndex((text) => text.includes('"planted-beanstalk"')) + 1;
  await workbench.openFile('problems/math.jsonl');
  await workbench.selectLines(line, line);
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  await page.keyboard.press('Control+S');
  const source = await eventually(() => {
    const text = readFileSync(path, 'utf8');
    return text.includes('} \n') ? text : null;
  }, 'the file is saved');
  await page.locator('.statusbar-item[id="status.problems"][aria-label*="1 Problem"], .statusbar-item[id="status.problems"] [aria-label*="Errors: 1"]').first().waitFor();
  await page.keyboard.press('F8');
  await page.getByText(/Contaminated: GSM8K/).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget').getByText(/Drop this problem/).click();
  const decisions = `${path}.decisions.jsonl`;
  await eventually(() => {
    try {
      return readFileSync(decisions, 'utf8').includes('"action":"drop"');
    } catch {
      return false;
    }
  }, 'the decision is stored beside the set');
  assert.equal(readFileSync(path, 'utf8'), source);
});
