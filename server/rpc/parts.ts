import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute path of a file that ships beside the server program (`python/…`, `data/…`); works from the bundle and from source. */
export function shippedFile(path: string): string {
  const bundled = join(import.meta.dirname, path);
  return existsSync(bundled) ? bundled : join(import.meta.dirname, '..', path);
}
