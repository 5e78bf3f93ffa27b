import { AbstractMessageReader, AbstractMessageWriter, createMessageConnection, type DataCallback, type Disposable, type Message, type MessageConnection, type MessageWriter } from 'vscode-jsonrpc/node.js';
import { CLOSE_TOO_SLOW } from './errors.ts';
import { MAX_FRAME_BYTES } from './version.ts';

/** The part of a `ws` socket that carries JSON-RPC; both sides of the wire use the same transport. */
export interface Socket {
  readonly bufferedAmount: number;
  send(text: string, done: (error?: Error | null) => void): void;
  close(code?: number, reason?: string): void;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: (code: number, reason: Buffer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Bytes that may wait for a slow reader before the connection is given up. */
const MAX_WAITING_BYTES = 4 * MAX_FRAME_BYTES;

class SocketReader extends AbstractMessageReader {
  readonly #socket: Socket;
  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('error', (error) => this.fireError(error));
    socket.on('close', () => this.fireClose());
  }
  override listen(callback: DataCallback): Disposable {
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary) return this.fireError(new Error('binary frame'));
      let message: unknown;
      try {
        message = JSON.parse(String(data));
      } catch (error) {
        return this.fireError(new Error(`frame is not JSON: ${error instanceof Error ? error.message : String(error)}`));
      }
      if (typeof message !== 'object' || message === null || !('jsonrpc' in message) || message.jsonrpc !== '2.0') return this.fireError(new Error('frame is not a JSON-RPC 2.0 message'));
      // Safe: `jsonrpc` was checked; vscode-jsonrpc itself tells requests, replies and notifications apart and refuses the rest.
      callback(message as Message);
    });
    return { dispose: () => undefined };
  }
}

class SocketWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: Socket;
  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('close', () => this.fireClose());
  }
  async write(message: Message): Promise<void> {
    if (this.#socket.bufferedAmount > MAX_WAITING_BYTES) {
      this.#socket.close(CLOSE_TOO_SLOW, 'reader is too slow');
      throw new Error('the other side reads too slowly');
    }
    const text = JSON.stringify(message);
    await new Promise<void>((resolve, reject) => {
      this.#socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }
  end(): void {
    // The socket's owner closes it.
  }
}

/** JSON-RPC over an open WebSocket. Call `listen()` on the result after registering handlers. */
export function jsonRpcOver(socket: Socket): MessageConnection {
  return createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
}
