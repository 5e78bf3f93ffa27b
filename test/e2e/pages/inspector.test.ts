// The rollout inspector in Chromium, with a host played by the test.
import assert from 'node:assert/strict';
import { Groups, InspectorActionSchema, type InspectorAction, type InspectorEvent } from '../../../webview/inspector/contract.ts';
import { CallError } from '../../../webview/ui/messages.ts';
import { becomes } from '../../support/eventually.ts';
import { inspector } from './opened.ts';
import { pageTest } from './pageTest.ts';
import { SampleRollouts } from './rolloutData.ts';

pageTest('inspector: of 100,000 rollouts few lines exist, wherever one scrolls', async (stands) => {
  const { page } = await inspector(stands, new SampleRollouts(6250, 16));
  await page.waitForSelector('.verdict');
  const most: number = await page.evaluate(SCROLL);
  assert.ok(most > 5 && most < 120, `${most} lines`);
  // The last group: what is at the end of the list is drawn there.
  await page.waitForSelector('.line.group[aria-posinset="6250"]');
});

pageTest('inspector: keys move, find the next wrong one, compare, show raw text and the sheet of keys', async (stands) => {
  const stand = await inspector(stands, new SampleRollouts(20, 16));
  const { page } = stand;
  await page.waitForSelector('.line.cursor');
  await page.waitForSelector('[aria-label="Sample 1"]');
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
});

pageTest('inspector: the selection is told to the host, and v verifies it', async (stands) => {
  const stand = await inspector(stands, new SampleRollouts(20, 16));
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
});

pageTest('inspector: the first rollout of a group is opened as one of its group, and is what Verify Selection means', async (stands) => {
  const stand = await inspector(stands, new SampleRollouts(20, 16));
  const { page } = stand;
  await page.waitForSelector('.verdict');
  await page.click('.line.group[aria-posinset="2"]');
  await page.click('text=Open First Rollout');
  await page.waitForSelector('.chip:has-text("sample 1 of 16")');
  await page.waitForSelector('.line.rollout.cursor[aria-posinset="1"]');
  const told = (): unknown => stand.sent.filter((event) => event.type === 'selection').slice(-2);
  await becomes(told, [{ type: 'selection', refs: [], line: null }, { type: 'selection', refs: [16], line: 16 }]);
});

pageTest('inspector: new rows wait for the reader; new verdicts colour the lines in place', async (stands) => {
  const data = new SampleRollouts(20, 16);
  data.verified = false;
  const stand = await inspector(stands, data);
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
});

pageTest('inspector: hostile text stays text, with no complaint and no request', async (stands) => {
  const data = new SampleRollouts(2, 4);
  const evil = '<script>window.hacked=1</script><img src="https://evil.test/x" onerror="window.hacked=1">';
  const response = `${evil}\n\n$\\href{javascript:window.hacked=1}{x}$ $\\includegraphics{https://evil.test/y.png}$ \n\n[a](javascript:alert(1)) ![b](https://evil.test/z)\n\n$$${'\\frac{1}{'.repeat(300)}x${'}'.repeat(300)}$$\n\n\`\`\`html\n${evil}\n\`\`\`\n$\\def\\a{\\a\\a}\\a$ \\boxed{7} `;
  const stand = await inspector(stands, data, { rollout: (ref) => {
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
});

pageTest('inspector: a character that nobody would see is shown by its code, and turns nothing around it', async (stands) => {
  const data = new SampleRollouts(1, 1);
  const response = 'It is \\boxed{1\u200b2}, \u202eas seen\u202c above; نعم\u200cها and 👩‍🚀 are text.';
  const stand = await inspector(stands, data, { rollout: (ref) => ({ ...data.rollout(ref), response, responseLength: response.length, segments: [{ kind: 'answer', start: 0, end: response.length, tokens: 20 }], verdict: null }) });
  const codes = (part: string): Promise<string[]> => stand.page.evaluate(`Array.from(document.querySelectorAll('${part} .hidden-character'), (element) => getComputedStyle(element, '::before').content + ' ' + getComputedStyle(element).unicodeBidi)`);
  await stand.page.waitForSelector('.answer-part .rich');
  assert.deepEqual((await codes('.answer-part .rich')).slice(-2), ['"U+202E" isolate', '"U+202C" isolate']);
  await stand.page.keyboard.press('r');
  await stand.page.waitForSelector('.raw');
  assert.deepEqual(await codes('.raw'), ['"U+200B" isolate', '"U+202E" isolate', '"U+202C" isolate']);
  assert.equal(await stand.page.locator('.raw').textContent(), response);
});

pageTest('inspector: a response of nothing but hidden characters makes a page that still moves', async (stands) => {
  const data = new SampleRollouts(1, 1);
  const response = `${'\u200b'.repeat(10_000)}${'a\u2060'.repeat(10_000)}`;
  const stand = await inspector(stands, data, { rollout: (ref) => ({ ...data.rollout(ref), response, responseLength: response.length, segments: [{ kind: 'answer', start: 0, end: response.length, tokens: 20 }], verdict: null }) });
  await stand.page.waitForSelector('.answer-part .rich');
  assert.equal(await stand.page.locator('.answer-part .hidden-character').first().getAttribute('data-code'), 'U+200B × 10000');
  assert.ok(await stand.page.locator('.answer-part .hidden-character').count() <= 2000);
  assert.equal((await stand.page.locator('.answer-part .rich').textContent())?.length, response.length);
});

pageTest('inspector: an answer behind a response too long to be sent is fetched, shown and reached by its verdict', async (stands) => {
  const data = new SampleRollouts(1, 1);
  const thinking = `${'One more thought about it.\n\n'.repeat(120_000)}</think>`;
  const text = `${thinking}\nSo it is $\\boxed{\\frac{5}{12}}$ indeed.`;
  const at = text.indexOf('\\frac{5}{12}');
  const close = thinking.length - 8;
  const stand = await inspector(stands, data, { text, rollout: (ref) => {
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
});

pageTest('inspector: failed, empty and away states say what is the matter', async (stands) => {
  const stand = await stands.open<InspectorEvent, InspectorAction>({ page: 'inspector', actions: InspectorActionSchema });
  stand.channel.send({ type: 'start', file: 'a.jsonl', folder: '', trusted: true });
  stand.channel.send({ type: 'failed', message: 'a.jsonl: not a rollouts file' });
  await stand.page.waitForSelector('text=not a rollouts file');
  await stand.page.click('text=Try Again');
  await stand.waitSent('retry');
  stand.channel.send({ type: 'connection', since: Date.now() });
  await stand.page.waitForSelector('text=The server is away');
  stand.channel.send({ type: 'connection', since: null });
  await stand.page.waitForSelector('text=The server is away', { state: 'detached' });
});

pageTest('inspector: where the reader was is kept for the next load', async (stands) => {
  const data = new SampleRollouts(20, 16);
  const first = await inspector(stands, data);
  await first.page.waitForSelector('.verdict');
  await first.page.keyboard.press('ArrowDown');
  await first.page.waitForSelector('[aria-label="Sample 2"]');
  const state = await first.state();
  await first.close();
  const second = await inspector(stands, data, { state });
  await second.page.waitForSelector('[aria-label="Sample 2"]');
});

pageTest('inspector: a mistyped filter says what is wrong with it, with an empty list and no numbers of the query before', async (stands) => {
  const data = new SampleRollouts(20, 16);
  const stand = await inspector(stands, data);
  const { page } = stand;
  await page.waitForSelector('.verdict');
  stand.channel.serve(Groups, ({ query, offset, limit }) => query.query?.includes('foo:') ? Promise.reject(new CallError('refused', '"foo:" is no filter; known are reward: length:')) : Promise.resolve(data.page(query.query ?? '', offset, limit)));
  await page.keyboard.press('f');
  await page.keyboard.type('foo:bar');
  await page.waitForSelector('.detail:has-text("This filter is not understood") >> text="foo:" is no filter');
  assert.equal(await page.locator('.line').count(), 0);
  assert.equal(await page.locator('.totals').innerText(), '');
  assert.equal(await page.getByText('searching …').count(), 0);
  assert.equal(await page.locator('vscode-text-field[aria-invalid]').count(), 1);
  await page.click('text=Clear Filter');
  await page.waitForSelector('.verdict');
  assert.equal(await page.locator('vscode-text-field[aria-invalid]').count(), 0);
  await page.waitForSelector('.totals >> text=pass rate');
});

pageTest('inspector: Verify All keeps its place beside the file’s name, whatever the name and the counts', async (stands) => {
  const data = new SampleRollouts(20, 16);
  const info = { ...data.info, path: `/lab/rollouts/math_qwen25math_groups_of_8_with_a_long_name.jsonl`, schema: 'problem-response', rollouts: 83_200, groups: 9_620 };
  for (const width of [400, 600, 1000, 1050, 1400]) {
    const { page, channel } = await inspector(stands, data, { size: { width, height: 800 } });
    channel.send({ type: 'changed', info: { ...info, generation: 7 } });
    await page.click('text=Show Now');
    await page.waitForSelector('.verdict');
    const boxes = await Promise.all(['.top-file', '.top-file .dim', '.top-verify vscode-button'].map((part) => page.locator(part).boundingBox()));
    const [file, facts, verify] = boxes;
    assert.ok(file && facts && verify, `${width}`);
    assert.ok(facts.height < 22, `${width}: the facts are one line`);
    assert.ok(Math.abs(verify.y + verify.height / 2 - (file.y + file.height / 2)) < 6 && verify.x + verify.width <= width, `${width}: ${JSON.stringify(boxes)}`);
  }
});

pageTest('inspector: the end of a comparison leads back to the rollout where it began', async (stands) => {
  const { page } = await inspector(stands, new SampleRollouts(20, 16));
  await page.waitForSelector('[aria-label="Sample 1"]');
  await page.keyboard.press('c');
  await page.waitForSelector('.compare-side:nth-child(2)');
  await page.click('text=End Compare');
  await page.waitForSelector('.compare', { state: 'detached' });
  await becomes(() => page.locator('.rollout-view').getAttribute('aria-label'), 'Sample 1');
  await becomes(() => page.locator('.line.cursor').getAttribute('data-row'), '0');
});

pageTest('inspector: the thinking part is one text or paragraphs, as the reader likes, from one rollout to the next', async (stands) => {
  const { page } = await inspector(stands, new SampleRollouts(20, 16));
  await page.waitForSelector('.verdict');
  await page.keyboard.press('t');
  await page.waitForSelector('.paragraph');
  await page.click('text=Unfold All');
  await page.waitForSelector('.fold-thinking .rich');
  assert.equal(await page.locator('.paragraph').count(), 0);
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[aria-label="Sample 2"] .fold-thinking .rich');
  await page.keyboard.press('e');
  await page.waitForSelector('.paragraph');
});

pageTest('inspector: Shift and arrows select a range', async (stands) => {
  const stand = await inspector(stands, new SampleRollouts(20, 16));
  const { page } = stand;
  await page.waitForSelector('.verdict');
  await page.locator('.list').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.waitForSelector('text=2 selected');
  await page.keyboard.press('Shift+ArrowDown');
  await page.waitForSelector('text=3 selected');
  await page.keyboard.press('Escape');
  await page.waitForSelector('text=3 selected', { state: 'detached' });
});

/** Runs in the page: scrolls from top to bottom in 60 frames; the most lines that existed at once. */
const SCROLL = `new Promise((resolve) => {
  const list = document.querySelector('.list');
  let frame = 0;
  let most = 0;
  const next = () => {
    most = Math.max(most, document.querySelectorAll('.line').length);
    if (frame === 60) return resolve(most);
    list.scrollTop = (list.scrollHeight * ++frame) / 60;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;
