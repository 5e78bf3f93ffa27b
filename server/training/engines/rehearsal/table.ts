/** The table that stands in for a model: logits of recorded rollouts by problem, and its file. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode, writeAtomically } from '../../runs/files.ts';
import type { RunLayout } from '../../runs/layout.ts';

const TableFileSchema = v.object({
  format: v.literal('rlvr-table/1'),
  note: v.string(),
  step: v.number(),
  /** Logits by problem id, one per recorded rollout; problems not yet drawn are absent (all logits 0). */
  logits: v.record(v.string(), v.array(v.number())),
});

export class Table {
  readonly #logits: Map<string, number[]>;

  constructor(logits: Iterable<readonly [string, number[]]> = []) {
    this.#logits = new Map(logits);
  }

  /** Logits of a problem with `size` recorded rollouts; zeros before its first update. */
  of(problemId: string, size: number): readonly number[] {
    const logits = this.#logits.get(problemId);
    return logits?.length === size ? logits : new Array<number>(size).fill(0);
  }

  add(problemId: string, change: readonly number[]): void {
    const logits = this.of(problemId, change.length);
    this.#logits.set(problemId, logits.map((logit, index) => logit + (change[index] ?? 0)));
  }

  toJson(step: number): string {
    return JSON.stringify({ format: 'rlvr-table/1', note: 'State of a rehearsal: no model was trained.', step, logits: Object.fromEntries(this.#logits) });
  }
}

export function tablePath(layout: RunLayout, step: number): string {
  return join(layout.checkpoints, `global_step_${step}`, 'table.json');
}

/** Saves the table after a step; complete or not at all. */
export function saveTable(layout: RunLayout, step: number, table: Table): Promise<void> {
  return writeAtomically(tablePath(layout, step), table.toJson(step));
}

/** Forgets the table of a step that is neither a checkpoint nor the latest. */
export function forgetTable(layout: RunLayout, step: number): Promise<void> {
  return rm(join(layout.checkpoints, `global_step_${step}`), { recursive: true, force: true });
}

/**
 * The newest saved table that is not newer than `step`. A damaged one is passed over: the step after an older table is
 * computed again, with the same result.
 */
export async function loadTable(layout: RunLayout, step: number): Promise<{ step: number; table: Table; issues: string[] }> {
  const issues: string[] = [];
  for (const candidate of await savedSteps(layout)) {
    if (candidate > step) continue;
    try {
      const parsed = v.parse(TableFileSchema, JSON.parse(await readFile(tablePath(layout, candidate), 'utf8')));
      return { step: candidate, table: new Table(Object.entries(parsed.logits)), issues };
    } catch (error) {
      issues.push(`${tablePath(layout, candidate)} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { step: 0, table: new Table(), issues };
}

/** Steps with a saved table, newest first. */
export async function savedSteps(layout: RunLayout): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(layout.checkpoints);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return names.flatMap((name) => { const match = /^global_step_(\d+)$/.exec(name); return match ? [Number(match[1])] : []; }).sort((a, b) => b - a);
}
