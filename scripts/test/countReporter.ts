// A reporter for node:test that writes nothing but the final counts, as one line of JSON.
import type { TestEvent } from 'node:test/reporters';
import type { Counts } from './counts.ts';

/** Called by node:test with the events of a run; the last summary, which belongs to no file, is that of all files. */
export async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { tests, passed, skipped, todo } = event.data.counts;
    const counts: Counts = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo };
    yield JSON.stringify(counts);
  }
}

// node:test takes a reporter's default export.
export { countReporter as default };
