// From sources to an installable file: builds `dist` and packs it as a .vsix, each only when something has changed.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cache, contentHash, root, unlessCurrent } from '../lib/checkout.ts';
import { findNode24 } from '../lib/node24.mjs';
import { mustRun } from '../lib/processes.ts';
import type { Progress } from '../lib/steps.ts';

/** The packaged extension. */
export const vsixFile = join(cache, 'rlvr-workbench.vsix');

/** What the build reads. */
const sources = ['src', 'server', 'webview', 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/build'];

/** What is packed besides the build. */
const packed = ['media', 'samples', 'README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'scripts/start/packageExtension.ts'];

/** Hash of everything that the packaged extension is made from. */
export function extensionHash(): string {
  return contentHash([...sources, ...packed]);
}

/** Builds `dist` with scripts/build.mjs unless the sources are those of the last build. */
export async function buildExtension(progress: Progress): Promise<string> {
  const outcome = join(root, 'dist', 'extension.cjs');
  const built = await unlessCurrent('build', contentHash(sources), outcome, async () => {
    await mustRun(findNode24(root), [join(root, 'scripts', 'build.mjs')], { cwd: root, onLine: progress, timeoutMs: 300_000 });
    if (!existsSync(outcome)) throw new Error(`The build ended well but did not write ${outcome}.`);
  });
  return built ? '' : 'sources unchanged';
}

/** Packs the built extension as a .vsix. Its bundle holds all that it needs, so no dependencies are packed. */
export async function packageExtension(progress: Progress): Promise<string> {
  const made = await unlessCurrent('vsix', extensionHash(), vsixFile, async () => {
    mkdirSync(cache, { recursive: true });
    const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    await mustRun(findNode24(root), [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile], {
      cwd: root,
      onLine: progress,
      timeoutMs: 300_000,
    });
  });
  return made ? vsixFile : 'unchanged';
}
