// What only a real workbench shows of the pages: their server behind them, and that they come back after a reload.
import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';
import { rehearse } from '../support/launcher.ts';

workbenchTest('pages: inspector, problem, launcher and dashboard work on the samples and survive a reload', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFile('rollouts/math-policy.jsonl');
  await workbench.runCommand('RLVR: Open in Rollout Inspector');
  const inspector = await workbench.webview('Rollout Inspector');
  await inspector.waitForSelector('.verdict');
  await inspector.click('vscode-button:has-text("Verify All")');
  await inspector.waitForSelector('.verdict-right .verdict-evidence, .verdict-wrong .verdict-evidence');
  await inspector.click('text=Open Problem');
  const problem = await workbench.webview('Problem');
  await problem.waitForSelector('.statement');
  await problem.waitForSelector('.record .squares button');

  const dashboard = await rehearse(workbench, { Batch: 8, Steps: 12 });
  await dashboard.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("12")');
  await dashboard.waitForSelector('text=A rehearsal trains no model');

  // The workbench writes its state every few seconds; what was opened just before a reload is not in it.
  await eventually(() => page.evaluate<boolean>(STORED), 'the dashboard is stored as the editor to open again', 30_000);
  await workbench.reload();
  const again = await workbench.webview('Run Dashboard');
  await again.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("12")');
  await page.getByRole('tab', { name: 'Launch a Stage' }).click();
  const form = await workbench.webview('Launch a Stage');
  await form.waitForSelector('text=was 128');
  const refused = workbench.console.filter((line) => /Content Security Policy/i.test(line) && /bm9uY2U|dist\/webview/.test(line));
  assert.deepEqual(refused, []);
});

/**
 * Runs in the workbench's window: true once the browser's database has the dashboard as the active editor, with its run. The
 * editors that a window opens again are one entry of that database; other entries name the dashboard as well, and earlier.
 */
const STORED = `(async () => {
  const asked = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    try {
      for (const store of database.objectStoreNames) {
        const stored = await asked(database.transaction(store).objectStore(store).get('memento/workbench.parts.editor'));
        const group = stored && JSON.parse(stored)['editorpart.state']?.serializedGrid.root.data[0]?.data;
        const active = group?.editors[group.mru[0]]?.value;
        if (active && /rlvr\\.dashboard/.test(active) && /directory/.test(JSON.parse(active).state)) return true;
      }
    } finally { database.close(); }
  }
  return false;
})()`;
