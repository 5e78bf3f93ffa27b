// veRL on Ray from the form to the dashboard, on a real Ray with token authentication; only the job is a stand-in for veRL.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { Frame } from 'playwright-core';
import { root } from '../../scripts/lib/checkout.ts';
import { eventually } from '../support/eventually.ts';
import { startRayHead, type RayHead } from '../support/rayHead.ts';
import type { WorkbenchPage } from '../support/workbench.ts';
import { workbenchTest } from './harness.ts';
import { filesHolding } from '../support/filesHolding.ts';
import { isCurrent } from '../support/launcher.ts';
import { eventsOf, killServer, runDirectory } from './runs.ts';

// Inside a group, so that a run of other tests neither starts Ray nor waits for its end.
describe('veRL on Ray, from the form', { skip: process.platform !== 'linux' && 'skipped: the Ray head of the tests needs Linux' }, () => {
  let ray: RayHead;
  before(async () => { ray = await startRayHead(); });
  after(async () => { await ray.stop(); });

  workbenchTest('a stage is launched on Ray from the form, asks for the token once, is stopped and resumed from the dashboard', async ({ workbench, host }) => {
    await workbench.runCommand('RLVR: Launch Stage…');
    const form = await workbench.webview('Launch a Stage');
    await fillForm(form, ray);
    const launch = form.locator('vscode-button:not([disabled])', { hasText: 'Launch on 127.0.0.1' });
    await isCurrent(form);
    await launch.waitFor();
    const command = await form.locator('.file').innerText();
    for (const part of ['ray job submit', ray.address, 'verl_standin', 'data.train_batch_size=4', 'actor_rollout_ref.rollout.n=4', 'trainer.total_training_steps=2000']) assert.ok(command.includes(part), `the preview shows ${part}`);

    await launch.click();
    await workbench.inputTitled(/Token of the Ray Cluster/);
    await workbench.answer('0123456789abcdef');
    await workbench.page.locator('.quick-input-widget:visible').filter({ hasText: 'refuses the token' }).waitFor();
    await workbench.answer(ray.token);

    const dashboard = await workbench.webview('Run Dashboard');
    await dashboard.locator('.status-running').waitFor();
    await dashboard.locator('.steps tbody tr').nth(3).waitFor();
    await dashboard.locator('.chart', { hasText: 'Validation stand-in mean@8' }).waitFor();
    await dashboard.locator('.log', { hasText: 'STAND-IN' }).waitFor();
    const directory = runDirectory(host.workspace);
    // The command that was shown is the one that was executed.
    assert.equal(readFileSync(join(directory, 'command.sh'), 'utf8').trim(), command.trim());

    // A new server has never heard of the token: the window hands it over before it lists the run.
    killServer(host.workspace);
    const killedAt = eventsOf(directory).length;
    await eventually(() => eventsOf(directory).slice(killedAt).some(({ body }) => body.type === 'step'), 'the run goes on after the server was killed', 60_000);
    assert.deepEqual(eventsOf(directory).filter(({ body }) => body.status === 'lost' || body.status === 'failed'), []);

    await pressStop(workbench, dashboard);
    await dashboard.locator('.status', { hasText: 'stopped' }).waitFor();
    const stoppedAt = eventsOf(directory).length;
    await dashboard.locator('vscode-button', { hasText: 'Resume' }).click();
    await dashboard.locator('.status-running').waitFor();
    await eventually(() => eventsOf(directory).slice(stoppedAt).some(({ body }) => body.type === 'step'), 'the second attempt makes steps', 60_000);

    assert.deepEqual(filesHolding(host.workspace, ray.token), [], 'no file of the workspace holds the token');
  }, { env: { RAY_AUTH_TOKEN: undefined, RAY_AUTH_TOKEN_PATH: undefined } });
});

async function fillForm(form: Frame, ray: RayHead): Promise<void> {
  const field = (name: string) => form.locator(`vscode-text-field[aria-label="${name}"] input`);
  await form.locator('vscode-dropdown[aria-label="Engine"]').click();
  await form.locator('vscode-dropdown[aria-label="Engine"] vscode-option', { hasText: 'veRL on Ray' }).click();
  await field('Ray address').fill(ray.address);
  await field('Nodes').fill('1');
  await field('GPUs per node').fill('1');
  await field('Python').fill(ray.python);
  await field('Entry module').fill('verl_standin');
  await form.locator('vscode-text-area[aria-label^="Environment"] textarea').fill(`PYTHONPATH=${join(root, 'server/python')}\nVERL_STANDIN_STEP_SECONDS=0.3`);
  await form.getByRole('group', { name: 'Validation sets' }).locator('vscode-checkbox', { hasText: 'verl-like.parquet' }).click();
  for (const [name, value] of [['Batch', '4'], ['Rollouts per problem (G)', '4'], ['Steps', '2000'], ['Validate', '2'], ['Save', '2']] as const) {
    await form.locator(`vscode-text-field[aria-label^="${name}"] input`).first().fill(value);
  }
}

async function pressStop(workbench: WorkbenchPage, dashboard: Frame): Promise<void> {
  await dashboard.locator('vscode-button:not([disabled])', { hasText: 'Stop' }).click();
  await workbench.dialog().getByRole('button', { name: 'Stop' }).click();
}
