// Curating in the Problems view, as a person does it: decisions are stored beside the set, the set itself is never touched.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
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
