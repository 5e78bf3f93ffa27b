// A quick look at the current build: opens the real workbench, runs a few steps of yours, saves pictures.
// Use: node scripts/lib/node24.mjs scripts/look.ts STEPS.ts [--workspace FOLDER] [--size 1400x900]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../test/support/browser.ts';
import { startHost, type Host } from '../test/support/codeServer.ts';
import { WorkbenchPage } from '../test/support/workbench.ts';
import { installCodeServer } from './hosts/installCodeServer.ts';
import { root } from './lib/checkout.ts';
import { stopAllOnSignals } from './lib/processes.ts';
import { step } from './lib/steps.ts';
import { installedExtension } from './start/installedExtension.ts';

/** What the steps get. A steps file exports `async function steps(look: Look)`. */
export interface Look {
  readonly workbench: WorkbenchPage;
  readonly host: Host;
  /** Saves a picture: a path, or a name that becomes test-results/look/NAME.png; prints where it is. */
  shot(nameOrPath: string): Promise<void>;
}

/** A module of the user's that was loaded by path. */
interface StepsModule {
  readonly steps?: (look: Look) => Promise<void>;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { workspace: { type: 'string' }, size: { type: 'string', default: '1400x900' } },
  });
  const [width = NaN, height = NaN] = values.size.split('x').map(Number);
  const [file] = positionals;
  if (file === undefined || !(width > 0 && height > 0)) throw new Error('Use: scripts/look.ts STEPS.ts [--workspace FOLDER] [--size 1400x900]');
  const { steps } = (await import(pathToFileURL(resolve(file)).href)) as StepsModule;
  if (steps === undefined) throw new Error(`${file} exports no function named steps.`);
  await step('Install code-server', installCodeServer);
  await step('Build, package and install the extension', installedExtension);
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-look-'));
  const host = await startHost(folder, { workspace: values.workspace });
  const browser = await launchBrowser();
  try {
    const workbench = await WorkbenchPage.open(browser, host.url, { width, height });
    const shot = async (nameOrPath: string) => {
      const path = nameOrPath.endsWith('.png') ? resolve(nameOrPath) : join(root, 'test-results', 'look', `${nameOrPath}.png`);
      await workbench.screenshot(path);
      console.log(path);
    };
    try {
      await steps({ workbench, host, shot });
    } catch (error) {
      await shot('failed');
      console.error(workbench.console.slice(-20).join('\n'));
      throw error;
    }
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

stopAllOnSignals();
await main();
