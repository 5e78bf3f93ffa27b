import { constants, createGunzip } from 'node:zlib';

/** Most pieces in which an archive is read again; some seconds of work. */
const PIECES = 200_000;

/**
 * All that a damaged archive unpacks to before its damage, also what zlib holds back of the piece in which the damage is: the
 * pieces are small, single bytes below 200 kB. `each` gets what was unpacked, in order.
 */
export async function salvageGzip(packed: AsyncIterable<Buffer>, size: number, each: (chunk: Buffer) => void, signal?: AbortSignal): Promise<void> {
  const step = Math.ceil(size / PIECES);
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  // The error itself is known: it is why the archive is read again.
  let failed = (): void => undefined;
  gunzip.on('error', () => { failed(); });
  gunzip.on('data', each);
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += step) {
        signal?.throwIfAborted();
        // One at a time: what waits behind a damaged piece is given up with it.
        await new Promise<void>((resolve) => {
          failed = resolve;
          gunzip.write(chunk.subarray(at, at + step), () => { resolve(); });
        });
        if (gunzip.destroyed) return;
      }
    }
    await new Promise<void>((resolve) => {
      gunzip.once('close', resolve);
      gunzip.end();
    });
  } finally {
    gunzip.destroy();
  }
}
