// "Run Failing Test in Terminal": the program can be read before it runs in a terminal with the input it fails on.
import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('a failing program runs in a terminal with the input it fails on, after a warning', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFile('rollouts/code-policy.jsonl');
  await workbench.selectLines(1, 8);
  await workbench.runCommand('RLVR: Verify Selection');
  await workbench.statusBarItem(/8 of 8 verified: .*incorrect/).waitFor();
  await workbench.runCommand('Test Results: Focus on Test Results View');
  const failed = page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'incorrect: Test' }).first();
  await failed.click();
  await page.locator('.part.panel').getByText('Run Failing Test in Terminal').first().click();
  const question = workbench.dialog();
  await question.getByText('Run this program outside the sandbox?').waitFor();
  // Read first: the program is shown, and nothing runs before the second question is answered.
  await question.getByRole('button', { name: 'Show the Program' }).click();
  await workbench.tab('program.py').waitFor();
  await workbench.notification(/This is the program/);
  assert.equal(await page.locator('.terminal-wrapper').count(), 0);
  await workbench.pressInNotification(/This is the program/, 'Run Outside the Sandbox');
  const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
  await eventually(async () => /--- expected ---/.test(await terminal.innerText()), 'the expected output follows the program’s own');

  // From the Testing view, where it is offered for every rollout: nothing is asked where nothing fails.
  await workbench.runCommand('Testing: Focus on Test Explorer View');
  const passed = page.locator('.test-explorer .monaco-list-row').filter({ hasText: 'Rollout 2' }).first();
  await workbench.contextMenu(passed, 'Run Failing Test in Terminal');
  await workbench.notification(/passes all its tests/);
}, { settings: { 'terminal.integrated.gpuAcceleration': 'off' } });
