// A run belongs to the server: it outlives the window, and a killed server loses none of its events.
import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';
import { rehearse } from '../support/launcher.ts';
import { eventsOf, killServer, runDirectory } from './runs.ts';

const eventNumbers = (directory: string): number[] => eventsOf(directory).map(({ seq }) => seq);

workbenchTest('a run goes on while the window is away, and a killed server loses nothing', async ({ workbench, host, secondWindow }) => {
  await rehearse(workbench, { Batch: 16, Steps: 20_000 });
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

  // Restored with the window, it follows the new server.
  const dashboard = await workbench.webview('Run Dashboard');
  await dashboard.locator('.status-running').waitFor();
  const run = workbench.treeItem('Runs', /of 20000/);
  await workbench.contextMenu(run, 'Stop Run');
  await workbench.dialog().getByRole('button', { name: 'Stop' }).click();
  await workbench.treeItem('Runs', /stopped/).waitFor();
});
