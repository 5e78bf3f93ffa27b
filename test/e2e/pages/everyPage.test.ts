// What holds for every page: the policy, the themes, narrow windows, unknown messages.
import assert from 'node:assert/strict';
import { Alive } from '../../../webview/ui/messages.ts';
import { audit, dashboard, inspector, launcher, problem } from './opened.ts';
import { pageTest, type Stands } from './pageTest.ts';
import { SampleRollouts } from './rolloutData.ts';
import { THEMES, type ThemeName } from './themes.ts';

interface Look {
  readonly theme?: ThemeName;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Each page, and what shows that it is drawn. */
const PAGES = [
  { name: 'inspector', open: (stands: Stands, look: Look) => inspector(stands, new SampleRollouts(40, 16), look), drawn: '.verdict' },
  { name: 'problem', open: (stands: Stands, look: Look) => problem(stands, { ...look, code: look.size !== undefined }), drawn: '.record' },
  { name: 'launcher', open: (stands: Stands, look: Look) => launcher(stands, () => ({ errors: look.theme === undefined ? 0 : 1 }), look), drawn: '.kept-bar' },
  { name: 'dashboard', open: (stands: Stands, look: Look) => dashboard(stands, look), drawn: '.steps' },
  { name: 'audit', open: (stands: Stands, look: Look) => audit(stands, look), drawn: '.times' },
] as const;

for (const { name, open, drawn } of PAGES) {
  pageTest(`${name}: draws without a complaint of the browser, the policy included`, async (stands) => {
    const stand = await open(stands, {});
    await stand.page.waitForSelector(drawn);
    assert.deepEqual(stand.complaints, []);
  });
}

for (const theme of Object.keys(THEMES) as ThemeName[]) {
  pageTest(`every page is readable in ${theme}: each text differs enough from what is behind it`, async (stands) => {
    for (const { name, open, drawn } of PAGES) {
      const { page } = await open(stands, { theme });
      await page.waitForSelector(drawn);
      assert.deepEqual(await page.evaluate(FAINT_TEXTS), [], name);
    }
  });
}

pageTest('at 600 pixels and at double zoom nothing is wider than the page', async (stands) => {
  for (const size of [{ width: 600, height: 800 }, { width: 680, height: 420 }]) {
    for (const { open, drawn } of PAGES) {
      const { page } = await open(stands, { size });
      await page.waitForSelector(drawn);
      const width: number = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(width <= size.width, `${width} > ${size.width}`);
    }
  }
});

pageTest('no page moves as a whole, whatever is brought into view', async (stands) => {
  for (const size of [{ width: 600, height: 800 }, { width: 1050, height: 700 }]) {
    for (const { name, open, drawn } of PAGES) {
      const { page } = await open(stands, { size });
      await page.waitForSelector(drawn, { state: 'attached' });
      assert.deepEqual(await page.evaluate(SCROLLED), [0, 0, 0, 0], `${name} at ${size.width}`);
    }
  }
});

pageTest('every page says that it gets no news when the extension host behind it is gone', async (stands) => {
  await Promise.all(PAGES.map(async ({ open, drawn }) => {
    const { page, channel } = await open(stands, {});
    await page.waitForSelector(drawn);
    // Nobody answers any more, as when the extension host was killed.
    channel.serve(Alive, () => new Promise(() => undefined));
    await page.waitForSelector('.notice:has-text("gets no news any more")');
  }));
});

pageTest('a message that nobody knows is ignored, and the page goes on', async (stands) => {
  const stand = await inspector(stands, new SampleRollouts(4, 4));
  await stand.page.waitForSelector('.verdict');
  await stand.page.evaluate("window.postMessage({ type: 'event', event: { type: 'surprise' } }, '*'); window.postMessage('x', '*');");
  await stand.page.keyboard.press('ArrowDown');
  await stand.page.waitForSelector('[aria-label="Sample 2"]');
  assert.equal(stand.complaints.filter((text) => text.includes('ignored')).length, 2);
});

/** Runs in the page: how far window, document and body are scrolled after every element was brought into view once, and what sticks out below. */
const SCROLLED = `(() => {
  for (const element of document.querySelectorAll('body *')) element.scrollIntoView({ block: 'center' });
  return [window.scrollY, document.documentElement.scrollTop, document.body.scrollTop, document.body.scrollHeight - document.body.clientHeight];
})()`;

/** Runs in the page: texts whose contrast with their background is below 4.5, by WCAG's formula. Disabled controls are left out. */
const FAINT_TEXTS = `(() => {
  const parse = (color) => { const parts = color.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return [parts[0], parts[1], parts[2], parts[3] ?? 1]; };
  const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text === '' || !element.checkVisibility({ visibilityProperty: true }) || element.closest('[disabled], .sr-only, script, style')) continue;
    const layers = [];
    let opacity = 1;
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      opacity *= Number(style.opacity);
      layers.unshift(parse(style.backgroundColor));
    }
    const background = layers.reduce((bottom, top) => over(top, bottom), [255, 255, 255, 1]);
    const color = parse(getComputedStyle(element).color);
    const [a, b] = [light(over([...color.slice(0, 3), color[3] * opacity], background)), light(background)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) faint.push(text.slice(0, 40) + ' (' + element.className + '): ' + contrast.toFixed(2));
  }
  return [...new Set(faint)].slice(0, 40);
})()`;
