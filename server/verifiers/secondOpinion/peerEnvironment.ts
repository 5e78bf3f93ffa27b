import { access } from 'node:fs/promises';
import type { SecondOpinionStatus } from '../../protocol/audit.ts';
import { isAbort, RequestError } from '../../protocol/errors.ts';
import { defaultPeerFolder, findPeer, InstallError, installPeer, PEER_PACKAGES, PEER_SIZE, type Peer } from './environment.ts';

/** The second checker on this machine. It is looked for once, since that starts Python, and again when it is gone. */
export class PeerEnvironment {
  readonly folder: string;
  readonly #python: string;
  #found: Peer | null = null;
  #installing = false;

  constructor(python: string | null, folder = defaultPeerFolder()) {
    this.folder = folder;
    this.#python = python ?? 'python3';
  }

  async find(signal?: AbortSignal): Promise<Peer | null> {
    if (this.#found !== null && await exists(this.#found.python)) return this.#found;
    return (this.#found = this.#installing ? null : await findPeer(this.folder, signal));
  }

  /** @throws RequestError `unavailable` when it is not installed */
  async get(signal?: AbortSignal): Promise<Peer> {
    const peer = await this.find(signal);
    if (peer === null) throw new RequestError('unavailable', `The second checker is not installed in ${this.folder}.`);
    return peer;
  }

  async status(signal?: AbortSignal): Promise<SecondOpinionStatus> {
    return { installed: (await this.find(signal))?.versions ?? null, folder: this.folder, packages: [...PEER_PACKAGES], ...PEER_SIZE };
  }

  /** Installs it unless it is there. Call it only after the user agreed. @throws RequestError with the reason, or an AbortError */
  async install(onProgress: (line: string) => void, signal?: AbortSignal): Promise<Peer> {
    const there = await this.find(signal);
    if (there !== null) return there;
    if (this.#installing) throw new RequestError('conflict', 'The second checker is being installed already.');
    this.#installing = true;
    try {
      return (this.#found = await installPeer(this.folder, { python: this.#python, onProgress, signal }));
    } catch (error) {
      if (isAbort(error) || !(error instanceof Error)) throw error;
      throw new RequestError(error instanceof InstallError ? 'unavailable' : 'internal', `The second checker was not installed. ${error.message}`);
    } finally {
      this.#installing = false;
    }
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
