/** Texts by key, the least recently used forgotten first when they are more than `limit` UTF-16 units together. */
export class TextCache<K> {
  readonly #limit: number;
  readonly #texts = new Map<K, string>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async get(key: K, read: () => Promise<string>): Promise<string> {
    const known = this.#texts.get(key);
    const text = known ?? await read();
    this.#forget(key);
    this.#texts.set(key, text);
    this.#size += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#size <= this.#limit || oldest === key) break;
      this.#forget(oldest);
    }
    return text;
  }

  #forget(key: K): void {
    this.#size -= this.#texts.get(key)?.length ?? 0;
    this.#texts.delete(key);
  }
}
