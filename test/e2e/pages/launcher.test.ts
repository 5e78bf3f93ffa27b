// The launcher in Chromium, with a host played by the test.
import assert from 'node:assert/strict';
import { listRecipes } from '../../../server/training/recipes/recipes.ts';
import { becomes } from '../../support/eventually.ts';
import { launcher } from './opened.ts';
import { pageTest } from './pageTest.ts';

pageTest('launcher: errors forbid the launch, an edit shows what it was and what it changes in the command', async (stands) => {
  const stand = await launcher(stands, (request) => ({ errors: request.problems.length === 0 ? 1 : 0 }));
  const { page } = stand;
  const allowed = page.locator('vscode-button:not([disabled])', { hasText: 'Rehearse' });
  const forbidden = page.locator('vscode-button[disabled]', { hasText: 'Rehearse' });
  const math = page.getByRole('group', { name: 'Problem sets' }).locator('vscode-checkbox', { hasText: 'problems/math.jsonl' });
  await page.waitForSelector('.summary .right');
  await math.click();
  await page.waitForSelector('.summary .wrong:has-text("choose a problem set")');
  await forbidden.waitFor();
  await math.click();
  await page.click('text=Use a batch of 32');
  await page.waitForSelector('text=No objections.');
  await allowed.waitFor();
  await page.locator('vscode-text-field[aria-label="Rollouts per problem (G)"] input').fill('12');
  await page.waitForSelector('.file .changed');
  assert.match(await page.locator('.file .changed').innerText(), /n=12/);
  await page.click('text=was 16');
  await page.waitForSelector('text=was 16', { state: 'detached' });
  await page.locator('vscode-text-field[aria-label="Rollouts per problem (G)"] input').fill('x');
  await page.waitForSelector('text=is not a number');
  await forbidden.waitFor();
});

pageTest('launcher: the stage’s domain chooses the files until the user does', async (stands) => {
  const stand = await launcher(stands, () => ({ errors: 0 }));
  const { page } = stand;
  const box = (name: string) => page.getByRole('group', { name: 'Problem sets' }).locator('vscode-checkbox', { hasText: name });
  const checked = async (): Promise<(string | null)[]> => [await box('problems/math.jsonl').getAttribute('aria-checked'), await box('problems/code.jsonl').getAttribute('aria-checked')];
  await page.waitForSelector('text=Preselected: the math sets of this workspace.');
  await becomes(checked, ['true', 'false']);
  await page.click('text=Code 24K');
  await page.waitForSelector('text=Preselected: the code sets of this workspace.');
  await becomes(checked, ['false', 'true']);
  await box('problems/math.jsonl').click();
  await page.waitForSelector('text=Preselected: the code sets of this workspace.', { state: 'detached' });
  await page.click('text=Math 24K');
  await page.waitForSelector('text=Preselected: the math sets of this workspace.');
  await page.click('text=Code 24K');
  await page.waitForFunction('document.querySelector(".stage-title").textContent.includes("Code 24K")');
  await becomes(checked, ['true', 'true'], 'a choice stays with its domain');
});

pageTest('launcher: all sets or none are chosen at once', async (stands) => {
  const stand = await launcher(stands, (request) => ({ errors: request.problems.length === 0 ? 1 : 0 }));
  const { page } = stand;
  const problems = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ path: `/lab/${name}.jsonl`, name: `${name}.jsonl`, schema: 'rlvr', domain: 'math' as const }));
  stand.channel.send({ type: 'start', recipes: listRecipes(), problems, rollouts: [], finished: [], root: '/lab/runs', trusted: true, recipeId: null, stageId: 'math-8k' });
  const sets = page.locator('[data-field="problems"]');
  await sets.getByText('5 of 5 chosen').waitFor();
  const ticked = sets.locator('vscode-checkbox[aria-checked="true"]');
  const all = await sets.locator('vscode-checkbox').count();
  await sets.getByRole('button', { name: 'None' }).click();
  await page.waitForSelector('.summary .wrong:has-text("choose a problem set")');
  await becomes(() => ticked.count(), 0);
  await sets.getByText(`0 of ${all} chosen`).waitFor();
  await sets.getByRole('button', { name: 'All' }).click();
  await page.waitForSelector('.summary .right');
  await becomes(() => ticked.count(), all);
});

pageTest('launcher: a set that is ticked for validation is no longer preselected for training', async (stands) => {
  const { page } = await launcher(stands, () => ({ errors: 0 }));
  const box = (group: string) => page.getByRole('group', { name: group }).locator('vscode-checkbox', { hasText: 'problems/math.jsonl' });
  await becomes(() => box('Problem sets').getAttribute('aria-checked'), 'true');
  await box('Validation sets').click();
  await becomes(() => box('Problem sets').getAttribute('aria-checked'), 'false');
  await box('Validation sets').click();
  await becomes(() => box('Problem sets').getAttribute('aria-checked'), 'true');
  await box('Problem sets').click();
  await box('Problem sets').click();
  await box('Validation sets').click();
  await becomes(() => box('Problem sets').getAttribute('aria-checked'), 'true', 'a choice of the user stays');
});

pageTest('launcher: a suggested value is taken by a click only, and shows what it was', async (stands) => {
  const stand = await launcher(stands, () => ({ errors: 0 }));
  const { page } = stand;
  const batch = page.locator('vscode-text-field[aria-label="Batch"] input');
  await page.waitForSelector('text=fewer problems than a batch');
  await becomes(() => batch.inputValue(), '128');
  await page.click('text=Use a batch of 32');
  await page.waitForSelector('text=was 128');
  await becomes(() => batch.inputValue(), '32');
  await page.waitForSelector('text=No objections.');
  await page.click('text=was 128');
  await page.waitForSelector('text=fewer problems than a batch');
  await becomes(() => batch.inputValue(), '128');
});

pageTest('launcher: the button to launch is in sight at every width', async (stands) => {
  for (const width of [400, 600, 1000, 1400]) {
    const stand = await launcher(stands, () => ({ errors: 0 }), { size: { width, height: 700 } });
    await stand.page.waitForSelector('.kept-bar', { state: 'attached' });
    const box = await stand.page.locator('vscode-button', { hasText: 'Rehearse' }).boundingBox();
    assert.ok(box && box.y + box.height <= 700 && box.x + box.width <= width, `${width}: ${JSON.stringify(box)}`);
  }
});
