import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own way (`recursive`) never returns where a file system refuses
 * new folders by saying that there is none, as /proc does. @throws the system's error, which names the folder
 */
export async function makeFolder(path: string): Promise<void> {
  const above = dirname(path);
  if (above !== path && !await isFolder(above)) await makeFolder(above);
  await mkdir(path).catch(async (error: unknown) => {
    if (!await isFolder(path)) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
