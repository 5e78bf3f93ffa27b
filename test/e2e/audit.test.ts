// "Audit Math Verifier" in a real workbench: consent first, then the audit with a fake checker that compares texts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { FAKE_VERSION, makeFakeChecker } from '../support/fakeChecker.ts';
import { workbenchTest } from './harness.ts';

const cacheHome = mkdtempSync(join(tmpdir(), 'rlvr-cache-'));
after(() => rmSync(cacheHome, { recursive: true, force: true, maxRetries: 5 }));

const rollout = (id: string, gold: string, answer: string): string => `${JSON.stringify({ id, prompt: `Find the value of ${gold}.`, response: `<think>Hm.</think>\nIt is \\boxed{${answer}}.`, gold })}\n`;

workbenchTest('the audit asks before it installs, then lists disagreements and leads to their rollouts', async ({ workbench, host }) => {
  writeFileSync(join(host.workspace, 'rollouts', 'cases.jsonl'), rollout('a', '7', '7') + rollout('b', '33.3', '\\frac{100}{3}') + rollout('c', '12', '12 \\text{ cm}') + rollout('d', '33.3', '\\frac{100}{3}'));
  await workbench.openContainer('RLVR');
  const file = workbench.treeItem('Rollouts', /^rollouts\/cases\.jsonl, 4 rollouts/);
  await file.waitFor();
  await workbench.contextMenu(file, 'Audit Math Verifier');
  const question = workbench.dialog();
  await question.waitFor();
  const text = await question.innerText();
  for (const part of ['Install the second math checker?', 'sympy 1.12', 'antlr4-python3-runtime 4.11.1', 'package registry', join(cacheHome, 'rlvr', 'math-peer'), '110 MB']) assert.ok(text.includes(part), `${part} is not in: ${text}`);
  await question.getByText('Cancel', { exact: true }).click();
  const audit = await workbench.webview('Audit');
  await audit.locator('.outcome').getByText('Not run in this window yet.').waitFor();

  await makeFakeChecker(cacheHome);
  await audit.getByText('Run', { exact: true }).click();
  await audit.locator('.outcome').getByText('The checkers would pay 3 rollouts differently: 2 of 3 distinct pairs.').waitFor();
  await audit.getByText(FAKE_VERSION).waitFor();
  assert.deepEqual((await audit.locator('td.times').allTextContents()), ['2×', '1×']);
  const first = audit.locator('tbody tr').first();
  assert.match(await first.innerText(), /33\.3[\s\S]*\\frac\{100\}\{3\}[\s\S]*correct[\s\S]*rounding[\s\S]*different/);
  await audit.getByText('Copy as Test').first().click();
  await workbench.pick('Not correct');
  await workbench.statusBarItem('Test copied').waitFor();
  await first.getByText('Open', { exact: true }).click();
  const inspector = await workbench.webview('Rollout Inspector');
  await inspector.getByText('Find the value of 33.3.').first().waitFor();
  await workbench.noNotifications();
}, { env: { XDG_CACHE_HOME: cacheHome } });
