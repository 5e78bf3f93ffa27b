// Curating in the Problems view, as a person does it: decisions are stored beside the set, the set itself is never touched.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { workbenchTest } from './harness.ts';

workbenchTest('a set is searched, and problems are kept, dropped, edited and restored', async ({ workbench, host }) => {
  const set = join(host.workspace, 'problems/math.jsonl');
  const decisions = `${set}.decisions.jsonl`;
  const source = readFileSync(set, 'utf8');
  const stored = () => (existsSync(decisions) ? readFileSync(decisions, 'utf8').trim().split('\n').filter(Boolean) : []);

  await workbench.openContainer('RLVR');
  await workbench.treeItem('Problems', /^problems\/math\.jsonl.*3 filtered/).waitFor();
  await workbench.clickTreeItem('Problems', 'problems/math.jsonl');
  await workbench.runCommand('RLVR: Search Problems…');
  await workbench.answer('probability');
  await workbench.treeItem('Problems', /^problems\/math\.jsonl, 6 of 74/).waitFor();
  await workbench.view('Problems').getByText('Showing: “probability”').waitFor();

  // Two at once, with a reason of the user's own.
  const first = workbench.treeItem('Problems', 'Two fair six-sided dice');
  await first.click();
  await workbench.treeItem('Problems', 'A bag holds').click({ modifiers: ['Control'] });
  await workbench.contextMenu(first, 'Drop…');
  await workbench.answer('needs a picture');
  await workbench.treeItem('Problems', /^Two fair six-sided dice.*dropped: needs a picture/).waitFor();
  await eventually(() => stored().length === 2, 'two decisions are stored');
  assert.ok(stored().every((line) => line.includes('"reason":"needs a picture"')));

  await first.click();
  await workbench.contextMenu(first, 'Edit Answer…');
  await workbench.answer('1/7');
  await workbench.treeItem('Problems', /^Two fair six-sided dice.*= 1\/7/).waitFor();
  const page = await workbench.webview('Problem');
  await page.getByText('edited; in the file: \\frac{5}{12}').waitFor();

  // A click first: both are still selected, and the menu would mean both.
  const second = workbench.treeItem('Problems', 'A bag holds');
  await second.click();
  await workbench.contextMenu(second, 'Restore');
  await eventually(() => stored().length === 1, 'one decision is left');
  assert.equal(readFileSync(set, 'utf8'), source);

  await first.click();
  await workbench.contextMenu(first, 'Go to Line in File');
  await workbench.tab('math.jsonl').waitFor();
  await workbench.runCommand('RLVR: Clear Problem Filter');
  await workbench.treeItem('Problems', /^problems\/math\.jsonl, 74/).waitFor();
});

workbenchTest('filters count, sets without a match give way, and what cannot be read is listed with the reason', async ({ workbench, host }) => {
  writeFileSync(join(host.workspace, 'problems', 'torn.parquet'), 'PAR1 and nothing more');
  writeFileSync(join(host.workspace, 'problems', 'wide.jsonl'), Buffer.from('\ufeff{"problem":"What is 1+1?","answer":"2"}\n', 'utf16le'));
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Problems', /^problems\/torn\.parquet, .*footer/).waitFor();
  await workbench.treeItem('Problems', /^problems\/wide\.jsonl, the file is UTF-16; save it as UTF-8/).waitFor();
  await workbench.treeItem('Problems', /^problems\/more\/verl-like\.parquet, 8/).waitFor();

  // Pass rate and answer stand before the title, and are seen at the width that a side bar has.
  await workbench.clickTreeItem('Problems', 'problems/math.jsonl');
  const first = workbench.treeItem('Problems', 'Find all real numbers x with √(2x+3) = x');
  assert.match(await first.innerText(), /^\s*\d\/8\s+= 3\s+Find all real/);
  await workbench.clickTreeItem('Problems', 'problems/math.jsonl');
  await workbench.treeItem('Problems', /^problems\/more\/verl-like\.parquet, 8/).waitFor();

  await workbench.runCommand('RLVR: Filter Problems…');
  const never = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'never solved' });
  const many = Number(/never solved\s*(\d+)/.exec((await never.innerText()).replaceAll('\n', ' '))?.[1]);
  assert.ok(many > 0);
  await never.click();
  await workbench.page.keyboard.press('Enter');
  await workbench.view('Problems').getByText('Showing: never solved').waitFor();
  // The Parquet file knows no pass rates.
  await workbench.treeItem('Problems', /^problems\/more\/verl-like\.parquet/).waitFor({ state: 'hidden' });
  await workbench.runCommand('RLVR: Clear Problem Filter');

  // A problem of a Parquet file has no line to go to, and no id: its first words are its name.
  await workbench.clickTreeItem('Problems', 'problems/more/verl-like.parquet');
  const last = workbench.treeItem('Problems', 'The sequence a_1=2');
  await last.click();
  await workbench.tab('The sequence a_1=2').waitFor();
  const page = await workbench.webview('Problem');
  await page.locator('h1', { hasText: 'The sequence a_1=2' }).waitFor();
  await last.click({ button: 'right' });
  const menu = workbench.page.locator('.context-view .monaco-menu');
  await menu.getByText('Open Problem').waitFor();
  assert.equal(await menu.getByText('Go to Line in File').count(), 0);
  await workbench.page.keyboard.press('Escape');
});
