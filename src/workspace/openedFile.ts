import { isUnavailable, messageOf } from '../feedback.ts';
import type { Services } from '../services.ts';
import type { DataFile } from './dataFiles.ts';

/** A data file in a tree: its summary is read once, and its line is drawn anew only where it reads differently. */
export abstract class OpenedFile<Info> {
  readonly file: DataFile;
  info: Info | null = null;
  /** Why it could not be read. Stays until something changes: a broken file is not read again and again. */
  error: string | null = null;
  /** The description that the tree shows now. */
  described: string | boolean | undefined;
  /** The request under way: a file may be asked for several times while a large one is read. */
  #opening: Promise<void> | null = null;

  constructor(file: DataFile) {
    this.file = file;
  }

  get opening(): boolean {
    return this.#opening !== null;
  }

  /** Reads the summary unless it is known; one that fails is remembered and logged. */
  async open({ log }: Pick<Services, 'log'>, read: (path: string) => Promise<Info>): Promise<void> {
    if (this.file.kind === 'unreadable') this.error = this.file.reason ?? null;
    if (this.info !== null || this.error !== null) return;
    this.#opening ??= read(this.file.path).then(
      (info) => {
        this.info = info;
      },
      (error: unknown) => {
        // The server is away, which is not the file's fault: it is read when the lists are drawn after the return.
        if (isUnavailable(error)) return;
        this.error = messageOf(error);
        log.warn(`${this.file.path}: ${this.error}`);
      },
    ).finally(() => (this.#opening = null));
    await this.#opening;
  }
}

/** The node that a list has of a file, unless the file has become readable or unreadable since. */
export function known<N extends OpenedFile<unknown>>(node: N | undefined, file: DataFile): N | undefined {
  return node?.file.kind === file.kind && node.file.reason === file.reason ? node : undefined;
}
