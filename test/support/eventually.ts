/** Waits until `look` gives something, without guessing how long that takes. */
export async function eventually<T>(look: () => T | null | undefined | false | Promise<T | null | undefined | false>, what: string, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
