/** Whether a path is a folder itself or lies anywhere below it, on the host's kind of file system. */
export function isBelow(folder: string, path: string): boolean {
  const base = folder.replace(/[\\/]+$/, '');
  return path === base || (path.startsWith(base) && /[\\/]/.test(path.charAt(base.length)));
}
