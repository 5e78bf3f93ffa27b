import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { writeError } from '../../records/writeError.ts';

const BUFFER = 1024 * 1024;

/** Writes lines to a file that appears under its name only when it is complete. */
export class LineWriter {
  readonly #path: string;
  readonly #temporary: string;
  #file: FileHandle | null = null;
  #buffer = '';
  #lines = 0;

  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.writing`;
  }

  async add(line: string): Promise<void> {
    this.#file ??= await this.#opened();
    this.#buffer += `${line}\n`;
    this.#lines += 1;
    if (this.#buffer.length >= BUFFER) await this.#flush();
  }

  /** Number of lines written. Without lines the file is empty, or, if it is `optional`, there is none. */
  async finish(optional = false): Promise<number> {
    if (this.#lines === 0 && optional) {
      await rm(this.#path, { force: true });
      return 0;
    }
    this.#file ??= await this.#opened();
    await this.#flush();
    try {
      await this.#file.sync();
      await this.#file.close();
      this.#file = null;
      await rename(this.#temporary, this.#path);
    } catch (error) {
      throw writeError(this.#path, error);
    }
    return this.#lines;
  }

  async abandon(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rm(this.#temporary, { force: true });
  }

  async #opened(): Promise<FileHandle> {
    try {
      return await open(this.#temporary, 'w');
    } catch (error) {
      throw writeError(this.#path, error);
    }
  }

  async #flush(): Promise<void> {
    try {
      await this.#file?.appendFile(this.#buffer, 'utf8');
    } catch (error) {
      throw writeError(this.#path, error);
    }
    this.#buffer = '';
  }
}
