import type { RunEvent } from '../../protocol/training.ts';
import { parseEvent } from './eventFile.ts';
import { errorCode } from './files.ts';
import { readLines } from './lines.ts';

/** Where a follower learns that there may be more to read. */
export interface EventFeed {
  readonly path: string;
  /** Bytes that may be read: those known to be on disk, or undefined when another process writes the file. */
  limit(): number | undefined;
  /** Resolves when the file may have grown, or at once if it has since `seen` bytes; rejects never. */
  grown(seen: number, signal: AbortSignal): Promise<void>;
}

/** Events are handed over in pieces of at most this many, so that one large run does not make one large message. */
const PIECE = 256;
const PIECE_BYTES = 512 * 1024;

/**
 * Hands over all events after number `after` in order, first from the file, then as they are written, until `signal` fires.
 * Reading always happens from the file, so replay and live are one and can neither skip nor repeat.
 */
export async function followEvents(feed: EventFeed, after: number, signal: AbortSignal, sink: (events: RunEvent[]) => void | Promise<void>): Promise<void> {
  let offset = 0;
  let sent = after;
  while (!signal.aborted) {
    let piece: RunEvent[] = [];
    let pieceStart = offset;
    const hand = async (): Promise<void> => {
      if (piece.length === 0) return;
      const ready = piece;
      piece = [];
      pieceStart = offset;
      await sink(ready);
    };
    try {
      for await (const line of readLines(feed.path, offset, feed.limit())) {
        if (!line.complete || signal.aborted) break;
        offset = line.end;
        const parsed = parseEvent(line.text);
        if ('event' in parsed && parsed.event.seq > sent) {
          sent = parsed.event.seq;
          piece.push(parsed.event);
        }
        if (piece.length >= PIECE || offset - pieceStart >= PIECE_BYTES) await hand();
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
    if (signal.aborted) return;
    await hand();
    await feed.grown(offset, signal);
  }
}
