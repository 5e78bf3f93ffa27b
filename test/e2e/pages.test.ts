// The pages' real bundles in Chromium, under their real content-security policy, with a host played by the test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../../scripts/lib/checkout.ts';
import { listRecipes } from '../../server/training/recipes/recipes.ts';
import type { RolloutPage } from '../../server/protocol/rollout.ts';
import { type AuditAction, AuditActionSchema, type AuditEvent } from '../../webview/audit/contract.ts';
import { DashboardActionSchema, type DashboardAction, type DashboardEvent } from '../../webview/dashboard/contract.ts';
import { Groups, InspectorActionSchema, OneRollout, RolloutText, type InspectorAction, type InspectorEvent } from '../../webview/inspector/contract.ts';
import { LauncherActionSchema, Preview, type LauncherAction, type LauncherEvent, type PageLaunch } from '../../webview/launcher/contract.ts';
import { Decide, ProblemActionSchema, type ProblemAction, type ProblemEvent } from '../../webview/problem/contract.ts';
import { launchBrowser } from '../support/browser.ts';
import { sampleAudit, samplePairs } from './pages/auditData.ts';
import { codeProblem, codeRow, mathProblem, mathRow, sampleRecord } from './pages/problemData.ts';
import { SampleRollouts } from './pages/rolloutData.ts';
import { sampleEvents, sampleRun, stageRuns } from './pages/runData.ts';
import { openStand, type Stand, type StandOptions } from './pages/stand.ts';
import { THEMES, type ThemeName } from './pages/themes.ts';

const TIMEOUT = { timeout: 60_000 };
let browser: Browser;
before(async () => {
  assert.ok(existsSync(join(root, 'dist/webview/inspector.js')), 'build first: node scripts/build.mjs');
  browser = await launchBrowser();
});
after(() => browser.close());

type InspectorStand = Stand<InspectorEvent, InspectorAction>;

async function inspector(data: SampleRollouts, options: Partial<StandOptions<InspectorAction>> & { rollout?: (ref: number) => RolloutPage; text?: string } = {}): Promise<InspectorStand> {
  const stand = await openStand<InspectorEvent, InspectorAction>(browser, { page: 'inspector', actions: InspectorActionSchema, ...options });
  stand.channel.serve(Groups, ({ query, offset, limit }) => Promise.resolve(data.page(query.query ?? '', offset, limit)));
  stand.channel.serve(OneRollout, ({ ref }) => Promise.resolve(options.rollout?.(ref) ?? data.rollout(ref)));
  stand.channel.serve(RolloutText, ({ offset, length }) => Promise.resolve({ text: (options.text ?? '').slice(offset, offset + length) }));
  stand.channel.send({ type: 'start', file: 'step_0120.jsonl', folder: 'rollouts', trusted: true });
  stand.channel.send({ type: 'opened', info: data.info });
  return stand;
}

async function launcher(preview: (request: PageLaunch) => { errors: number }, options: Partial<StandOptions<LauncherAction>> = {}): Promise<Stand<LauncherEvent, LauncherAction>> {
  const stand = await openStand<LauncherEvent, LauncherAction>(browser, { page: 'launcher', actions: LauncherActionSchema, ...options });
  stand.channel.serve(Preview, (request) => Promise.resolve({
    directory: `/lab/runs/${request.runId}`, files: [], command: `run \\\n  n=${request.settings.rolloutsPerProblem}`, stepsPerEpoch: 5, problems: { total: 60, kept: 41, removed: { contaminated: 19 } },
    lints: [
      ...Array.from({ length: preview(request).errors }, () => ({ severity: 'error' as const, field: 'problems', message: 'choose a problem set' })),
      ...(request.settings.batchSize > 41 ? [{ severity: 'warning' as const, field: 'batchSize', message: 'fewer problems than a batch', suggestion: { text: '32', label: 'Use a batch of 32' } }] : []),
    ],
  }));
  const file = (name: string, domain: 'math' | 'code' = 'math') => ({ path: `/lab/${name}`, name, schema: 'rlvr', domain });
  stand.channel.send({ type: 'start', recipes: listRecipes(), problems: [file('problems/code.jsonl', 'code'), file('problems/math.jsonl')], rollouts: [file('rollouts/math.jsonl')], root: '/lab/runs', trusted: true, stageId: 'math-16k' });
  return stand;
}

async function dashboard(options: Partial<StandOptions<DashboardAction>> = {}): Promise<Stand<DashboardEvent, DashboardAction>> {
  const stand = await openStand<DashboardEvent, DashboardAction>(browser, { page: 'dashboard', actions: DashboardActionSchema, ...options });
  stand.channel.send({ type: 'start', directory: sampleRun.directory, run: sampleRun, trusted: true });
  stand.channel.send({ type: 'events', events: sampleEvents(40) });
  stand.channel.send({ type: 'stages', stages: stageRuns });
  return stand;
}

async function problem(options: Partial<StandOptions<ProblemAction>> & { code?: boolean } = {}): Promise<Stand<ProblemEvent, ProblemAction>> {
  const stand = await openStand<ProblemEvent, ProblemAction>(browser, { page: 'problem', actions: ProblemActionSchema, ...options });
  const shown = options.code ? { problem: codeProblem, row: codeRow } : { problem: mathProblem, row: mathRow };
  stand.channel.send({ type: 'start', path: '/lab/problems/math.jsonl', name: 'problems/math.jsonl', id: shown.problem.id });
  stand.channel.send({ type: 'problem', fileAnswer: shown.problem.answer, ...shown });
  stand.channel.send({ type: 'record', record: sampleRecord(), issue: null });
  return stand;
}

async function audit(options: Partial<StandOptions<AuditAction>> & { pairs?: number } = {}): Promise<Stand<AuditEvent, AuditAction>> {
  const stand = await openStand<AuditEvent, AuditAction>(browser, { page: 'audit', actions: AuditActionSchema, ...options });
  stand.channel.send({ type: 'start', path: '/lab/rollouts/math.jsonl', name: 'rollouts/math.jsonl', trusted: true });
  stand.channel.send({ type: 'found', from: 0, pairs: samplePairs(options.pairs ?? 40) });
  stand.channel.send({ type: 'progress', progress: { phase: 'ended', audit: sampleAudit } });
  return stand;
}

const PAGES = [
  ['inspector', () => inspector(new SampleRollouts(40, 16)), '.verdict'],
  ['problem', () => problem(), '.record'],
  ['launcher', () => launcher(() => ({ errors: 0 })), '.kept-bar'],
  ['dashboard', () => dashboard(), '.steps'],
  ['audit', () => audit(), '.times'],
] as const;

for (const [name, open, ready] of PAGES) {
  test(`${name}: draws without a complaint of the browser, the policy included`, TIMEOUT, async () => {
    const stand = await open();
    await stand.page.waitForSelector(ready);
    assert.deepEqual(stand.complaints, []);
    await stand.close();
  });
}

for (const theme of Object.keys(THEMES) as ThemeName[]) {
  test(`every page is readable in ${theme}: text and background differ enough`, TIMEOUT, async () => {
    const stands = [await inspector(new SampleRollouts(10, 8), { theme }), await problem({ theme }), await launcher(() => ({ errors: 1 }), { theme }), await dashboard({ theme }), await audit({ theme })];
    for (const stand of stands) {
      await stand.page.waitForSelector('.verdict, .record, .kept-bar, .steps, .times');
      const contrast: number = await stand.page.evaluate(CONTRAST);
      assert.ok(contrast >= 4.5, `${contrast}`);
      await stand.close();
    }
  });
}

test('at 600 pixels and at double zoom nothing is wider than the page', TIMEOUT, async () => {
  for (const size of [{ width: 600, height: 800 }, { width: 680, height: 420 }]) {
    for (const stand of [await inspector(new SampleRollouts(10, 8), { size }), await problem({ size, code: true }), await launcher(() => ({ errors: 0 }), { size }), await dashboard({ size }), await audit({ size })]) {
      await stand.page.waitForSelector('.verdict, .record, .kept-bar, .steps, .times');
      const width: number = await stand.page.evaluate('document.documentElement.scrollWidth');
      assert.ok(width <= size.width, `${width} > ${size.width}`);
      await stand.close();
    }
  }
});

test('inspector: 100,000 rollouts scroll smoothly, and few lines exist', TIMEOUT, async () => {
  const stand = await inspector(new SampleRollouts(6250, 16));
  await stand.page.waitForSelector('.verdict');
  const result: { median: number; worst: number; lines: number } = await stand.page.evaluate(SCROLL);
  console.log(`frames while scrolling over 100,000 rollouts: median ${result.median.toFixed(1)} ms, 95th percentile ${result.worst.toFixed(1)} ms`);
  assert.ok(result.lines < 120, `${result.lines} lines`);
  // Generous: the test's own host feeds pages through the debugger, and the machine may be busy. A list that lays out all its lines takes seconds.
  assert.ok(result.median < 100, `median frame ${result.median} ms`);
  await stand.close();
});

test('inspector: keys move, find the next wrong one, compare, show raw text and the sheet of keys', TIMEOUT, async () => {
  const stand = await inspector(new SampleRollouts(20, 16));
  const { page } = stand;
  await page.waitForSelector('.line.cursor');
  const sample = (): Promise<string | null> => page.locator('.rollout-view').last().getAttribute('aria-label');
  assert.equal(await sample(), 'Sample 1');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[aria-label="Sample 2"]');
  await page.keyboard.press('ArrowUp');
  await page.waitForSelector('[aria-label="Sample 1"]');
  await page.keyboard.press('n');
  await page.waitForSelector('.verdict-wrong');
  await page.keyboard.press('c');
  await page.waitForSelector('.compare');
  assert.equal(await page.locator('.rollout-view').count(), 2);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.compare', { state: 'detached' });
  await page.keyboard.press('r');
  await page.waitForSelector('.raw');
  await page.keyboard.press('r');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await page.keyboard.press('f');
  await page.keyboard.type('none');
  await page.waitForSelector('text=Nothing matches');
  await stand.close();
});

test('inspector: the selection is told to the host, and v verifies it', TIMEOUT, async () => {
  const stand = await inspector(new SampleRollouts(20, 16));
  const { page } = stand;
  await page.waitForSelector('.verdict');
  await page.locator('.list').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[aria-label="Sample 2"]');
  await page.keyboard.press('Space');
  await page.keyboard.press('v');
  assert.deepEqual(await stand.waitSent('verifySelection'), { type: 'verifySelection', refs: [0, 1] });
  const { refs } = (stand.sent.findLast((event) => event.type === 'selection') ?? { refs: [] }) as { refs: number[] };
  assert.deepEqual(refs, [0, 1]);
  await stand.close();
});

test('inspector: new rows wait for the reader; new verdicts colour the lines in place', TIMEOUT, async () => {
  const data = new SampleRollouts(20, 16);
  data.verified = false;
  const stand = await inspector(data);
  const { page } = stand;
  await page.waitForSelector('.verdict');
  assert.equal(await page.locator('.sq-correct').count(), 0);
  data.verified = true;
  data.generation = 2;
  stand.channel.send({ type: 'changed', info: data.info });
  await page.waitForSelector('.sq-correct');
  stand.channel.send({ type: 'changed', info: { ...data.info, rollouts: 336, groups: 21, generation: 3 } });
  await page.waitForSelector('text=16 new rollouts');
  assert.equal(await page.locator('.line.group').first().getAttribute('aria-setsize'), '20');
  await stand.close();
});

test('inspector: hostile text stays text, with no complaint and no request', TIMEOUT, async () => {
  const data = new SampleRollouts(2, 4);
  const evil = '<script>window.hacked=1</script><img src="https://evil.test/x" onerror="window.hacked=1">';
  const response = `${evil}\n\n$\\href{javascript:window.hacked=1}{x}$ $\\includegraphics{https://evil.test/y.png}$ \n\n[a](javascript:alert(1)) ![b](https://evil.test/z)\n\n$$${'\\frac{1}{'.repeat(300)}x${'}'.repeat(300)}$$\n\n\`\`\`html\n${evil}\n\`\`\`\n$\\def\\a{\\a\\a}\\a$ \\boxed{7} `;
  const stand = await inspector(data, { rollout: (ref) => {
    const page = data.rollout(ref);
    return { ...page, response, responseLength: response.length, prompt: [{ role: evil, content: evil }], extra: { [evil]: evil }, model: evil, gold: evil, segments: [{ kind: 'answer', start: 0, end: response.length, tokens: 100 }], verdict: page.verdict && { ...page.verdict, reason: evil, extracted: { text: evil, start: 0, end: evil.length }, warnings: [{ code: evil, message: evil }] } };
  } });
  const asked: string[] = [];
  stand.page.on('request', (request) => asked.push(request.url()));
  await stand.page.waitForSelector('.answer-part .rich');
  await stand.page.keyboard.press('p');
  await stand.page.keyboard.press('r');
  await stand.page.waitForSelector('.raw');
  assert.equal(await stand.page.evaluate('window.hacked'), undefined);
  assert.equal(await stand.page.locator('main img, main script, main a').count(), 0);
  assert.deepEqual(asked.filter((url) => url.includes('evil')), []);
  assert.deepEqual(stand.complaints, []);
  await stand.close();
});

test('inspector: an answer behind a response too long to be sent is fetched, shown and reached by its verdict', TIMEOUT, async () => {
  const data = new SampleRollouts(1, 1);
  const thinking = `${'One more thought about it.\n\n'.repeat(120_000)}</think>`;
  const text = `${thinking}\nSo it is $\\boxed{\\frac{5}{12}}$ indeed.`;
  const at = text.indexOf('\\frac{5}{12}');
  const close = thinking.length - 8;
  const stand = await inspector(data, { text, rollout: (ref) => {
    const page = data.rollout(ref);
    const found = { text: '\\frac{5}{12}', start: at, end: at + 12 };
    return { ...page, response: text.slice(0, 100_000), responseLength: text.length, segments: [{ kind: 'thinking', start: 0, end: close, tokens: 800_000 }, { kind: 'tag', start: close, end: close + 8, tokens: 1 }, { kind: 'answer', start: close + 8, end: text.length, tokens: 12 }], verdict: page.verdict && { ...page.verdict, extracted: found } };
  } });
  await stand.page.waitForSelector('.answer-part .mark-answer-math');
  await stand.page.click('button.value');
  await stand.page.waitForSelector('.mark-answer-math.flash');
  await stand.page.keyboard.press('t');
  await stand.page.waitForSelector('.paragraph');
  assert.ok(await stand.page.locator('.paragraph').count() <= 60);
  await stand.close();
});

test('inspector: failed, empty and away states say what is the matter', TIMEOUT, async () => {
  const stand = await openStand<InspectorEvent, InspectorAction>(browser, { page: 'inspector', actions: InspectorActionSchema });
  stand.channel.send({ type: 'start', file: 'a.jsonl', folder: '', trusted: true });
  stand.channel.send({ type: 'failed', message: 'a.jsonl: not a rollouts file' });
  await stand.page.waitForSelector('text=not a rollouts file');
  await stand.page.click('text=Try Again');
  await stand.waitSent('retry');
  stand.channel.send({ type: 'connection', since: Date.now() });
  await stand.page.waitForSelector('text=The server is away');
  stand.channel.send({ type: 'connection', since: null });
  await stand.page.waitForSelector('text=The server is away', { state: 'detached' });
  await stand.close();
});

test('inspector: where the reader was is kept for the next load', TIMEOUT, async () => {
  const data = new SampleRollouts(20, 16);
  const first = await inspector(data);
  await first.page.waitForSelector('.verdict');
  await first.page.keyboard.press('ArrowDown');
  await first.page.waitForSelector('[aria-label="Sample 2"]');
  const state = await first.state();
  await first.close();
  const second = await inspector(data, { state });
  await second.page.waitForSelector('[aria-label="Sample 2"]');
  await second.close();
});

test('problem: a decision goes to the host and its answer is shown', TIMEOUT, async () => {
  const stand = await problem();
  const made: unknown[] = [];
  stand.channel.serve(Decide, ({ decision }) => {
    made.push(decision);
    return Promise.resolve({ row: { ...mathRow, state: 'dropped' as const, labels: ['duplicate'], decision: decision && { ...decision, id: 'coin-0', at: '2026-01-01T00:00:00Z' } } });
  });
  await stand.page.click('text=Drop…');
  await stand.page.click('text=duplicate');
  await stand.page.waitForSelector('text=You dropped it: duplicate');
  assert.deepEqual(made, [{ action: 'drop', reason: 'duplicate' }]);
  await stand.page.locator('.record .squares button').nth(2).click();
  assert.deepEqual(await stand.waitSent('openRollout'), { type: 'openRollout', path: '/lab/runs/a/rollouts/0.jsonl', ref: 2 });
  await stand.close();
});

test('launcher: errors forbid the launch, an edit shows what it was and what it changes in the command', TIMEOUT, async () => {
  const stand = await launcher((request) => ({ errors: request.problems.length === 0 ? 1 : 0 }));
  const { page } = stand;
  const launch = page.locator('vscode-button', { hasText: 'Rehearse' });
  const math = page.getByRole('group', { name: 'Problem sets' }).locator('vscode-checkbox', { hasText: 'problems/math.jsonl' });
  await page.waitForSelector('.summary .right');
  await math.click();
  await page.waitForSelector('.summary .wrong:has-text("choose a problem set")');
  assert.notEqual(await launch.getAttribute('disabled'), null);
  await math.click();
  await page.click('text=Use a batch of 32');
  await page.waitForSelector('text=No objections.');
  assert.equal(await launch.getAttribute('disabled'), null);
  await page.locator('vscode-text-field[aria-label="Rollouts per problem (G)"] input').fill('12');
  await page.waitForSelector('.file .changed');
  assert.match(await page.locator('.file .changed').innerText(), /n=12/);
  await page.click('text=was 16');
  await page.waitForSelector('text=was 16', { state: 'detached' });
  await page.locator('vscode-text-field[aria-label="Rollouts per problem (G)"] input').fill('x');
  await page.waitForSelector('text=is not a number');
  assert.notEqual(await launch.getAttribute('disabled'), null);
  await stand.close();
});

test('launcher: the stage’s domain chooses the files until the user does', TIMEOUT, async () => {
  const stand = await launcher(() => ({ errors: 0 }));
  const { page } = stand;
  const box = (name: string) => page.getByRole('group', { name: 'Problem sets' }).locator('vscode-checkbox', { hasText: name });
  const checked = async (): Promise<(string | null)[]> => [await box('problems/math.jsonl').getAttribute('aria-checked'), await box('problems/code.jsonl').getAttribute('aria-checked')];
  await page.waitForSelector('text=Preselected: the math sets of this workspace.');
  assert.deepEqual(await checked(), ['true', 'false']);
  await page.click('text=Code 24K');
  await page.waitForSelector('text=Preselected: the code sets of this workspace.');
  assert.deepEqual(await checked(), ['false', 'true']);
  await box('problems/math.jsonl').click();
  await page.waitForSelector('text=Preselected: the code sets of this workspace.', { state: 'detached' });
  await page.click('text=Math 24K');
  await page.waitForSelector('text=Preselected: the math sets of this workspace.');
  await page.click('text=Code 24K');
  await page.waitForSelector('text=Code 24K >> nth=0');
  await page.waitForFunction('document.querySelector(".stage-title").textContent.includes("Code 24K")');
  assert.deepEqual(await checked(), ['true', 'true'], 'a choice stays with its domain');
  await stand.close();
});

test('launcher: a suggested value is taken by a click only, and shows what it was', TIMEOUT, async () => {
  const stand = await launcher(() => ({ errors: 0 }));
  const { page } = stand;
  const batch = page.locator('vscode-text-field[aria-label="Batch"] input');
  await page.waitForSelector('text=fewer problems than a batch');
  assert.equal(await batch.inputValue(), '128');
  await page.click('text=Use a batch of 32');
  await page.waitForSelector('text=was 128');
  assert.equal(await batch.inputValue(), '32');
  await page.waitForSelector('text=No objections.');
  await page.click('text=was 128');
  await page.waitForSelector('text=fewer problems than a batch');
  assert.equal(await batch.inputValue(), '128');
  await stand.close();
});

test('launcher: the button to launch is in sight at every width', TIMEOUT, async () => {
  for (const width of [400, 600, 1000, 1400]) {
    const stand = await launcher(() => ({ errors: 0 }), { size: { width, height: 700 } });
    await stand.page.waitForSelector('.kept-bar', { state: 'attached' });
    const box = await stand.page.locator('vscode-button', { hasText: 'Rehearse' }).boundingBox();
    assert.ok(box && box.y + box.height <= 700 && box.x + box.width <= width, `${width}: ${JSON.stringify(box)}`);
    await stand.close();
  }
});

test('dashboard: the run’s name is whole at every width', TIMEOUT, async () => {
  for (const width of [400, 600, 1000, 1400]) {
    const stand = await dashboard({ size: { width, height: 700 } });
    await stand.page.waitForSelector('h1:has-text("math-16k-7b-sample")');
    const cut: boolean = await stand.page.evaluate('(() => { const h = document.querySelector("h1"); return h.scrollWidth > h.clientWidth || h.getBoundingClientRect().right > innerWidth; })()');
    assert.equal(cut, false, `${width}`);
    await stand.close();
  }
});

test('dashboard: validation has its charts when there is any, and none before', TIMEOUT, async () => {
  const stand = await dashboard();
  const { page } = stand;
  await page.waitForSelector('.steps tbody tr');
  assert.equal(await page.locator('.chart').count(), 6);
  const events = sampleEvents(40);
  const validated = [42, 44].map((step, index) => ({ seq: events.length + 1 + index, time: new Date().toISOString(), body: { type: 'step' as const, step, metrics: { 'critic/score/mean': 0.4, 'val-core/aime24/acc/mean@64': 0.606, 'val-core/math500/acc/mean@4': 0.9 } } }));
  stand.channel.send({ type: 'events', events: validated });
  await page.waitForSelector('.chart >> text=Validation aime24 mean@64');
  assert.equal(await page.locator('.chart').count(), 8);
  assert.match(await page.locator('.chart').first().innerText(), /60\.6 %/);
  assert.match(await page.locator('.tile').first().innerText(), /60\.6 %\s+validation, step 44/);
  assert.deepEqual(stand.complaints, []);
  await stand.close();
});

test('dashboard: live events move the numbers; away and alerts are said; a step leads to its rollouts', TIMEOUT, async () => {
  const stand = await dashboard();
  const { page } = stand;
  await page.waitForSelector('.steps tbody tr');
  const events = sampleEvents(60);
  stand.channel.send({ type: 'run', run: { ...sampleRun, step: 60 } });
  stand.channel.send({ type: 'events', events: events.filter((event) => event.seq > sampleEvents(40).length - 1) });
  await page.waitForSelector('.steps tbody tr:first-child td:first-child:text-is("60")');
  await page.waitForSelector('text=a sample of an alert');
  stand.channel.send({ type: 'connection', since: Date.now() - 12_000 });
  await page.waitForSelector('text=/last seen 1[2-9] s ago, events are safe on disk/');
  await page.locator('.steps tbody button').first().click();
  assert.deepEqual(await stand.waitSent('openRollouts'), { type: 'openRollouts', path: '/lab/runs/math-16k-7b-sample/rollouts/60.jsonl' });
  assert.equal(await page.locator('.chart canvas').count(), 6);
  assert.deepEqual(stand.complaints, []);
  await stand.close();
});

test('dashboard: the buttons stay the same elements while steps come in', TIMEOUT, async () => {
  const stand = await dashboard();
  const { page } = stand;
  await page.waitForSelector('text=Rollouts of Step 40');
  const stop = await page.locator('vscode-button', { hasText: 'Stop' }).elementHandle();
  const events = sampleEvents(60);
  stand.channel.send({ type: 'events', events: events.filter((event) => event.seq > sampleEvents(40).length - 1) });
  await page.waitForSelector('text=Rollouts of Step 60');
  assert.equal(await stop?.isVisible(), true, 'Stop was not made anew');
  await page.click('text=Rollouts of Step 60');
  assert.deepEqual(await stand.waitSent('openRollouts'), { type: 'openRollouts', path: '/lab/runs/math-16k-7b-sample/rollouts/60.jsonl' });
  await stand.close();
});

test('dashboard: a rehearsal says that it trains no model', TIMEOUT, async () => {
  const stand = await dashboard();
  stand.channel.send({ type: 'start', directory: sampleRun.directory, run: { ...sampleRun, engine: 'rehearsal', engineLabel: 'rehearsal (trains no model)' }, trusted: true });
  await stand.page.waitForSelector('text=A rehearsal trains no model');
  await stand.close();
});

test('audit: disagreements by frequency, bounded, filtered by side, each with its rollouts and a way to a test', TIMEOUT, async () => {
  const stand = await audit({ pairs: 3_000 });
  const { page } = stand;
  await page.waitForSelector('.times');
  const rows = page.locator('tbody tr');
  assert.equal(await rows.count(), 100);
  const times = (await page.locator('td.times').allTextContents()).map((text) => Number(text.replace('×', '')));
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
  assert.equal(times[0], 50);
  await page.getByText('Show 100 More').click();
  assert.equal(await rows.count(), 200);
  await page.getByRole('button', { name: /Only the second checker equal/ }).click();
  assert.equal(await rows.filter({ hasText: 'incorrect' }).count(), 100);
  assert.equal(await page.getByRole('button', { name: /Only the second checker equal/ }).getAttribute('aria-pressed'), 'true');
  // The most frequent of that side: what is sent names the same pair.
  const first = rows.first();
  const pairs = samplePairs(3_000);
  await first.getByText('Copy as Test').click();
  const copied = await stand.waitSent('copyTest');
  assert.ok(copied.type === 'copyTest' && pairs[copied.index]?.count === 49 && pairs[copied.index]?.opinion === 'equal', JSON.stringify(copied));
  await first.getByText('Open', { exact: true }).click();
  const opened = await stand.waitSent('openRollout');
  assert.ok(opened.type === 'openRollout' && copied.type === 'copyTest' && opened.ref === copied.index);
  await page.getByText('Copy Report').click();
  await stand.waitSent('copyReport');
  assert.equal(await page.title(), 'audit');
  assert.deepEqual(stand.complaints, []);
  await stand.close();
});

test('audit: what was found stands while it runs, after it was cancelled, and when it failed', TIMEOUT, async () => {
  const stand = await audit({ pairs: 3 });
  const { page } = stand;
  stand.channel.send({ type: 'found', from: 0, pairs: [] });
  stand.channel.send({ type: 'progress', progress: { phase: 'asking', done: 2, total: 40 } });
  await page.getByText('No disagreement so far.').waitFor();
  stand.channel.send({ type: 'found', from: 0, pairs: samplePairs(2) });
  stand.channel.send({ type: 'found', from: 2, pairs: samplePairs(3).slice(2) });
  await page.locator('tbody tr').nth(2).waitFor();
  await page.getByText('Cancel', { exact: true }).click();
  await stand.waitSent('cancel');
  stand.channel.send({ type: 'progress', progress: { phase: 'ended', audit: { ...sampleAudit, asked: 3, cancelled: true } } });
  await page.locator('.outcome').getByText('Cancelled after 3 of 4,000 distinct pairs.').waitFor();
  stand.channel.send({ type: 'progress', progress: { phase: 'failed', message: 'the server is away' } });
  await page.locator('.outcome').getByText('Failed: the server is away').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 3);
  await page.getByText('Run Again').click();
  await stand.waitSent('run');
  assert.deepEqual(stand.complaints, []);
  await stand.close();
});

test('a message that nobody knows is ignored, and the page goes on', TIMEOUT, async () => {
  const stand = await inspector(new SampleRollouts(4, 4));
  await stand.page.waitForSelector('.verdict');
  await stand.page.evaluate("window.postMessage({ type: 'event', event: { type: 'surprise' } }, '*'); window.postMessage('x', '*');");
  await stand.page.keyboard.press('ArrowDown');
  await stand.page.waitForSelector('[aria-label="Sample 2"]');
  assert.equal(stand.complaints.filter((text) => text.includes('ignored')).length, 2);
  await stand.close();
});

/** Runs in the page: contrast of the foreground against the editor's background, by WCAG's formula. */
const CONTRAST = `(() => {
  const style = getComputedStyle(document.body);
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
})()`;

/** Runs in the page: scrolls from top to bottom in 240 frames; milliseconds of the median frame and of the 95th percentile. */
const SCROLL = `new Promise((resolve) => {
  const list = document.querySelector('.list');
  const frames = [];
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    if (frames.length === 241) {
      const sorted = frames.slice(1).sort((a, b) => a - b);
      return resolve({ median: sorted[120], worst: sorted[228], lines: document.querySelectorAll('.line').length });
    }
    list.scrollTop = (list.scrollHeight * frames.length) / 240;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;
