/**
 * Writes the generated files of the sample workspace (problems, rollouts) below `samples/workspace`, or below the folder
 * given as first argument. Deterministic: the same seeds always give the same bytes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleFiles } from './files.ts';

const target = process.argv[2] ?? fileURLToPath(new URL('../../samples/workspace', import.meta.url));
for (const file of sampleFiles()) {
  const path = join(target, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.content);
  console.log(`${file.path}  ${file.content.length} bytes`);
}
