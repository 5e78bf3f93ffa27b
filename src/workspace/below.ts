/** The innermost of some folders that holds a path; null where none does. */
export function innermost(folders: readonly string[], path: string): string | null {
  return folders.filter((folder) => isBelow(folder, path)).reduce<string | null>((best, folder) => (best === null || folder.length > best.length ? folder : best), null);
}

/** Whether a path is a folder itself or lies anywhere below it, on the host's kind of file system. */
export function isBelow(folder: string, path: string): boolean {
  const base = folder.replace(/[\\/]+$/, '');
  return path === base || (path.startsWith(base) && /[\\/]/.test(path.charAt(base.length)));
}
