// Finds the Node 24 that runs the server, the tests and the VS Code server. Built-ins only: this runs on any Node >= 20,
// before `npm ci` has been run and after.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;

/** The Node program that comes with the project's dependencies on this platform, whether installed yet or not. */
export function bundledNodePath(root) {
  return join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
}

/**
 * Path of a Node >= 24: the bundled one, else the one that runs this script, else the one on PATH.
 * Throws an error that says what to do when there is none.
 */
export function findNode24(root) {
  const candidates = [bundledNodePath(root), process.execPath, 'node'];
  for (const candidate of candidates) {
    if (candidate !== 'node' && !existsSync(candidate)) continue;
    if (majorOf(candidate) >= NEEDED_MAJOR) return candidate;
  }
  throw new Error(
    `Node ${NEEDED_MAJOR} or newer is needed, and only Node ${process.versions.node} was found.\n` +
      `On Linux (x64, arm64) it comes with the dependencies: run "npm ci --include=optional".\n` +
      `Elsewhere install it (nodejs.org, "nvm install ${NEEDED_MAJOR}", "brew install node@${NEEDED_MAJOR}") and run the command again with it.`,
  );
}

/** Major version that a Node program reports; 0 when it cannot be run (missing, other libc, other processor). */
function majorOf(program) {
  if (program === process.execPath) return Number(process.versions.node.split('.')[0]);
  try {
    const version = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 });
    return Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

// As a program: `node scripts/lib/node24.mjs PROGRAM [ARGS]` runs a JavaScript or TypeScript program in that Node.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  try {
    const result = spawnSync(findNode24(root), process.argv.slice(2), { stdio: 'inherit' });
    process.exitCode = result.status ?? 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
