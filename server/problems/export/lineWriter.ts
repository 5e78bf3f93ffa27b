import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

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
    this.#file ??= await open(this.#temporary, 'w');
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
    this.#file ??= await open(this.#temporary, 'w');
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    this.#file = null;
    await rename(this.#temporary, this.#path);
    return this.#lines;
  }

  async abandon(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rm(this.#temporary, { force: true });
  }

  async #flush(): Promise<void> {
    await this.#file?.appendFile(this.#buffer, 'utf8');
    this.#buffer = '';
  }
}
