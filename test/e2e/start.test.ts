// What a newcomer sees first, and the way to the samples for somebody without them.
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('the README of the folder is the first screen; the samples are copied to a folder of one’s choice and opened', async ({ workbench }) => {
  await workbench.tab('[Preview] README.md').waitFor();
  const seen = (): Promise<boolean[]> => Promise.all(workbench.page.frames().map((frame) => frame.getByText('Five things to try').isVisible().catch(() => false)));
  await eventually(async () => (await seen()).includes(true), 'the README is shown as it reads');

  await workbench.runCommand('RLVR: Open Sample Workspace…');
  await workbench.inputTitled('Copy the Sample Workspace Into');
  await workbench.inputHolds('/workspace/');
  await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'Copy Samples Here' }).click();
  await workbench.page.waitForURL(/rlvr-samples/);
  await workbench.tab('[Preview] README.md').waitFor();
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Problems', /^problems\/math\.jsonl, 74/).waitFor();
}, { settings: { 'workbench.startupEditor': 'readme' } });
