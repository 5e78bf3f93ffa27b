// Frames between the server and a box: `<length u32><type u8><job u32><payload>`, little endian (helper.py).

const HEADER_BYTES = 9;

export interface Frame {
  readonly type: string;
  readonly job: number;
  readonly payload: Buffer;
}

/** What came from a box is not a frame, or longer than allowed. Boxes are hostile: the connection ends. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** One frame as buffers to write one after the other; payloads are not copied. */
export function encodeFrame(type: string, job: number, ...payload: readonly Buffer[]): Buffer[] {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(payload.reduce((sum, part) => sum + part.length, 0), 0);
  header.writeUInt8(type.charCodeAt(0), 4);
  header.writeUInt32LE(job, 5);
  return [header, ...payload];
}

/** Cuts a stream of bytes into frames of at most `maxBytes` payload each. */
export class FrameReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the next bytes and gives the frames they complete. @throws FrameError */
  push(bytes: Buffer): Frame[] {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.#size < HEADER_BYTES) return frames;
      const length = this.#head(HEADER_BYTES).readUInt32LE(0);
      if (length > this.#maxBytes) throw new FrameError(`a frame of ${length} bytes`);
      if (this.#size < HEADER_BYTES + length) return frames;
      const whole = this.#head(HEADER_BYTES + length);
      frames.push({
        type: String.fromCharCode(whole.readUInt8(4)),
        job: whole.readUInt32LE(5),
        payload: whole.subarray(HEADER_BYTES, HEADER_BYTES + length),
      });
      this.#parts = [whole.subarray(HEADER_BYTES + length)];
      this.#size -= HEADER_BYTES + length;
    }
  }

  /** The first buffer, made at least `count` bytes long. */
  #head(count: number): Buffer {
    let [first] = this.#parts;
    if (first === undefined || first.length < count) {
      first = Buffer.concat(this.#parts);
      this.#parts = [first];
    }
    return first;
  }
}
