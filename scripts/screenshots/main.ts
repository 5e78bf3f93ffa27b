// `npm run screenshots [-- NAME...]`: takes the pictures of README and walkthrough from the real workbench, each scene in one of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../test/support/browser.ts';
import { startHost } from '../../test/support/codeServer.ts';
import { WorkbenchPage } from '../../test/support/workbench.ts';
import { installCodeServer } from '../hosts/installCodeServer.ts';
import { root } from '../lib/checkout.ts';
import { stopAll, stopAllOnSignals } from '../lib/processes.ts';
import { step } from '../lib/steps.ts';
import { installedExtension } from '../start/installedExtension.ts';
import { pictures, type Picture } from './pictures.ts';

const size = { width: 1280, height: 800 };
/** The walkthrough shows its pictures beside its text. */
const stepSize = { width: 900, height: 580 };

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !pictures.some((picture) => picture.name === name));
  if (unknown.length > 0) throw new Error(`No such picture: ${unknown.join(', ')}. There are: ${pictures.map(({ name }) => name).join(', ')}`);
  await step('Install code-server', installCodeServer);
  await step('Build, package and install the extension', installedExtension);
  for (const picture of pictures) {
    if (names.length === 0 || names.includes(picture.name)) await step(picture.name, () => take(picture));
  }
}

async function take(picture: Picture): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-picture-'));
  const browser = await launchBrowser();
  const host = await startHost(folder);
  try {
    const workbench = await WorkbenchPage.open(browser, host.url, size);
    await picture.arrange(workbench, host);
    // Away from everything that shows itself under the pointer.
    await workbench.page.mouse.move(1, 1);
    const files = [join('media', 'screenshots', `${picture.name}.png`)];
    await workbench.screenshot(join(root, 'media', 'screenshots', `${picture.name}.png`));
    if (picture.step) {
      const file = join('media', 'walkthrough', `${picture.step.name}.png`);
      await workbench.page.setViewportSize(stepSize);
      await picture.step.arrange?.(workbench);
      await workbench.drawn();
      await workbench.screenshot(join(root, file));
      files.push(file);
    }
    return files.join(', ');
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

stopAllOnSignals();
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await stopAll();
  process.exitCode = 1;
}
