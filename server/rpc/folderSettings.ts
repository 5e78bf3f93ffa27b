import { sep } from 'node:path';
import type { FolderSettings } from '../protocol/methods.ts';

/** What clients told about folders. Of one path the innermost folder counts, of one folder whoever told last. */
export class SettingsOfFolders {
  readonly #folders = new Map<string, FolderSettings>();

  tell(folders: readonly FolderSettings[]): void {
    for (const folder of folders) this.#folders.set(folder.path, folder);
  }

  /** Null for a path in no folder that was told of. */
  of(path: string): FolderSettings | null {
    let best: FolderSettings | null = null;
    for (const folder of this.#folders.values()) {
      const inside = path === folder.path || path.startsWith(folder.path.endsWith(sep) ? folder.path : folder.path + sep);
      if (inside && folder.path.length > (best?.path.length ?? -1)) best = folder;
    }
    return best;
  }
}
