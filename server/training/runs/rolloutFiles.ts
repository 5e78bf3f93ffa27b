import { readdir } from 'node:fs/promises';
import { errorCode } from './files.ts';
import type { RunLayout } from './layout.ts';

/** Steps that have a rollout file, in order. */
export async function listSteps(layout: Pick<RunLayout, 'rollouts'>): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(layout.rollouts);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return names.flatMap((name) => { const match = /^(\d+)\.jsonl$/.exec(name); return match ? [Number(match[1])] : []; }).sort((a, b) => a - b);
}
