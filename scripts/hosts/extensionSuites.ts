// Runs the suites of test/extension inside VS Code's extension host and returns what came of them.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../test/support/browser.ts';
import { cache, root } from '../lib/checkout.ts';
import { extensionIn, installedExtension } from '../start/installedExtension.ts';
import { startTestWorkbench, withoutEditor } from './codeServer.ts';
import { writeSettings } from './settings.ts';
import type { SuiteResults } from '../../test/extension/index.ts';

const SUITES_MS = 300_000;

export interface SuiteOptions {
  /** Run only tests whose full title matches this pattern. */
  readonly grep?: string | undefined;
  /** Run in a desktop VS Code instead of code-server. */
  readonly desktop?: boolean | undefined;
}

/** Bundles the suites, runs them against the packaged extension on a copy of the sample workspace. */
export async function runExtensionSuites(options: SuiteOptions = {}): Promise<SuiteResults> {
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-suites-'));
  try {
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    cpSync(join(root, 'samples', 'workspace'), workspace, { recursive: true });
    const scene: Scene = {
      folder,
      workspace,
      suites: await bundleSuites(join(cache, 'extension-suites')),
      extensionsFolder: await installedExtension(),
      results: join(folder, 'results.json'),
      env: { RLVR_TEST_RESULTS: join(folder, 'results.json'), RLVR_TEST_GREP: options.grep },
    };
    const ended = await (options.desktop === true ? runInDesktop(scene) : runInCodeServer(scene));
    if (!existsSync(scene.results)) throw new Error(`The extension host ended before the suites wrote their results.\n${ended}`);
    // Written by test/extension/index.ts, which has this type.
    return JSON.parse(readFileSync(scene.results, 'utf8')) as SuiteResults;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Scene {
  readonly folder: string;
  readonly workspace: string;
  readonly suites: string;
  readonly extensionsFolder: string;
  readonly results: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One CommonJS file for each suite, as the extension host loads them; mocha itself stays in node_modules. */
async function bundleSuites(outdir: string): Promise<string> {
  const folder = join(root, 'test', 'extension');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    // Flat: the index looks beside itself.
    entryPoints: files.map((name) => ({ in: join(folder, name), out: name.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '-') })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}

async function runInCodeServer(scene: Scene): Promise<string> {
  const workbench = await startTestWorkbench({
    userDataFolder: join(scene.folder, 'user-data'),
    // The extension comes as the one under development; a second copy must not be found beside it.
    extensionsFolder: join(scene.folder, 'extensions'),
    trustEveryFolder: true,
    env: scene.env,
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const log: string[] = [];
    page.on('console', (message) => log.push(message.text()));
    // The web workbench calls this when the extension host of a test run has ended.
    const exited = new Promise<string>((resolve) => void page.exposeFunction('codeAutomationExit', (code: number) => resolve(`exit code ${code}`)));
    const remote = (path: string) => `vscode-remote://${new URL(workbench.address).host}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extensionIn(scene.extensionsFolder))],
      ['extensionTestsPath', remote(scene.suites)],
    ];
    await page.goto(`${workbench.urlOf(scene.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const ended = workbench.process.finished.then(({ tail }) => `code-server ended\n${tail}`);
    const timeout = new Promise<string>((resolve) => setTimeout(resolve, SUITES_MS, `no end within ${SUITES_MS / 1000} s`).unref());
    const how = await Promise.race([exited, ended, timeout]);
    return [how, ...log.slice(-40)].join('\n');
  } finally {
    await browser.close();
    await workbench.process.stop();
  }
}

/** In a desktop VS Code: the program that RLVR_VSCODE names, else one that @vscode/test-electron downloads into the cache. */
async function runInDesktop(scene: Scene): Promise<string> {
  const userDataFolder = join(scene.folder, 'user-data');
  writeSettings(userDataFolder);
  const program = process.env['RLVR_VSCODE'];
  const run = runTests({
    ...(program === undefined ? { version: 'stable', cachePath: join(cache, 'vscode-desktop') } : { vscodeExecutablePath: program }),
    extensionDevelopmentPath: extensionIn(scene.extensionsFolder),
    extensionTestsPath: scene.suites,
    extensionTestsEnv: { ...withoutEditor, ...scene.env },
    launchArgs: [scene.workspace, `--user-data-dir=${userDataFolder}`, `--extensions-dir=${join(scene.folder, 'extensions')}`],
  });
  const timeout = new Promise<string>((resolve) => setTimeout(resolve, SUITES_MS, `no end within ${SUITES_MS / 1000} s`).unref());
  // Failing suites are an error of runTests; what counts is in the file of results.
  return Promise.race([run.then((code) => `exit code ${code}`, (error: unknown) => String(error)), timeout]);
}
