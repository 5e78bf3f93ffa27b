// A stranger's folder: reading and verifying math work, programs are not run, and the user is told what to do.
import assert from 'node:assert/strict';
import { workbenchTest } from './harness.ts';

workbenchTest('in an untrusted workspace programs are not run', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.statusBarItem('Restricted Mode').waitFor();
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Problems', 'problems/math.jsonl').waitFor();
  await workbench.view('Runs').getByText('Manage Workspace Trust').waitFor();

  await workbench.openFile('rollouts/math-policy.jsonl');
  await workbench.selectLines(1, 6);
  await page.keyboard.press('Control+Alt+V');
  await workbench.statusBarItem(/6 of 6 verified: 4 correct, 2 incorrect/).waitFor();

  await workbench.openFile('rollouts/code-policy.jsonl');
  await workbench.selectLines(1, 2);
  await page.keyboard.press('Control+Alt+V');
  assert.match(await workbench.notification('untrusted'), /Programs are not run in an untrusted workspace: nothing was verified/);
  await workbench.statusBarItem(/0 of 2 verified/).waitFor();
}, { untrusted: true });
