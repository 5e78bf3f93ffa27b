/** Errors that only writing meets, in words. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file system takes no file of this size',
  EROFS: 'the file system is read-only',
};

/**
 * The error of writing `path` in words: the system's own message names no file. Every writer here writes beside its target and
 * renames, so the target is as it was. Other errors are returned as they are.
 */
export function writeError(path: string, error: unknown): unknown {
  const words = error instanceof Error && 'code' in error && typeof error.code === 'string' ? WORDS[error.code] : undefined;
  return words === undefined ? error : new Error(`${path} was not written and is as it was before: ${words}`, { cause: error });
}
