import { open, type FileHandle } from 'node:fs/promises';
import type { Metrics } from '../../protocol/training.ts';
import { scanEvents } from './eventFile.ts';
import type { RunLayout } from './layout.ts';

/**
 * metrics.jsonl: `{"step": N, "data": {name: number}}` a line, as veRL's own file logger writes them, for tools that read
 * nothing else. It repeats the step events and is written anew from them whenever a server takes the run. A step that was
 * executed again after a resume has a second line; the later one counts.
 */
export class MetricsFile {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async open(layout: RunLayout): Promise<MetricsFile> {
    const lines: string[] = [];
    await scanEvents(layout.events, ({ body }) => { if (body.type === 'step') lines.push(line(body.step, body.metrics)); });
    const handle = await open(layout.metrics, 'w');
    await handle.writeFile(lines.join(''));
    return new MetricsFile(handle);
  }

  async append(step: number, metrics: Metrics): Promise<void> {
    await this.#handle.writeFile(line(step, metrics));
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function line(step: number, metrics: Metrics): string {
  return `${JSON.stringify({ step, data: metrics })}\n`;
}
