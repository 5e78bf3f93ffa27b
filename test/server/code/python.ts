// A real Python beside the verifier, as the judge of our own reading of its rules.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `python3` on the PATH, or undefined. */
export const python = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'python3')).find((path) => existsSync(path));

/** What a program prints for `input` on its standard input, as JSON. */
export function askPython(program: string, input: unknown): unknown {
  if (python === undefined) throw new Error('no python3');
  return JSON.parse(execFileSync(python, ['-c', program], { input: JSON.stringify(input), maxBuffer: 1 << 28, encoding: 'utf8' }));
}
