import type { PyodideParts } from './parts.ts';

/** Node and its flags for a runner (pyodideRunner.worker.ts): it may read its own parts, and neither write files nor start processes. */
export function runnerCommand({ readable, runnerProgram }: Pick<PyodideParts, 'readable' | 'runnerProgram'>): readonly [file: string, ...args: string[]] {
  return [
    process.execPath, '--no-warnings', '--no-node-snapshot', // as isolated-vm demands
    '--permission', '--allow-addons', '--allow-worker', ...readable.map((path) => `--allow-fs-read=${path}`),
    runnerProgram,
  ];
}

/** All of an environment that a program gets; Windows starts none without it. */
export function systemRoot(): Record<string, string> {
  const root = process.env['SystemRoot'];
  return root === undefined ? {} : { SystemRoot: root };
}
