import { open, stat, type FileHandle } from 'node:fs/promises';
import type { RunEvent, RunEventBody } from '../../protocol/training.ts';

/** The few operations that writing needs; tests put a full disk in their place. */
export interface AppendTarget {
  write(bytes: Uint8Array, position: number): Promise<{ bytesWritten: number }>;
  datasync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly bodies: readonly RunEventBody[];
  resolve(events: RunEvent[]): void;
  reject(error: unknown): void;
}

/** Opens events.jsonl for writing at given places. */
export async function openAppendTarget(path: string): Promise<AppendTarget> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r+');
  } catch {
    handle = await open(path, 'w+');
  }
  const { dev, ino } = await handle.stat();
  return {
    write: (bytes, position) => handle.write(bytes, 0, bytes.length, position),
    datasync: async () => {
      await handle.datasync();
      // What a file without its name holds is on no disk that anybody could read again.
      const named = await stat(path).catch(() => null);
      if (named?.dev !== dev || named.ino !== ino) throw new Error(`${path} was removed or replaced while the run wrote it`);
    },
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}

/**
 * The only writer of a run's events. Events get the next numbers, are written and synced to disk, and only then handed to
 * the caller and to listeners. Appends that arrive during a sync share the next one. When writing fails nothing is counted:
 * the file is cut back to its last good byte and the same numbers are used again.
 */
export class EventLog {
  readonly #target: AppendTarget;
  readonly #now: () => Date;
  readonly #onDurable: (events: readonly RunEvent[], size: number) => void;
  #size: number;
  #lastSeq: number;
  #tailDirty = false;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  /** @param size bytes of the file that hold complete events, @param lastSeq number of the last of them. */
  constructor(target: AppendTarget, size: number, lastSeq: number, onDurable: (events: readonly RunEvent[], size: number) => void, now: () => Date = () => new Date()) {
    this.#target = target;
    this.#size = size;
    this.#lastSeq = lastSeq;
    this.#onDurable = onDurable;
    this.#now = now;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Resolves with the numbered events once they are on disk; rejects with the system's error if they are not. */
  append(bodies: readonly RunEventBody[]): Promise<RunEvent[]> {
    if (bodies.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bodies, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  /** Waits for what is being written, then closes the file. */
  async close(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    await this.#target.close();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#write(batch);
    }
    // In the same turn as the look at the queue: an append of a later turn starts a new drain, and none is left waiting.
    this.#writing = null;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const time = this.#now().toISOString();
    let seq = this.#lastSeq;
    const numbered = batch.map(({ bodies }) => bodies.map((body): RunEvent => ({ seq: ++seq, time, body })));
    const all = numbered.flat();
    const bytes = Buffer.from(all.map((event) => `${JSON.stringify(event)}\n`).join(''));
    try {
      if (this.#tailDirty) await this.#cutBack();
      for (let done = 0; done < bytes.length;) {
        done += (await this.#target.write(bytes.subarray(done), this.#size + done)).bytesWritten;
      }
      await this.#target.datasync();
    } catch (error) {
      this.#tailDirty = true;
      await this.#cutBack().catch(() => undefined); // tried again before the next write
      for (const { reject } of batch) reject(error);
      return;
    }
    this.#size += bytes.length;
    this.#lastSeq = seq;
    this.#onDurable(all, this.#size);
    batch.forEach(({ resolve }, index) => { resolve(numbered[index] ?? []); });
  }

  async #cutBack(): Promise<void> {
    await this.#target.truncate(this.#size);
    this.#tailDirty = false;
  }
}
