import { readFileSync } from 'node:fs';

/**
 * Headers for Ray clusters with token authentication, found as Ray's own client finds them: RAY_AUTH_TOKEN, or the file
 * named by RAY_AUTH_TOKEN_PATH. They are read at each use, so that a renewed token counts, and appear in no file or message.
 */
export function rayHeadersFromEnvironment(environment: Readonly<Record<string, string | undefined>>): (address: string) => Readonly<Record<string, string>> {
  return (): Readonly<Record<string, string>> => {
    const token = environment['RAY_AUTH_TOKEN'] ?? tokenOfFile(environment['RAY_AUTH_TOKEN_PATH']);
    return token === undefined || token.trim() === '' ? {} : { authorization: `Bearer ${token.trim()}` };
  };
}

function tokenOfFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`RAY_AUTH_TOKEN_PATH: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
