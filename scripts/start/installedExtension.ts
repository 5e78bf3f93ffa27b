// The packaged extension, installed into a folder of its own for each build: tests, pictures and looks that run at the
// same time never pull an installation away from under each other.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installExtension } from '../hosts/codeServer.ts';
import { cache } from '../lib/checkout.ts';
import { withLock } from '../lib/lock.ts';
import { buildExtension, extensionHash, packageExtension, vsixFile } from './packageExtension.ts';

const installations = join(cache, 'installed');
const KEPT = 4;

/**
 * Builds, packs and installs the current sources where that has not been done yet.
 * @returns the extensions folder, with the packaged extension as its only one
 */
export async function installedExtension(progress: (detail: string) => void = () => {}): Promise<string> {
  return withLock('extension', async () => {
    const folder = join(installations, extensionHash().slice(0, 16));
    if (existsSync(folder)) return folder;
    await buildExtension(progress);
    await packageExtension(progress);
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await installExtension(vsixFile, { userDataFolder: join(cache, 'install-user-data'), extensionsFolder: unfinished });
    renameSync(unfinished, folder);
    removeOld();
    return folder;
  });
}

/** Folder of the extension itself inside an extensions folder. */
export function extensionIn(extensionsFolder: string): string {
  const name = readdirSync(extensionsFolder).find((entry) => existsSync(join(extensionsFolder, entry, 'package.json')));
  if (name === undefined) throw new Error(`No extension is installed in ${extensionsFolder}.`);
  return join(extensionsFolder, name);
}

function removeOld(): void {
  const byAge = readdirSync(installations).map((name) => join(installations, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of byAge.slice(KEPT)) rmSync(folder, { recursive: true, force: true });
}
