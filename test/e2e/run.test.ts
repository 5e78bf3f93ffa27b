// A run belongs to the server: it outlives the window, and a killed server loses none of its events.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import type { WorkbenchPage } from '../support/workbench.ts';
import { workbenchTest } from './harness.ts';
import { eventsOf, killServer, runDirectory } from './runs.ts';

/** The launcher with what it has preselected, filled in for a rehearsal with small batches. */
async function fillLauncher(workbench: WorkbenchPage, steps: number): Promise<Frame> {
  await workbench.runCommand('RLVR: Launch Stage…');
  const page = await workbench.webview('Launch a Stage');
  await page.locator('vscode-text-field[aria-label="Batch"] input').fill('16');
  await page.locator('vscode-text-field[aria-label="Steps"] input').fill(String(steps));
  return page;
}

const eventNumbers = (directory: string): number[] => eventsOf(directory).map(({ seq }) => seq);

workbenchTest('a run goes on while the window is away, and a killed server loses nothing', async ({ workbench, host, secondWindow }) => {
  const launcher = await fillLauncher(workbench, 20_000);
  await launcher.locator('vscode-button:not([disabled])', { hasText: 'Rehearse' }).click();
  await workbench.webview('Run Dashboard');
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Runs', /running.*step \d+ of 20000/).waitFor();
  const directory = runDirectory(host.workspace);

  // A second window on the same folder sees the same run.
  const second = await secondWindow();
  await second.openContainer('RLVR');
  await second.treeItem('Runs', /of 20000/).waitFor();
  await second.close();

  // The window goes away: the run does not care.
  const before = eventNumbers(directory).length;
  await workbench.reload();
  await eventually(() => eventNumbers(directory).length > before + 5, 'events go on while the window reloads');

  // The server dies in the middle of a step; the extension starts another, which adopts the run.
  killServer(host.workspace);
  const killedAt = eventNumbers(directory).length;
  await workbench.openContainer('RLVR');
  await eventually(() => eventNumbers(directory).length > killedAt + 5, 'the run goes on after the server was killed', 60_000);
  const numbers = eventNumbers(directory);
  assert.deepEqual(numbers, numbers.map((_, i) => i + 1), 'no number is missing or repeated');

  const run = workbench.treeItem('Runs', /of 20000/);
  await workbench.contextMenu(run, 'Stop Run');
  await workbench.dialog().getByRole('button', { name: 'Stop' }).click();
  await workbench.treeItem('Runs', /stopped/).waitFor();
});
