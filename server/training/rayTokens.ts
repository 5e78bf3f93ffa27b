import { readFileSync } from 'node:fs';
import { RequestError } from '../protocol/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tokens of Ray clusters, in memory only: those that clients gave for one address, else what Ray's own client would find in the
 * environment (RAY_AUTH_TOKEN, or the file named by RAY_AUTH_TOKEN_PATH). They appear in no file, argument, event or message.
 */
export class RayTokens {
  readonly #given = new Map<string, string>();
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Takes the token for an address from now on; null takes it back. @throws RequestError for an address or a token that cannot be one. */
  give(address: string, token: string | null): void {
    const key = addressKey(address);
    if (key === null) throw new RequestError('bad-input', 'not the address of a Ray dashboard', { field: 'address' });
    if (token === null) {
      this.#given.delete(key);
      return;
    }
    // The value is never repeated in a message. Header values are printable ASCII.
    if (!/^[\x21-\x7e]{1,8192}$/.test(token.trim())) throw new RequestError('bad-input', 'a token is one line of printable characters without spaces', { field: 'token' });
    this.#given.set(key, token.trim());
  }

  /** Headers for an address, found anew at each use, so that a renewed token counts. */
  headers(address: string): Readonly<Record<string, string>> {
    const key = addressKey(address);
    const token = (key === null ? undefined : this.#given.get(key)) ?? this.#environment['RAY_AUTH_TOKEN'] ?? tokenOfFile(this.#environment['RAY_AUTH_TOKEN_PATH']);
    return token === undefined || token.trim() === '' ? {} : { authorization: `Bearer ${token.trim()}` };
  }
}

/** Two spellings of an address are one: case of the host, default port, slashes at the end. */
function addressKey(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${host}${pathname.replace(/\/+$/, '')}` : null;
}

function tokenOfFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`RAY_AUTH_TOKEN_PATH: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
