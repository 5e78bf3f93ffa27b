// The sample workspace is worked on as a copy, so that decisions and runs made in it do not change the checkout.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, contentHash, root } from '../lib/checkout.ts';

const original = join(root, 'samples', 'workspace');
const copy = join(cache, 'workbench', 'samples');
const stamp = join(cache, 'workbench', 'samples.hash');

/**
 * The folder to open and a remark about it. A copy that is there already is kept with all that was done in it, also
 * when the originals have changed since: then the remark says how to get the new ones.
 */
export function prepareSampleWorkspace(fresh: boolean): { folder: string; remark: string } {
  if (!existsSync(original)) throw new Error(`The sample workspace is missing: ${original}`);
  const hash = contentHash(['samples/workspace']);
  if (existsSync(copy) && !fresh) {
    const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
    return { folder: copy, remark: current ? 'your copy' : 'your copy; newer samples: npm start -- --fresh-samples' };
  }
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(cache, 'workbench'), { recursive: true });
  cpSync(original, copy, { recursive: true });
  writeFileSync(stamp, hash);
  return { folder: copy, remark: `copied to ${copy}` };
}
