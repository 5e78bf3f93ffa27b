// Builds everything that ships: extension host, server with its isolates and Python files, webview pages.
// One esbuild call per bundle. `--watch` rebuilds on change.
import { build, context } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, noticesOf } from './lib/notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const watch = process.argv.includes('--watch');

/** Version of this build: the package's, and a hash of what the server is made of, so that a window never talks to another build's server. */
function buildVersion() {
  const hash = createHash('sha256');
  for (const file of readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(ts|py)$/.test(file)) hash.update(file).update(readFileSync(join(root, 'server', file)));
  }
  return `${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}-${hash.digest('hex').slice(0, 8)}`;
}

/** Options every bundle shares. */
const common = { bundle: true, sourcemap: watch ? 'inline' : false, logLevel: 'warning', absWorkingDir: root, legalComments: 'none', define: { __RLVR_VERSION__: JSON.stringify(buildVersion()) } };

const extension = {
  ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', platform: 'node', format: 'cjs', target: 'node22',
  external: ['vscode'], minify: !watch,
};

const server = {
  ...common, entryPoints: ['server/main.ts'], outfile: 'dist/server/main.mjs', platform: 'node', format: 'esm', target: 'node24',
  // Native: cannot be bundled; copied beside the bundle below.
  external: ['isolated-vm'],
  // Some bundled CommonJS packages call require() for built-in modules; an ES module has none of its own.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
};

/** Other programs of the server: workers that run in a thread of their own, and code that is loaded into isolates as text. */
const serverParts = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.worker.ts') || file.endsWith('.isolate.ts'))
  .map((file) => {
    const name = file.split(/[\\/]/).pop().replace(/\.ts$/, '');
    return name.endsWith('.isolate')
      ? { ...common, entryPoints: [join('server', file)], outfile: `dist/server/${name}.js`, platform: 'neutral', mainFields: ['module', 'main'], format: 'iife', target: 'es2023', minify: !watch }
      : { ...server, entryPoints: [join('server', file)], outfile: `dist/server/${name}.mjs` };
  });

const pages = (existsSync(join(root, 'webview')) ? readdirSync(join(root, 'webview')) : [])
  .filter((page) => existsSync(join(root, 'webview', page, 'main.ts')))
  .map((page) => ({
    ...common, entryPoints: { [page]: join('webview', page, 'main.ts') }, outdir: 'dist/webview', platform: 'browser', format: 'iife', target: 'chrome128',
    minify: !watch, loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.svg': 'dataurl' }, assetNames: 'assets/[name]',
  }));

/** Files that ship as they are. */
function copyParts() {
  copyPackage('isolated-vm', (path) => !/[\\/](src|vendor|native-example|scripts)([\\/]|$)|\.tgz$|Dockerfile/.test(path));
  copyPackage('node-gyp-build');
  // Without what is for browsers and for people: server/verifiers/code/pyodide/engine.ts reads the rest.
  copyPackage('pyodide', (path) => !/\.(d\.ts|map|html|md)$|pyodide\.js$/.test(path));
  copyTree('server/python', 'dist/server/python', (path) => !/__pycache__/.test(path));
  copyTree('server/curation/data', 'dist/server/data');
  copyTree('node_modules/@vscode/codicons/dist', 'dist/webview/codicons', (path) => !/\.(svg|html|json|csv|ts|js)$/.test(path) || path.endsWith('dist'));
}

function copyPackage(name, filter = () => true) {
  copyTree(`node_modules/${name}`, `dist/server/node_modules/${name}`, filter);
}

function copyTree(from, to, filter = () => true) {
  if (!existsSync(join(root, from))) return;
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(join(root, from), join(root, to), { recursive: true, filter: (source) => filter(source.slice(join(root, from).length)) });
}

const bundles = [extension, server, ...serverParts, ...pages];
if (watch) {
  copyParts();
  for (const options of bundles) {
    const running = await context(options);
    await running.watch();
  }
  console.log('watching');
} else {
  // Without --clean an old build stays usable while the new one is written.
  if (process.argv.includes('--clean')) rmSync(dist, { recursive: true, force: true });
  copyParts();
  const shipped = await Promise.all([extension, server, ...serverParts, ...pages].map((options) => build({ ...options, metafile: true })));
  const copied = ['isolated-vm', 'node-gyp-build', 'pyodide', '@vscode/codicons'].map((name) => `node_modules/${name}`);
  const packages = [...bundledPackages(shipped.map((result) => result.metafile)), ...copied];
  writeFileSync(join(dist, 'ThirdPartyNotices.txt'), noticesOf(root, [...new Set(packages)]));
}
