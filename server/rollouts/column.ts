type NumberArray = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Int8Array<ArrayBuffer>;

/** A growing column of numbers with a fixed size per value, for indexes of millions of rollouts. */
export class Column<A extends NumberArray> {
  #values: A;
  #length = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#values = make(64);
  }

  get length(): number { return this.#length; }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const bigger = this.#make(this.#values.length * 2);
      bigger.set(this.#values);
      this.#values = bigger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  at(index: number): number { return index < this.#length ? this.#values[index] ?? Number.NaN : Number.NaN; }

  set(index: number, value: number): void {
    if (index < this.#length) this.#values[index] = value;
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void { this.#length = Math.min(this.#length, length); }
}

export const float64 = (): Column<Float64Array<ArrayBuffer>> => new Column((length) => new Float64Array(length));
export const uint32 = (): Column<Uint32Array<ArrayBuffer>> => new Column((length) => new Uint32Array(length));
export const uint8 = (): Column<Uint8Array<ArrayBuffer>> => new Column((length) => new Uint8Array(length));
export const int8 = (): Column<Int8Array<ArrayBuffer>> => new Column((length) => new Int8Array(length));

/** Null is kept as NaN in float columns. */
export const fromNullable = (value: number | null): number => value ?? Number.NaN;
export const toNullable = (value: number): number | null => (Number.isNaN(value) ? null : value);
