import { WebSocket } from 'ws';

/** One connection to a job's log. Ends when the stream ends, for whatever reason: the job's state is known from polling alone. */
export interface LogStream {
  /** Text as it arrives, always from the first byte of the log; pieces may split lines. */
  onText(text: string): void;
  readonly signal: AbortSignal;
}

/**
 * Streams a job's log from its beginning. The traps of the endpoint: permessage-deflate makes it close without data, it
 * never answers a closing handshake, and it cannot start at an offset.
 * @returns once the stream is over; `opened` is false when it never was.
 */
export function streamLog({ url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> }, { onText, signal }: LogStream): Promise<{ opened: boolean }> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve({ opened: false }); return; }
    let opened = false;
    const socket = new WebSocket(url, { headers: { ...headers }, perMessageDeflate: false, handshakeTimeout: 15_000, maxPayload: 64 * 1024 * 1024, followRedirects: false });
    const end = (): void => { socket.close(); socket.terminate(); };
    signal.addEventListener('abort', end, { once: true });
    socket.on('open', () => { opened = true; });
    socket.on('message', (data, isBinary) => { if (!isBinary && !signal.aborted && Buffer.isBuffer(data)) onText(data.toString('utf8')); }); // ws hands text over as one Buffer
    socket.on('error', () => undefined); // `close` follows
    socket.on('close', () => { signal.removeEventListener('abort', end); resolve({ opened }); });
  });
}

/** Log text goes into events of at most about this size. */
const PIECE = 16 * 1024;

/**
 * Turns a stream that begins anew with every connection into lines that are each handed over once. Bytes are UTF-8.
 */
export class LogCursor {
  #skip: number;
  #held = '';

  /** @param known bytes that were handed over on earlier connections. */
  constructor(known: number) {
    this.#skip = known;
  }

  /** Complete new lines in `text`, in pieces for events. */
  push(text: string): string[] {
    const fresh = this.#unknownPart(text);
    const all = this.#held + fresh;
    const end = all.lastIndexOf('\n') + 1;
    this.#held = all.slice(end);
    // A line that never ends (a progress bar) is handed over in parts, or it would be held forever.
    if (this.#held.length > PIECE) return [...pieces(all.slice(0, end)), ...this.flush()];
    return pieces(all.slice(0, end));
  }

  /** What is left when the log is over. */
  flush(): string[] {
    const rest = this.#held;
    this.#held = '';
    return pieces(rest);
  }

  #unknownPart(text: string): string {
    if (this.#skip === 0) return text;
    const bytes = Buffer.from(text);
    if (bytes.length <= this.#skip) {
      this.#skip -= bytes.length;
      return '';
    }
    const rest = bytes.subarray(this.#skip).toString();
    this.#skip = 0;
    return rest;
  }
}

/** Cuts at line ends where possible. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > PIECE) {
    let end = rest.lastIndexOf('\n', PIECE) + 1;
    if (end <= 0) end = /[\ud800-\udbff]/.test(rest[PIECE - 1] ?? '') ? PIECE - 1 : PIECE;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? found : [...found, rest];
}
