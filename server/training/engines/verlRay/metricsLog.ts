import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import type { Metrics } from '../../../protocol/training.ts';
import { errorCode } from '../../runs/files.ts';
import { readLines } from '../../runs/lines.ts';

const LineSchema = v.object({ step: v.number(), data: v.record(v.string(), v.unknown()) });

/** One line of veRL's file logger; values that are no numbers are left out. Null when the line is something else. */
export function parseMetricsLine(text: string): { step: number; metrics: Metrics } | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(LineSchema, json);
  if (!parsed.success) return null;
  const numbers = Object.entries(parsed.output.data).filter((entry): entry is [string, number | null] => entry[1] === null || typeof entry[1] === 'number');
  return { step: parsed.output.step, metrics: Object.fromEntries(numbers) };
}

/** Follows the file that veRL writes its metrics to: several lines may speak of one step, the last may be unfinished. */
export class MetricsLog {
  readonly #path: string;
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the file can be seen from here at all. */
  async visible(): Promise<boolean> {
    return await this.#size() !== null;
  }

  /** What has been added since the last call; from the beginning when the file became shorter. */
  async read(): Promise<{ step: number; metrics: Metrics }[]> {
    const size = await this.#size();
    if (size === null) return [];
    if (size < this.#offset) this.#offset = 0;
    const found: { step: number; metrics: Metrics }[] = [];
    for await (const line of readLines(this.#path, this.#offset, size)) {
      if (!line.complete) break;
      this.#offset = line.end;
      const parsed = parseMetricsLine(line.text);
      if (parsed !== null) found.push(parsed);
    }
    return found;
  }

  async #size(): Promise<number | null> {
    try {
      return (await stat(this.#path)).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }
}
