// What only a real workbench shows of the pages: their server behind them, and that they come back after a reload.
import assert from 'node:assert/strict';
import { workbenchTest } from './harness.ts';

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

  await workbench.runCommand('RLVR: Launch Stage…');
  const launcher = await workbench.webview('Launch a Stage');
  await launcher.locator('vscode-checkbox', { hasText: 'problems/math.jsonl' }).first().click();
  await launcher.locator('vscode-checkbox', { hasText: 'rollouts/math-policy.jsonl' }).click();
  await launcher.locator('vscode-text-field[aria-label="Batch"] input').fill('8');
  await launcher.locator('vscode-text-field[aria-label="Steps"] input').fill('12');
  await launcher.locator('vscode-button:not([disabled])', { hasText: 'Rehearse' }).click();
  const dashboard = await workbench.webview('Run Dashboard');
  await dashboard.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("12")');
  await dashboard.waitForSelector('text=A rehearsal trains no model');

  // The workbench writes its state every few seconds; what was opened just before a reload is not in it.
  await page.waitForFunction(STORED);
  await workbench.reload();
  const again = await workbench.webview('Run Dashboard');
  await again.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("12")');
  await page.getByRole('tab', { name: 'Launch a Stage' }).click();
  const form = await workbench.webview('Launch a Stage');
  await form.waitForSelector('text=was 128');
  const refused = workbench.console.filter((line) => /Content Security Policy/i.test(line) && /bm9uY2U|dist\/webview/.test(line));
  assert.deepEqual(refused, []);
});

/** Runs in the workbench's window: true once the dashboard's state is in the browser's database. */
const STORED = `(async () => {
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => { const open = indexedDB.open(name); open.onsuccess = () => resolve(open.result); open.onerror = () => reject(open.error); });
    try {
      for (const store of database.objectStoreNames) {
        const values = await new Promise((resolve, reject) => { const all = database.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result); all.onerror = () => reject(all.error); });
        if (values.some((value) => typeof value === 'string' && /rlvr\\.dashboard/.test(value) && /directory[^}]{1,200}runs/.test(value))) return true;
      }
    } finally { database.close(); }
  }
  return false;
})()`;
