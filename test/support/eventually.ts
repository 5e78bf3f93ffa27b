import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

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

/** Waits until what `look` gives equals `expected`; the last look tells the difference. */
export async function becomes<T>(look: () => T | Promise<T>, expected: T, message?: string): Promise<void> {
  let last = await look();
  await eventually(async () => isDeepStrictEqual(last = await look(), expected), message ?? 'what is expected').catch(() => undefined);
  assert.deepEqual(last, expected, message);
}
