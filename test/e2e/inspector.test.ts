// The inspector in the real workbench: two rollouts side by side, and a program with the test that it fails.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { WorkbenchPage } from '../support/workbench.ts';
import { workbenchTest } from './harness.ts';

/** Opens the active rollouts file in the inspector, with its first wrong rollout chosen. */
async function openAtWrong(workbench: WorkbenchPage): Promise<Frame> {
  await workbench.runCommand('RLVR: Open in Rollout Inspector');
  const page = await workbench.webview('Rollout Inspector');
  await page.locator('.line.rollout').first().waitFor();
  await page.getByRole('button', { name: 'Next Wrong' }).click();
  return page;
}

workbenchTest('two rollouts of a problem stand side by side, the wrong one beside a right one', async ({ workbench }) => {
  await workbench.openFile('rollouts/math-policy.jsonl');
  await workbench.selectLines(1, 8);
  await workbench.runCommand('RLVR: Verify Selection');
  await workbench.statusBarItem(/8 of 8 verified/).waitFor();
  const page = await openAtWrong(workbench);
  await page.locator('.verdict-wrong').waitFor();
  await page.getByRole('button', { name: 'Compare' }).click();
  const [left, right] = [page.locator('.compare-side').nth(0), page.locator('.compare-side').nth(1)];
  await right.locator('.verdict-right').waitFor();
  await left.locator('.verdict-wrong').waitFor();
  for (const side of [left, right]) await side.locator('.answer-part .mark-answer, .answer-part .mark-answer-math').first().waitFor();
  assert.notEqual(await left.locator('.answer-part').innerText(), await right.locator('.answer-part').innerText());
  const [one, two] = [await left.boundingBox(), await right.boundingBox()];
  assert.ok(one && two && one.x + one.width <= two.x && one.y === two.y, 'side by side');

  await page.getByRole('button', { name: 'End Compare' }).click();
  await page.locator('.compare-side').first().waitFor({ state: 'detached' });
});

workbenchTest('a wrong program shows its code, the failing test and what it printed instead', async ({ workbench }) => {
  await workbench.openFile('rollouts/code-policy.jsonl');
  await workbench.selectLines(1, 2);
  await workbench.runCommand('RLVR: Verify Selection');
  await workbench.statusBarItem(/2 of 2 verified: 1 correct, 1 incorrect/).waitFor();
  const page = await openAtWrong(workbench);
  await page.locator('.verdict-wrong').getByText('1 of 7 tests passed, test 2 failed').waitFor();
  await page.locator('.code-block').filter({ hasText: 'extracted by the verifier' }).getByText('depth[partner[c]] -= 1').waitFor();
  const failure = page.locator('.failure');
  for (const [part, text] of [['input', '([)]'], ['expected', 'NO'], ['actual', 'YES']] as const) {
    await failure.locator('.failure-part').filter({ hasText: part }).locator('pre').filter({ hasText: text }).waitFor();
  }
});

workbenchTest('inspector: a line of a file that is too large for extensions opens in the text editor', async ({ workbench, host }) => {
  const lines = readFileSync(join(host.workspace, 'rollouts', 'math-policy.jsonl'), 'utf8').trim().split('\n');
  // Above the 50 MB up to which the editor hands texts to extensions. The last line is a problem of its own.
  const last = lines.pop() ?? '';
  const many = Array.from({ length: 18 }, () => lines).flat();
  writeFileSync(join(host.workspace, 'rollouts', 'huge.jsonl'), `${[...many, last.replace(/"problem_id":"[^"]*"/, '"problem_id":"the-last"')].join('\n')}\n`);
  await workbench.runCommand('RLVR: Open in Rollout Inspector');
  await workbench.pick('rollouts/huge.jsonl');
  const page = await workbench.webview('Rollout Inspector');
  await page.locator('.verdict').waitFor();
  await page.locator('.list').focus();
  await workbench.page.keyboard.press('End');
  await page.locator('.overview').waitFor();
  await workbench.page.keyboard.press('ArrowRight');
  await page.locator('.line.cursor[aria-expanded="true"]').waitFor();
  await workbench.page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: `Line ${many.length + 1}` }).click();
  // The editor asks before it shows so large a file, and says how large it is.
  await workbench.page.getByRole('button', { name: 'Open Anyway' }).click();
  await workbench.statusBarItem(`Ln ${many.length + 1}, Col 1`).waitFor();
  assert.match(await workbench.editor().locator('.view-lines').innerText(), /the-last/);
});
