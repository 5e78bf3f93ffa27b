/**
 * Runs `work` over a stream with at most `most` items under way, and hands every result on with its place in the input.
 * Memory stays bounded whatever the input's length; the first failure stops the reading and is thrown when what is under way
 * has ended.
 */
export async function overWindow<T, R>(items: AsyncIterable<T>, most: number, work: (item: T, index: number) => Promise<R>, done: (result: R, index: number) => Promise<void>): Promise<number> {
  const running = new Set<Promise<void>>();
  const failures: Error[] = [];
  const failed = (error: unknown): void => void failures.push(error instanceof Error ? error : new Error(String(error)));
  let index = 0;
  try {
    for await (const item of items) {
      if (failures.length > 0) break;
      const at = index++;
      const task = work(item, at).then((result) => done(result, at)).catch(failed).finally(() => running.delete(task));
      running.add(task);
      if (running.size >= most) await Promise.race(running);
    }
  } catch (error) {
    failed(error);
  }
  await Promise.all(running);
  if (failures[0]) throw failures[0];
  return index;
}
