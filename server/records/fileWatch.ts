import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Writers change a file in bursts: it is looked at when nothing happened for this long, milliseconds. */
const QUIET_MS = 150;

interface Folder {
  readonly watcher: FSWatcher;
  readonly files: Map<string, () => void>;
  readonly timers: Map<string, NodeJS.Timeout>;
}

/**
 * Tells when files may have changed. Folders are watched, because many programs save by putting another file in place. Where
 * the system gives no watcher (limits, network disks) nothing is told: whoever reads a file must compare its identity anyway.
 * Watchers do not keep the process alive.
 */
export class FileWatch {
  readonly #folders = new Map<string, Folder>();

  add(path: string, changed: () => void): void {
    const folder = dirname(path);
    let known = this.#folders.get(folder);
    if (known === undefined) {
      try {
        const watcher = watch(folder, { persistent: false }, (event, name) => this.#happened(folder, event, name));
        watcher.on('error', () => this.#drop(folder));
        known = { watcher, files: new Map(), timers: new Map() };
      } catch {
        return;
      }
      this.#folders.set(folder, known);
    }
    known.files.set(basename(path), changed);
  }

  remove(path: string): void {
    const folder = this.#folders.get(dirname(path));
    if (folder === undefined) return;
    folder.files.delete(basename(path));
    clearTimeout(folder.timers.get(basename(path)));
    folder.timers.delete(basename(path));
    if (folder.files.size === 0) this.#drop(dirname(path));
  }

  dispose(): void {
    for (const folder of [...this.#folders.keys()]) this.#drop(folder);
  }

  #happened(path: string, event: string, name: string | null): void {
    const folder = this.#folders.get(path);
    if (folder === undefined) return;
    if (event === 'rename' && name === basename(path)) {
      // The folder itself went away. One made again under its name is another, of which this watcher hears nothing.
      const files = [...folder.files.values()];
      this.#drop(path);
      files.forEach((changed) => { changed(); });
      return;
    }
    // Some systems do not say which file it was.
    for (const file of name === null ? folder.files.keys() : [name]) {
      const changed = folder.files.get(file);
      if (changed === undefined) continue;
      clearTimeout(folder.timers.get(file));
      folder.timers.set(file, setTimeout(() => { folder.timers.delete(file); changed(); }, QUIET_MS).unref());
    }
  }

  #drop(path: string): void {
    const folder = this.#folders.get(path);
    if (folder === undefined) return;
    this.#folders.delete(path);
    folder.watcher.close();
    folder.timers.forEach((timer) => { clearTimeout(timer); });
  }
}
