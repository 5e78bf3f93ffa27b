// The packaged extension in the sample workspace: its container is there and opens.
import { workbenchTest } from './harness.ts';

workbenchTest('the activity bar has the RLVR container with its views', async ({ workbench }) => {
  await workbench.activityItem('RLVR').waitFor();
  await workbench.openContainer('RLVR');
  await workbench.view('Problems').waitFor();
  await workbench.noNotifications();

  const file = workbench.treeItem('Rollouts', /^rollouts\/math-policy\.jsonl, 640 rollouts/);
  await file.hover();
  await workbench.page.locator('.monaco-hover').getByText('640 rollouts in 74 groups').waitFor();
});
