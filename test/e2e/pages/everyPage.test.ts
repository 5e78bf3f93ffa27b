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
  pageTest(`every page is readable in ${theme}: text and background differ enough`, async (stands) => {
    for (const { open, drawn } of PAGES) {
      const { page } = await open(stands, { theme });
      await page.waitForSelector(drawn);
      const contrast: number = await page.evaluate(CONTRAST);
      assert.ok(contrast >= 4.5, `${contrast}`);
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
