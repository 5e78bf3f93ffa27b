// A run in the user's hand: stop, resume, a step's rollouts, the folder; and what is said when it cannot go on.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import type { WorkbenchPage } from '../support/workbench.ts';
import { workbenchTest } from './harness.ts';
import { rehearse } from '../support/launcher.ts';
import { eventsOf, killExtensionHost, runDirectory } from './runs.ts';

/** What a newcomer does: opens the form and presses Rehearse; only the number of steps is raised, so that the run lasts. */
async function longRehearsal(workbench: WorkbenchPage): Promise<Frame> {
  const dashboard = await rehearse(workbench, { Steps: 20_000 });
  await dashboard.locator('.status-running').waitFor();
  await dashboard.locator('.steps tbody tr').nth(2).waitFor();
  return dashboard;
}

async function stop(workbench: WorkbenchPage, dashboard: Frame): Promise<void> {
  await dashboard.locator('vscode-button:not([disabled])', { hasText: 'Stop' }).click();
  await workbench.dialog().getByRole('button', { name: 'Stop' }).click();
  await dashboard.locator('.status', { hasText: 'stopped' }).waitFor();
}

const lastStep = (directory: string): number => eventsOf(directory).findLast(({ body }) => body.type === 'step')?.body.step ?? 0;

workbenchTest('a rehearsal is stopped and resumed from its dashboard and from the Runs view, and the extension host may die in between', async ({ workbench, host }) => {
  const dashboard = await longRehearsal(workbench);
  const directory = runDirectory(host.workspace);
  const name = basename(directory);

  await stop(workbench, dashboard);
  const stoppedAt = lastStep(directory);
  await dashboard.locator('vscode-button', { hasText: 'Resume' }).click();
  await dashboard.locator('.status-running').waitFor();
  await eventually(() => lastStep(directory) > stoppedAt, 'the resumed run makes steps');

  await workbench.openContainer('RLVR');
  await workbench.treeItem('Runs', /running.*step \d+ of 20000/).waitFor();
  const before = lastStep(directory);
  killExtensionHost(host.workbench.process.pid);
  await eventually(() => lastStep(directory) > before + 5, 'the run does not notice that the extension host is gone');
  await dashboard.locator('.notice', { hasText: 'gets no news any more' }).waitFor();
  await workbench.reload();
  await workbench.openContainer('RLVR');
  await workbench.clickTreeItem('Runs', name);
  const again = await eventually(async () => {
    const frame = await workbench.webview('Run Dashboard');
    return await frame.locator('.status-running').isVisible().catch(() => false) ? frame : null;
  }, 'the dashboard is back');
  await again.locator('.connection', { hasText: 'connected' }).waitFor();
  const shown = async (): Promise<number> => Number((await again.locator('.steps tbody tr td').first().innerText()).replace(/\D/g, ''));
  const at = await shown();
  await eventually(async () => await shown() > at, 'the dashboard follows the run again');

  await stop(workbench, again);
  await workbench.contextMenu(workbench.treeItem('Runs', new RegExp(`${name}, stopped`)), 'Resume Run');
  await again.locator('.status-running').waitFor();
  await stop(workbench, again);

  await again.locator('vscode-button', { hasText: 'Open Run Folder' }).click();
  await workbench.page.locator('.explorer-folders-view .monaco-list-row.selected', { hasText: name }).waitFor();
  await again.locator('.steps tbody button').first().click();
  const inspector = await workbench.webview('Rollout Inspector');
  await inspector.waitForSelector('.verdict');
  const numbers = eventsOf(directory).map(({ seq }) => seq);
  assert.deepEqual(numbers, numbers.map((_, index) => index + 1), 'no number is missing or repeated');
});

workbenchTest('a run that cannot go on says why, and goes on when that is put right', async ({ workbench, host }) => {
  const dashboard = await longRehearsal(workbench);
  const directory = runDirectory(host.workspace);
  await stop(workbench, dashboard);
  rmSync(join(host.workspace, 'rollouts'), { recursive: true });
  await dashboard.locator('vscode-button', { hasText: 'Resume' }).click();
  await dashboard.locator('.status-failed').waitFor();
  await dashboard.locator('.health-broken', { hasText: /rollouts\/.*\.jsonl/ }).waitFor();
  assert.match(eventsOf(directory).at(-1)?.body.message ?? '', /rollouts\/.*\.jsonl/);
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Runs', /failed/).waitFor();
});

workbenchTest('a run that succeeded has nothing to resume, in its dashboard and in the Runs view', async ({ workbench }) => {
  const dashboard = await rehearse(workbench, { Batch: 16, Steps: 3 });
  await dashboard.locator('.status-succeeded').waitFor();
  assert.equal(await dashboard.locator('vscode-button', { hasText: 'Resume' }).isVisible(), false);
  await workbench.openContainer('RLVR');
  const run = workbench.treeItem('Runs', /succeeded, step 3 of 3/);
  // Step and reward are seen, also at the width that a side bar has.
  assert.match(await run.innerText(), /^\s*3\/3 · [01]\.\d\d\s+math-8k/);
  await run.click({ button: 'right' });
  const menu = workbench.page.locator('.context-view .monaco-menu');
  await menu.getByText('Reveal Run Folder').waitFor();
  assert.equal(await menu.getByText('Resume Run').count(), 0);
});
