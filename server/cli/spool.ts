import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Puts standard input into a file for what is read by place, and removes it afterwards however that ends. */
export async function spooled<T>(input: AsyncIterable<Buffer>, signal: AbortSignal, run: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-stdin-'));
  // The reader of a pipe that stops early (head) ends the process where it stands.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const path = join(folder, 'stdin.jsonl');
    await pipeline(input, createWriteStream(path, { mode: 0o600 }), { signal });
    return await run(path);
  } finally {
    process.off('exit', remove);
    await rm(folder, { recursive: true, force: true });
  }
}
