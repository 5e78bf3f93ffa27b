// `npm start`: build, package, install into a workbench, open the workspace. Each step is skipped when nothing changed.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installExtension, startWorkbench } from '../hosts/codeServer.ts';
import { findDesktop, installInDesktop, openInDesktop } from '../hosts/desktop.ts';
import { codeServerFolder, installCodeServer } from '../hosts/installCodeServer.ts';
import { cache, unlessCurrent } from '../lib/checkout.ts';
import { withLock } from '../lib/lock.ts';
import { stopAll, stopAllOnSignals } from '../lib/processes.ts';
import { step } from '../lib/steps.ts';
import { parseStartOptions, usage, type StartOptions } from './options.ts';
import { buildExtension, extensionHash, packageExtension, vsixFile } from './packageExtension.ts';
import { prepareSampleWorkspace } from './sampleWorkspace.ts';

const userDataFolder = join(cache, 'workbench', 'user-data');
const extensionsFolder = join(cache, 'workbench', 'extensions');
/** What a newcomer sees first: the README of the folder instead of nothing. */
const firstSettings = { 'workbench.startupEditor': 'readme' };

async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  if (options.folder !== undefined && !(existsSync(options.folder) && statSync(options.folder).isDirectory())) {
    throw new Error(`Not a folder: ${options.folder}`);
  }
  await withLock('extension', async () => {
    await step('Build', buildExtension);
    await step('Package the extension', packageExtension);
  }, (holder) => console.log(`Waiting for process ${holder}, which is building.`));
  await (options.desktop ? openDesktop(options) : serveWorkbench(options));
}

async function openDesktop(options: StartOptions): Promise<void> {
  const code = findDesktop();
  if (code === undefined) {
    throw new Error(
      'No desktop VS Code was found: neither code, codium nor cursor is on PATH or in its usual place.\n' +
        'Install one, or name its command line in RLVR_DESKTOP_CODE, or run "npm start" for VS Code in the browser.',
    );
  }
  await step(`Install the extension into ${code}`, async () => {
    await installInDesktop(code, vsixFile);
    return '';
  });
  const folder = folderToOpen(options);
  await openInDesktop(code, folder);
  console.log(`\nOpened ${folder} in ${code}.`);
}

async function serveWorkbench(options: StartOptions): Promise<void> {
  if (process.platform === 'win32') {
    throw new Error('code-server does not run on Windows itself. Use "npm start -- --desktop", or run this inside WSL.');
  }
  await step('Install code-server', installOrAdvise);
  await step('Install the extension', async () => {
    const installed = await unlessCurrent('installed', extensionHash(), extensionsFolder, () =>
      installExtension(vsixFile, { userDataFolder, extensionsFolder }),
    );
    return installed ? '' : 'unchanged';
  });
  const folder = folderToOpen(options);
  // Our own samples are trusted; for a folder of the user's VS Code asks, as it does everywhere.
  const trustEveryFolder = options.folder === undefined;
  let url = '';
  await step('Start the workbench', async () => {
    const logFile = join(cache, 'logs', 'code-server.log');
    const workbench = await startWorkbench({ userDataFolder, extensionsFolder, port: options.port, trustEveryFolder, logFile, settings: firstSettings });
    url = workbench.urlOf(folder);
    void workbench.process.finished.then(({ code, stopped, tail }) => {
      if (stopped) return;
      console.error(`\nThe workbench ended by itself with code ${code}. Its log: ${logFile}\n${tail}`);
      process.exitCode = 1;
    });
    return '';
  });
  console.log(`\nRLVR Workbench is open at\n\n    ${url}\n\nOnly this machine can reach it. Ctrl-C stops it and everything it started.`);
}

async function installOrAdvise(progress: (detail: string) => void): Promise<string> {
  try {
    return await installCodeServer(progress);
  } catch (error) {
    const desktop = findDesktop();
    const advice =
      desktop === undefined
        ? 'Once its cause is mended, "npm start" goes on where it stopped. With a desktop VS Code installed, "npm start -- --desktop" does without code-server.'
        : `A desktop VS Code is here (${desktop}): "npm start -- --desktop" uses it instead.`;
    throw new Error(`code-server could not be installed into ${codeServerFolder}.\n${String(error)}\n\n${advice}`);
  }
}

function folderToOpen(options: StartOptions): string {
  if (options.folder !== undefined) return options.folder;
  const samples = prepareSampleWorkspace(options.freshSamples);
  console.log(`    Sample workspace: ${samples.remark}`);
  return samples.folder;
}

stopAllOnSignals();
try {
  await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  await stopAll();
  process.exitCode = 1;
}
