// Programs of the system that the tests need: installed where we may, named where we may not.
import { existsSync } from 'node:fs';
import { findChromium } from '../../test/support/browser.ts';
import { findOnPath, mustRun } from '../lib/processes.ts';
import type { Progress } from '../lib/steps.ts';

interface Need {
  readonly package: string;
  readonly why: string;
  isMissing(): boolean;
}

const needs: readonly Need[] = [
  { package: 'chromium', why: 'the browser of the extension and e2e suites', isMissing: () => !works(findChromium) },
  { package: 'bubblewrap', why: 'the sandbox of the code verifier', isMissing: () => process.platform === 'linux' && findOnPath('bwrap') === undefined },
  { package: 'python3', why: 'the code verifier', isMissing: () => findOnPath('python3') === undefined },
  { package: 'g++', why: 'compiling the log writer of the VS Code server', isMissing: () => process.platform === 'linux' && findOnPath('g++') === undefined },
  { package: 'make', why: 'compiling the log writer of the VS Code server', isMissing: () => process.platform === 'linux' && findOnPath('make') === undefined },
];

/** Installs what is missing with apt as root; otherwise only says what is missing: the suites that need it will fail. */
export async function installSystemPackages(progress: Progress): Promise<string> {
  const missing = needs.filter((need) => need.isMissing());
  if (missing.length === 0) return 'all there';
  const names = missing.map((need) => need.package);
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!root) return `missing: ${missing.map((need) => `${need.package} (${need.why})`).join(', ')}; install with: sudo apt-get install ${names.join(' ')}`;
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine: progress, timeoutMs: 600_000 };
  await mustRun('apt-get', ['update', '-q'], options);
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], options);
  return `installed ${names.join(', ')}`;
}

function works(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch {
    return false;
  }
}
