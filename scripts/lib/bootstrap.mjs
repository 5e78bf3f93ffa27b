// What has to happen before anything of ours can run: the dependencies of package-lock.json are installed, and a
// Node 24 takes over. Built-ins only, Node >= 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from './node24.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Installs the dependencies when they are missing or stale, then runs a TypeScript program of ours in Node 24 with
 * this process's arguments and ends with its exit code.
 * @param {string} program path relative to the checkout
 */
export async function runProgram(program, args = process.argv.slice(2)) {
  try {
    installDependencies();
    process.exitCode = await runInNode24([join(root, program), ...args]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function installDependencies() {
  if (dependenciesAreCurrent()) return;
  const started = Date.now();
  console.log('Installing dependencies with npm ci (once for each change of package-lock.json; a minute or less) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw new Error(`npm could not be run: ${result.error.message}. Install npm and run the command again.`);
  if (result.status !== 0) throw new Error('npm ci failed; its own message is above. Nothing else was changed.');
  console.log(`Installed dependencies (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** True when node_modules holds what package-lock.json asks for: npm records there what it installed. */
function dependenciesAreCurrent() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    // Optional packages are of other platforms, or were left out on purpose.
    if (entry.optional && !installed[path]) return true;
    return installed[path]?.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs Node 24 on our terminal and passes signals on, so that it can clean up; resolves to its exit code. */
function runInNode24(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(findNode24(root), args, { cwd: root, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    // A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone has to be passed on.
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, forward);
    process.on('SIGINT', () => {});
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
