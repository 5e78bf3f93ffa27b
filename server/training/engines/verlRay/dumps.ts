import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Metrics } from '../../../protocol/training.ts';
import { groupMetrics } from '../../metrics.ts';
import { errorCode } from '../../runs/files.ts';
import { readLines } from '../../runs/lines.ts';

const LineSchema = v.object({ input: v.string(), score: v.nullable(v.number()), uid: v.optional(v.string()), verifier_error: v.optional(v.unknown()) });

/** What a step's dump says: how many rollouts, and the metrics that veRL does not have. */
export interface DumpSummary {
  readonly count: number;
  readonly metrics: Metrics;
}

/** `<prompt uuid>_<session>_<index>` since 0.9; before, rollouts of a group have the same input. */
function groupKey(line: v.InferOutput<typeof LineSchema>): string {
  const uid = line.uid === undefined ? null : /^(.+)_\d+_\d+$/.exec(line.uid);
  return uid?.[1] ?? createHash('sha1').update(line.input).digest('base64');
}

/** Reads a dump of veRL's, or null when it is missing or not yet written to its end (its last line has no newline). */
export async function readDump(path: string): Promise<DumpSummary | null> {
  if (!await endsInNewline(path)) return null;
  const groups = new Map<string, number>();
  const rollouts: { group: number; reward: number | null }[] = [];
  let count = 0;
  let errors = 0;
  let flagged = false;
  for await (const { text, complete } of readLines(path)) {
    if (!complete) return null;
    count += 1;
    const parsed = v.safeParse(LineSchema, jsonOrNull(text));
    if (!parsed.success) continue;
    const { output } = parsed;
    const key = groupKey(output);
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    // Our reward function answers 0 with this flag when the verifier failed: such a rollout has no reward.
    const failed = Number(output.verifier_error ?? 0) > 0;
    flagged ||= output.verifier_error !== undefined;
    errors += failed ? 1 : 0;
    rollouts.push({ group, reward: failed ? null : output.score });
  }
  return { count, metrics: { ...groupMetrics(rollouts), ...(flagged ? { 'verifier/error_rate': errors / count } : {}) } };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function endsInNewline(path: string): Promise<boolean> {
  try {
    const { size } = await stat(path);
    if (size === 0) return false;
    const handle = await open(path, 'r');
    try {
      const last = Buffer.alloc(1);
      await handle.read(last, 0, 1, size - 1);
      return last[0] === 10;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Step of the last complete checkpoint, as veRL's tracker file says; 0 when there is none. */
export async function lastCheckpoint(checkpoints: string): Promise<number> {
  try {
    const step = Number((await readFile(join(checkpoints, 'latest_checkpointed_iteration.txt'), 'utf8')).trim());
    return Number.isInteger(step) && step > 0 ? step : 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
