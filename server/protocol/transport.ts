import * as v from 'valibot';
import { AbstractMessageReader, AbstractMessageWriter, createMessageConnection, Message, type DataCallback, type Disposable, type MessageConnection, type MessageWriter } from 'vscode-jsonrpc/node.js';
import { CLOSE_TOO_SLOW, REQUEST_FAILED, type ErrorData } from './errors.ts';
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

const Version = v.literal('2.0');
const Id = v.union([v.string(), v.number()]);
/** Parameters go by name: by position, vscode-jsonrpc would hand a list's second value to a handler in place of its cancellation. */
const Params = v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'not an object');

/** The messages of JSON-RPC. vscode-jsonrpc looks at less: a cancellation that names no request ends its whole process. */
const MessageSchema = v.union([
  v.strictObject({ jsonrpc: Version, id: Id, method: v.string(), params: v.optional(Params) }),
  v.strictObject({ jsonrpc: Version, method: v.literal('$/cancelRequest'), params: v.object({ id: Id }) }),
  v.strictObject({ jsonrpc: Version, method: v.pipe(v.string(), v.notValue('$/cancelRequest')), params: v.optional(Params) }),
  v.strictObject({ jsonrpc: Version, id: Id, result: v.unknown() }),
  v.strictObject({ jsonrpc: Version, id: v.nullable(Id), error: v.object({ code: v.number(), message: v.string(), data: v.optional(v.unknown()) }) }),
]);

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
      if (!v.is(MessageSchema, message)) return this.fireError(new Error('frame is not a JSON-RPC 2.0 message'));
      callback(message);
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
    const text = fitting(message);
    await new Promise<void>((resolve, reject) => {
      this.#socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }
  end(): void {
    // The socket's owner closes it.
  }
}

/** The text of a message that the other side will take. An answer beyond the bound becomes an error: the frame would end the connection. */
function fitting(message: Message): string {
  const text = textOf(message);
  if (text !== null) return text;
  const tooLong = `a message may have ${MAX_FRAME_BYTES / 1024 / 1024} MiB, and this one has more`;
  if (!Message.isResponse(message)) throw new Error(tooLong);
  const { jsonrpc, id } = message;
  return JSON.stringify({ jsonrpc, id, error: { code: REQUEST_FAILED, message: `the answer is too long: ${tooLong}`, data: { reason: 'internal' } satisfies ErrorData } });
}

/** Null where the text would be too long, also for JavaScript. */
function textOf(message: Message): string | null {
  try {
    const text = JSON.stringify(message);
    return Buffer.byteLength(text) > MAX_FRAME_BYTES ? null : text;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** JSON-RPC over an open WebSocket. Call `listen()` on the result after registering handlers. */
export function jsonRpcOver(socket: Socket): MessageConnection {
  return createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
}
