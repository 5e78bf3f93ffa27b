import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { root } from '../../../scripts/lib/checkout.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openStand, type Stand, type StandOptions } from './stand.ts';

const TEST_MS = 60_000;

// One for all tests of a file, started by the first of them that runs.
let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** Opens the pages of one test. */
export interface Stands {
  open<Out, In>(options: StandOptions<In>): Promise<Stand<Out, In>>;
}

/** Declares a test of pages outside of a workbench. They are closed at its end; those of a failed test leave their pictures. */
export function pageTest(name: string, work: (stands: Stands) => Promise<void>): void {
  test(name, { timeout: TEST_MS }, async () => {
    const opened: Stand<never, never>[] = [];
    const stands: Stands = {
      async open<Out, In>(options: StandOptions<In>) {
        const stand = await openStand<Out, In>(await (browser ??= launchBrowser()), options);
        // Safe: only closed and photographed here.
        opened.push(stand as unknown as Stand<never, never>);
        return stand;
      },
    };
    try {
      await work(stands);
    } catch (error) {
      for (const [number, { page }] of opened.entries()) {
        const file = join(root, 'test-results', `${name.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 80)}.${number}.png`);
        mkdirSync(dirname(file), { recursive: true });
        await page.screenshot({ path: file }).catch(() => undefined);
      }
      throw error;
    } finally {
      for (const stand of opened) await stand.close();
    }
  });
}
