// The packaged extension in the sample workspace: its container is there and opens.
import assert from 'node:assert/strict';
import { workbenchTest } from './harness.ts';

workbenchTest('the activity bar has the RLVR container with its views', async ({ workbench }) => {
  await workbench.activityItem('RLVR').waitFor();
  await workbench.openContainer('RLVR');
  await workbench.view('Problems').waitFor();
  assert.deepEqual(await workbench.notifications(), []);
});
