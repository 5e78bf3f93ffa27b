import { stripVTControlCharacters } from 'node:util';
import type { Metrics } from '../../../protocol/training.ts';

/** `(TaskRunner pid=123) `, `(TaskRunnerV1 pid=123, ip=10.0.0.2) `, and a repetition count that Ray may add. */
const PREFIX = /^\((?:\w+) pid=\d+(?:, ip=[^)]*)?\)\s*/;

/** A number as Python prints it: `0.5`, `1e-06`, `nan`, `np.float64(0.5)`, `tensor(0.5)`. Null for nan and infinities, undefined for no number. */
export function pythonNumber(text: string): number | null | undefined {
  const inner = /^(?:np\.\w+|numpy\.\w+|tensor)\((.*?)(?:,\s*[^)]*)?\)$/.exec(text)?.[1] ?? text;
  if (/^[+-]?(nan|inf|infinity)$/i.test(inner)) return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(inner)) return undefined;
  return Number(inner);
}

/**
 * A metrics line of veRL's console logger: `step:N - key:value - key:value`, coloured and prefixed by Ray. Null for any
 * other line. The fallback where the metrics file cannot be read.
 */
export function parseConsoleMetrics(line: string): { step: number; metrics: Metrics } | null {
  const plain = stripVTControlCharacters(line).replace(PREFIX, '').trim();
  const [first, ...rest] = plain.split(' - ');
  const step = /^step:(\d+)$/.exec(first ?? '')?.[1];
  if (step === undefined || rest.length === 0) return null;
  const metrics: Metrics = {};
  for (const part of rest) {
    const colon = part.lastIndexOf(':');
    const value = colon <= 0 ? undefined : pythonNumber(part.slice(colon + 1).trim());
    if (value !== undefined) metrics[part.slice(0, colon)] = value;
  }
  return { step: Number(step), metrics };
}
