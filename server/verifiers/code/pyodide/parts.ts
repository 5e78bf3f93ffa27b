import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { PYODIDE_FILES, type EngineParts } from './engine.ts';

/** Everything that Pyodide's level is made of, found. */
export interface PyodideParts {
  readonly engine: EngineParts;
  readonly helperProgram: string;
  readonly runnerProgram: string;
  /** What the runner's process may read. */
  readonly readable: readonly string[];
  /** Pyodide's own version, and that of its Python. */
  readonly version: string;
  readonly python: string;
}

const AboutSchema = v.object({ version: v.string() });
const LockSchema = v.object({ info: v.object({ python: v.string() }) });

/** Finds the parts beside this program, built or as sources. @throws Error that says what is missing */
export function findParts(runner: string): PyodideParts {
  const require = createRequire(import.meta.url);
  const isolatedVm = packageFolder(require, 'isolated-vm');
  const binaries = join(isolatedVm, 'prebuilds', `${process.platform}-${process.arch}`);
  if (!existsSync(binaries)) throw new Error(`isolated-vm brings no program for ${process.platform}-${process.arch}`);
  const pyodide = packageFolder(require, 'pyodide');
  const missing = Object.values(PYODIDE_FILES).find((name) => !existsSync(join(pyodide, name)));
  if (missing !== undefined) throw new Error(`${missing} is missing in ${pyodide}`);
  const realm = program('pyodideRealm.isolate', 'js');
  const runnerProgram = program('pyodideRunner.worker', 'mjs');
  return {
    engine: { isolatedVm, pyodide, realm, runner },
    helperProgram: program('pyodideHelper.worker', 'mjs'),
    runnerProgram,
    // isolated-vm's loader looks for its binary in its folder, with node-gyp-build, and at whether this is Alpine Linux.
    readable: [dirname(realm), dirname(dirname(runnerProgram)), isolatedVm, packageFolder(require, 'node-gyp-build'), pyodide, runner, '/etc/alpine-release'],
    version: v.parse(AboutSchema, json(join(pyodide, PYODIDE_FILES.about))).version,
    python: v.parse(LockSchema, json(join(pyodide, PYODIDE_FILES.lock))).info.python,
  };
}

/** A program of this folder: its TypeScript, or what the build made of it beside the bundled server. */
function program(name: string, extension: string): string {
  const built = join(import.meta.dirname, `${name}.${extension}`);
  return existsSync(built) ? built : join(import.meta.dirname, `${name}.ts`);
}

function packageFolder(require: NodeJS.Require, name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
