// One end-to-end test: a fresh host, a page in Chromium, and on failure a picture and the logs in test-results/.
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/checkout.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHost, type Host, type HostOptions } from '../support/codeServer.ts';
import { WorkbenchPage } from '../support/workbench.ts';

export interface Scene {
  readonly workbench: WorkbenchPage;
  readonly host: Host;
  /** Opens a second window on the same folder, in a browser session of its own. */
  secondWindow(): Promise<WorkbenchPage>;
}

const TEST_MS = 180_000;

/** Declares a test that walks through a real workbench which has the packaged extension and a copy of the workspace. */
export function workbenchTest(name: string, work: (scene: Scene) => Promise<void>, options: HostOptions = {}): void {
  test(name, { timeout: TEST_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rlvr-e2e-'));
    const pages: WorkbenchPage[] = [];
    let host: Host | undefined;
    const browser = await launchBrowser();
    try {
      const started = await startHost(folder, options);
      host = started;
      const open = async () => {
        const page = await WorkbenchPage.open(browser, started.url);
        pages.push(page);
        return page;
      };
      await work({ workbench: await open(), host: started, secondWindow: open });
    } catch (error) {
      // A page that never became ready is not in `pages`: its browser still shows it.
      for (const [number, page] of browser.contexts().flatMap((context) => context.pages()).entries()) {
        await page.screenshot({ path: resultFile(name, `${number}.png`) }).catch(() => {});
      }
      writeFileSync(resultFile(name, 'console.log'), pages.flatMap((page) => page.console).join('\n'));
      if (host !== undefined && existsSync(host.logFile)) copyFileSync(host.logFile, resultFile(name, 'code-server.log'));
      // One log per window that was opened, in their order.
      const logs = globSync(join(folder, 'user-data', 'logs', '**', 'RLVR Workbench.log')).sort();
      writeFileSync(resultFile(name, 'extension.log'), logs.map((file) => readFileSync(file, 'utf8')).join('--- next window\n'));
      throw error;
    } finally {
      await browser.close();
      await host?.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

function resultFile(test: string, ending: string): string {
  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${test.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 80)}.${ending}`);
}
