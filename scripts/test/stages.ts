// The stages of `npm test`, in the order in which they run: the cheap ones first.
import { join } from 'node:path';
import { runExtensionSuites } from '../hosts/extensionSuites.ts';
import { installCodeServer } from '../hosts/installCodeServer.ts';
import { root } from '../lib/checkout.ts';
import { withLock } from '../lib/lock.ts';
import { findNode24 } from '../lib/node24.mjs';
import { run } from '../lib/processes.ts';
import { step } from '../lib/steps.ts';
import { installedExtension } from '../start/installedExtension.ts';
import { buildExtension } from '../start/packageExtension.ts';
import { sum, type Counts } from './counts.ts';
import { runNodeTests } from './nodeTests.ts';

export interface StageOptions {
  /** Run only tests whose name matches this pattern. */
  readonly grep: string | undefined;
  /** Run the extension suites in a desktop VS Code. */
  readonly desktop: boolean;
}

export interface Stage {
  readonly name: string;
  run(options: StageOptions): Promise<Counts>;
}

const MINUTE = 60_000;

export const stages: readonly Stage[] = [
  {
    name: 'typecheck',
    run: async () => sum([await check('tsc', ['-p', 'tsconfig.json']), await check('tsc', ['-p', 'webview/tsconfig.json'])]),
  },
  {
    name: 'lint',
    run: async () =>
      sum([
        await check('eslint', ['.', '--max-warnings', '0']),
        await check('depcruise', ['--config', '.dependency-cruiser.cjs', 'server', 'src', 'webview']),
      ]),
  },
  {
    name: 'unit',
    run: ({ grep }) => runNodeTests(['test/unit/**/*.test.ts'], { concurrency: 2, timeoutMs: 10 * MINUTE, grep }),
  },
  {
    name: 'server',
    run: async ({ grep }) => {
      await step('Build', (progress) => withLock('extension', () => buildExtension(progress)));
      return runNodeTests(['test/server/**/*.test.ts'], { concurrency: 1, timeoutMs: 40 * MINUTE, grep });
    },
  },
  {
    name: 'extension',
    run: async ({ grep, desktop }) => {
      await prepareHost();
      const results = await runExtensionSuites({ grep, desktop });
      for (const line of results.lines) console.log(line);
      return results;
    },
  },
  {
    name: 'e2e',
    run: async ({ grep }) => {
      await prepareHost();
      return runNodeTests(['test/e2e/**/*.test.ts'], { concurrency: 1, timeoutMs: 30 * MINUTE, grep });
    },
  },
];

async function prepareHost(): Promise<void> {
  await step('Install code-server', installCodeServer);
  await step('Build, package and install the extension', installedExtension);
}

/** One check by a program of node_modules: passed when it ends with code 0. */
async function check(name: keyof typeof programs, args: readonly string[]): Promise<Counts> {
  const result = await run(findNode24(root), [join(root, programs[name]), ...args], { cwd: root, show: true, timeoutMs: 10 * MINUTE });
  const passed = result.code === 0 && !result.timedOut;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} ${args.join(' ')}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

const programs = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
} as const;
