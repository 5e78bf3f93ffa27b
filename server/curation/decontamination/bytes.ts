/** Writes numbers one after another into a growing buffer. */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }

  /** Little-endian, `count` bytes. */
  fixed(value: number, count: number): void {
    for (let i = 0, rest = value; i < count; i++, rest = Math.floor(rest / 256)) this.byte(rest % 256);
  }

  /** Seven bits a byte, low ones first. */
  varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) + 128);
    this.byte(rest);
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.varint(bytes.length);
    for (const byte of bytes) this.byte(byte);
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Reads what a ByteWriter wrote. Throws a RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('the file ends too early');
    return value;
  }

  fixed(count: number): number {
    let value = 0;
    for (let i = 0, unit = 1; i < count; i++, unit *= 256) value += this.byte() * unit;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) break;
    }
    if (!Number.isSafeInteger(value)) throw new RangeError('a number is out of range');
    return value;
  }

  text(): string {
    const length = this.varint();
    if (this.#at + length > this.#bytes.length) throw new RangeError('the file ends too early');
    this.#at += length;
    return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(this.#at - length, this.#at));
  }
}
