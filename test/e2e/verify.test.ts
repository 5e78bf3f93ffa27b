// Verify Selection from the editor and from a tree: verdicts at the lines, results in the Testing view.
import assert from 'node:assert/strict';
import { becomes, eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('selected lines of math and code rollouts get verdicts, and a failed test shows what went wrong', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFile('rollouts/math-policy.jsonl');
  await workbench.selectLines(1, 6);
  await page.keyboard.press('Control+Alt+V');
  await workbench.statusBarItem(/6 of 6 verified: 4 correct, 2 incorrect/).waitFor();
  // At the start of the lines.
  await page.keyboard.press('Home');
  const verdicts = await eventually(async () => {
    const texts = await workbench.lineTexts();
    return texts.length >= 6 && texts;
  }, 'six verdicts are drawn');
  assert.ok(verdicts.some((text) => text.includes('✓ correct')) && verdicts.some((text) => text.includes('✗ incorrect')), verdicts.join('\n'));

  // The verdict's text has the report as its hover.
  const place = await page.evaluate<{ x: number; y: number }>(`(() => {
    const verdict = [...document.querySelectorAll('.view-line span span')].find((span) => getComputedStyle(span, '::after').content.includes('correct'));
    const { left, top, width, height } = verdict.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  })()`);
  await page.mouse.move(place.x, place.y, { steps: 4 });
  await page.locator('.monaco-hover', { hasText: 'verifier math' }).waitFor();

  // An edited line has neither verdict nor mark any more: what was verified is no longer there.
  const ticks = page.locator('.glyph-margin-widgets .testing-run-glyph, .glyph-margin-widgets [class*="testing-run"]');
  await becomes(() => ticks.count(), 6);
  await workbench.selectLines(2, 2);
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  await page.keyboard.press('Home');
  await becomes(() => ticks.count(), 5);
  await becomes(async () => (await workbench.lineTexts()).length, 5);
  await workbench.runCommand('File: Revert File');

  await workbench.openFile('rollouts/code-policy.jsonl');
  await workbench.selectLines(1, 8);
  await workbench.runCommand('RLVR: Verify Selection');
  await workbench.statusBarItem(/8 of 8 verified: .*incorrect/).waitFor();
  await workbench.runCommand('Test Results: Focus on Test Results View');
  const failed = page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'incorrect: Test' }).first();
  await failed.click();
  const results = page.locator('.part.panel');
  await results.locator('.monaco-diff-editor').first().waitFor();
  await results.locator('.monaco-diff-editor .view-line').filter({ hasText: /input\sof\stest/ }).first().waitFor();
});

workbenchTest('rollouts of a tree are verified, math and code together', async ({ workbench }) => {
  await workbench.openContainer('RLVR');
  for (const counted of [/^rollouts\/math-policy\.jsonl, 640 rollouts/, /^rollouts\/code-policy\.jsonl, 218 rollouts/]) await workbench.treeItem('Rollouts', counted).waitFor();
  await workbench.clickTreeItem('Rollouts', 'rollouts/math-policy.jsonl');
  await workbench.clickTreeItem('Rollouts', 'Find all real numbers');
  // By its arrow, which leaves the selection as it is.
  await workbench.treeItem('Rollouts', 'rollouts/code-policy.jsonl').locator('.monaco-tl-twistie').click();
  const code = workbench.treeItem('Rollouts', 'A packing robot');
  await code.click({ modifiers: ['Control'] });
  await workbench.contextMenu(code, 'Verify Selection');
  await workbench.statusBarItem(/16 of 16 verified/).waitFor();
  await workbench.treeItem('Rollouts', /^A packing robot.* of 8 correct/).waitFor();
  await workbench.noNotifications();
});
