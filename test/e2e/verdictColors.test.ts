// Verdicts in the editor can be read in every kind of theme.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchTest } from './harness.ts';

const THEMES = [
  { name: 'Dark 2026', class: 'vs-dark' }, { name: 'Light 2026', class: 'vs' },
  { name: 'Default High Contrast', class: 'hc-black' }, { name: 'Default High Contrast Light', class: 'hc-light' },
];

workbenchTest('verdicts of each kind stand out from the editor’s background in all four kinds of themes', async ({ workbench, host }) => {
  // A right one, wrong ones, and one without an answer.
  const lines = readFileSync(join(host.workspace, 'rollouts', 'math-policy.jsonl'), 'utf8').split('\n');
  const cut = lines.findIndex((line) => line.includes('"finish_reason":"length"'));
  writeFileSync(join(host.workspace, 'rollouts', 'few.jsonl'), [...lines.slice(0, 8), lines[cut] ?? ''].join('\n') + '\n');
  await workbench.openFile('rollouts/few.jsonl');
  await workbench.selectLines(1, 9);
  await workbench.page.keyboard.press('Control+Alt+V');
  await workbench.statusBarItem(/9 of 9 verified/).waitFor();
  const settings = join(host.workspace, '.vscode', 'settings.json');
  for (const theme of THEMES) {
    writeFileSync(settings, JSON.stringify({ 'window.autoDetectColorScheme': false, 'workbench.colorTheme': theme.name }));
    await workbench.page.waitForSelector(`.monaco-workbench.${theme.class}`);
    const found = await workbench.page.evaluate<{ kind: string; contrast: number }[]>(VERDICTS);
    assert.deepEqual([...new Set(found.map(({ kind }) => kind))].sort(), ['?', '✓', '✗'], theme.name);
    assert.deepEqual(found.filter(({ contrast }) => !(contrast >= 4.5)), [], theme.name);
  }
  // The same colours reach the pages.
  await workbench.runCommand('RLVR: Open in Rollout Inspector');
  const page = await workbench.webview('Rollout Inspector');
  await page.locator('.verdict-right').first().waitFor();
  assert.deepEqual(await page.evaluate<string[]>(`['--rlvr-right', '--rlvr-wrong', '--rlvr-warn'].map((name) => getComputedStyle(document.body).getPropertyValue(name))`), ['#007100', '#b5200d', '#895503']);
});

/** Runs in the page: each verdict's sign and its contrast with the editor's background. */
const VERDICTS = `(() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = light(getComputedStyle(document.querySelector('.editor-instance .monaco-editor-background')).backgroundColor);
  return [...document.querySelectorAll('.editor-group-container.active .view-line span span')].flatMap((span) => {
    const style = getComputedStyle(span, '::after');
    const kind = /^"\\s*([✓✗?!]) /.exec(style.content)?.[1];
    if (kind === undefined) return [];
    const [a, b] = [light(style.color), background].sort((x, y) => y - x);
    return [{ kind, contrast: (a + 0.05) / (b + 0.05) }];
  });
})()`;
