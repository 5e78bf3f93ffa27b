import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DecontaminationMode } from '../../protocol/decontamination.ts';
import { decodeParts } from './codec.ts';
import type { IndexPart } from './part.ts';

/** Beside the bundled server, or in this source tree. */
const FOLDERS = ['./data/', '../data/'];

/** Loads the index of public benchmarks that comes with the product. Rejects with a message for people when it cannot be read. */
export async function loadShipped(mode: DecontaminationMode): Promise<IndexPart> {
  const name = `benchmarks.${mode}.idx`;
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(folder + name, import.meta.url));
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch {
      continue;
    }
    const [part] = await decodeParts(bytes);
    if (part === undefined) throw new Error(`${path} holds no benchmark`);
    return part;
  }
  throw new Error(`the shipped benchmarks (${name}) are missing from this installation`);
}
