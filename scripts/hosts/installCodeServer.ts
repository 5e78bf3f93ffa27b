// Installs the pinned VS Code server (npm package code-server) into the checkout's cache.
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cache, contentHash, root, unlessCurrent } from '../lib/checkout.ts';
import { withLock } from '../lib/lock.ts';
import { findNode24 } from '../lib/node24.mjs';
import { findOnPath, mustRun, run } from '../lib/processes.ts';
import type { Progress } from '../lib/steps.ts';

const pin = 'scripts/hosts/code-server';
const folder = join(cache, 'code-server');

/** Folder of the installed code-server package. */
export const codeServerFolder = join(folder, 'node_modules', 'code-server');

/** Folder of the VS Code server inside it. */
export const vscodeFolder = join(codeServerFolder, 'lib', 'vscode');

const logModule = join(vscodeFolder, 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node');

/**
 * Installs code-server unless the pinned version is there already.
 *
 * Its own install script is not used: it compiles modules that this product does without (Kerberos for company proxies,
 * which wants a system library and root). Two small modules are compiled where a compiler is found: the one that writes
 * log files, without which the Output channels stay empty, and the one that ends the extension host with its parent.
 * @returns a remark for the person who waits, with what is missing and what to do about it
 */
export async function installCodeServer(progress: Progress): Promise<string> {
  return withLock('code-server', () => installUnlessCurrent(progress), (holder) => progress(`waiting for process ${holder}`));
}

async function installUnlessCurrent(progress: Progress): Promise<string> {
  const installed = await unlessCurrent('code-server', contentHash([pin]), vscodeFolder, async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(root, pin, file), join(folder, file));
    progress('downloading code-server (about 50 MB)');
    await npm(['ci'], folder, progress);
    progress('downloading the modules of its VS Code (about 100 MB)');
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-save'], vscodeFolder, progress);
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-save'], join(vscodeFolder, 'extensions'), progress);
    if (!existsSync(logModule) && missingTools().length === 0) {
      progress('compiling the log writer (about half a minute)');
      await compile(['@vscode/spdlog', '@vscode/native-watchdog'], progress);
    }
    linkScripts();
    // The chat extension would ask for an account and call a service; this workbench talks to nobody.
    rmSync(join(vscodeFolder, 'extensions', 'copilot'), { recursive: true, force: true });
  });
  const lacking = existsSync(logModule) ? '' : `. Output channels stay empty: ${reasonWithoutLogs()}`;
  return `${installed ? 'installed' : 'already installed'}${lacking}`;
}

/** Programs that compiling a Node module needs and that are not on PATH. */
function missingTools(): string[] {
  return ['make', 'g++', 'python3'].filter((tool) => findOnPath(tool) === undefined);
}

function reasonWithoutLogs(): string {
  const missing = missingTools();
  if (missing.length === 0) return `the log writer could not be compiled; remove ${folder} to try again`;
  return (
    `${missing.join(', ')} missing, so the log writer could not be compiled. Everything else works. To have it, install ` +
    `them ("sudo apt-get install build-essential python3", "xcode-select --install"), remove ${folder} and start again`
  );
}

/** npm in Node 24, which code-server demands; headers for compiling come with that Node, so nothing else is fetched. */
async function npm(args: readonly string[], cwd: string, progress: Progress): Promise<void> {
  await mustRun(npmProgram(), [...args, '--no-audit', '--no-fund', '--loglevel=warn'], { cwd, env: node24Environment(), onLine: withoutWarnings(progress) });
}

function withoutWarnings(progress: Progress): Progress {
  return (line) => line.startsWith('npm warn') || progress(line);
}

async function compile(modules: readonly string[], progress: Progress): Promise<void> {
  const args = ['rebuild', '--ignore-scripts=false', '--foreground-scripts', ...modules];
  // Not fatal: the workbench works without these, and the closing remark says what is lacking.
  await run(npmProgram(), args, { cwd: vscodeFolder, env: { ...node24Environment(), JOBS: 'max' }, onLine: withoutWarnings(progress), logFile: join(cache, 'logs', 'compile.log') });
}

function npmProgram(): string {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function node24Environment(): Record<string, string> {
  const node = findNode24(root);
  const environment: Record<string, string> = { PATH: `${join(node, '..')}:${process.env['PATH'] ?? ''}` };
  const headers = join(node, '..', '..');
  if (existsSync(join(headers, 'include', 'node', 'node.h'))) environment['npm_config_nodedir'] = headers;
  return environment;
}

/** The two links that code-server's own install script makes: `code-server FILE` in its terminal, and opening a browser. */
function linkScripts(): void {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  for (const [directory, script, link] of [['remote-cli', 'code', 'code-server'], ['helpers', 'browser', 'browser.sh']] as const) {
    const at = join(vscodeFolder, 'bin', directory, link);
    rmSync(at, { force: true });
    symlinkSync(`${script}-${system}.sh`, at);
  }
}
