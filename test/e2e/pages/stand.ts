// A page outside of a workbench: the real bundle under its real content-security policy in Chromium, with a host played by
// the test. What only a workbench can show (serializers, focus between parts) is tested there.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type * as v from 'valibot';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../../scripts/lib/checkout.ts';
import { pageHtml } from '../../../src/webviews/html.ts';
import { Alive, Channel } from '../../../webview/ui/messages.ts';
import { THEMES, type ThemeName } from './themes.ts';

const ORIGIN = 'https://page.test';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf', '.woff2': 'font/woff2' };

export interface StandOptions<In> {
  readonly page: string;
  /** Schema of what the page sends. */
  readonly actions: v.GenericSchema<unknown, In>;
  readonly theme?: ThemeName;
  readonly size?: { readonly width: number; readonly height: number };
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Folder of the bundles; default RLVR_PAGES, else dist/webview. */
  readonly dist?: string;
}

/** A page with its played host. `In` is what the page sends, `Out` what the host sends. */
export class Stand<Out, In> {
  readonly page: Page;
  readonly channel: Channel<Out, In>;
  /** Events that the page sent, oldest first. */
  readonly sent: In[] = [];
  /** Console errors and warnings: violations of the policy appear here. */
  readonly complaints: string[] = [];
  readonly ready: Promise<void>;
  readonly #waiting: ((event: In) => void)[] = [];

  constructor(page: Page, actions: v.GenericSchema<unknown, In>, ready: (done: () => void) => Promise<void>) {
    this.page = page;
    let done = (): void => undefined;
    const isReady = new Promise<void>((resolve) => { done = resolve; });
    this.channel = new Channel<Out, In>({
      // A page that is being closed takes no more messages.
      post: (message) => { void page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined); },
      incoming: actions,
      onEvent: (event) => {
        this.sent.push(event);
        for (const waiter of this.#waiting) waiter(event);
      },
      onReady: () => { done(); },
      log: (text) => { this.complaints.push(text); },
    });
    this.channel.serve(Alive, () => Promise.resolve({}));
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text()); });
    page.on('pageerror', (error) => { this.complaints.push(error.message); });
    this.ready = ready(done).then(() => isReady);
  }

  /** What the page stored last. */
  state(): Promise<unknown> {
    return this.page.evaluate('window.__state');
  }

  async close(): Promise<void> {
    this.channel.close();
    await this.page.context().close();
  }

  /** The last event of a type, or the next one if there was none yet. */
  async waitSent(type: string): Promise<In> {
    const isIt = (event: In): boolean => typeof event === 'object' && event !== null && 'type' in event && event.type === type;
    const found = this.sent.findLast(isIt);
    return found ?? new Promise((resolve) => { this.#waiting.push((event) => { if (isIt(event)) resolve(event); }); });
  }
}

export async function openStand<Out, In>(browser: Browser, options: StandOptions<In>): Promise<Stand<Out, In>> {
  const dist = options.dist ?? process.env['RLVR_PAGES'] ?? join(root, 'dist/webview');
  const context = await browser.newContext({ viewport: options.size ?? { width: 1360, height: 840 }, reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference' });
  const page = await context.newPage();
  const stand = new Stand<Out, In>(page, options.actions, async () => {
    await page.exposeFunction('__post', (message: unknown) => { stand.channel.receive(message); });
    const theme = THEMES[options.theme ?? 'dark'];
    await page.addInitScript(`window.__setup = ${JSON.stringify({ variables: theme.variables, classes: theme.class.split(' '), state: options.state })}`);
    await page.addInitScript({ path: join(import.meta.dirname, 'fakeEditor.js') });
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      if (url.origin !== ORIGIN) return route.abort();
      if (url.pathname === '/') {
        return route.fulfill({ contentType: 'text/html', body: pageHtml({ page: options.page, title: options.page, cspSource: ORIGIN, nonce: 'bm9uY2U', resource: (file) => `${ORIGIN}/${file}` }) });
      }
      const file = join(dist, url.pathname);
      return existsSync(file) ? route.fulfill({ contentType: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) }) : route.fulfill({ status: 404, body: '' });
    });
    await page.goto(`${ORIGIN}/`);
  });
  await stand.ready;
  return stand;
}
