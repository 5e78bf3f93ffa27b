// Another server than the bundled one: a wrong token is asked for again, its death shows, and the way back is one command.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startServer } from '../support/serverProcess.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('connects to a running server and says when it is away', async ({ workbench }) => {
  const server = await startServer();
  try {
    const name = server.url.replace('ws://', '');
    await workbench.runCommand('RLVR: Connect to Server…');
    await workbench.answer(server.url);
    await workbench.inputTitled(/^Token of the RLVR Server/);
    await workbench.answer('not-the-token-of-this-server');
    await workbench.page.locator('.quick-input-widget:visible').getByText('The server refused the token').waitFor();
    await workbench.answer(server.token);
    await workbench.statusBarItem(`RLVR: ${name}`).waitFor();

    await workbench.openContainer('RLVR');
    await workbench.treeItem('Problems', 'problems/math.jsonl, 74').waitFor();

    // A reload comes back to the same server without asking.
    await workbench.reload();
    await workbench.treeItem('Problems', 'problems/math.jsonl').waitFor();
    await workbench.statusBarItem(`RLVR: ${name}`).waitFor();

    await server.kill();
    await workbench.statusBarItem('RLVR: away').waitFor();
    await workbench.runCommand('RLVR: Use Local Server');
    await workbench.page.locator('.statusbar-item[aria-label*="RLVR server: Connected to the server (local)"]').waitFor();
  } finally {
    await server.stop().catch(() => {});
  }
});

workbenchTest('without a Node that is new enough the views, the status bar and its menu say what to do', async ({ workbench, host }) => {
  // What names an executable belongs to the machine that has it, so it stands in that machine's settings.
  const machine = join(dirname(host.workspace), 'user-data', 'Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify({ 'rlvr.server.nodePath': '/nowhere/node' }));
  await workbench.reload();
  await workbench.openContainer('RLVR');
  await workbench.view('Problems').getByText('The server does not run').waitFor();
  await workbench.statusBarItem('RLVR: no server').click();
  await workbench.page.locator('.quick-input-widget:visible').getByText(/needs Node\.js 24 or newer/).first().waitFor();
  await workbench.noNotifications();
});
