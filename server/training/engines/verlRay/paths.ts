import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { VerlRayOptions } from '../../../protocol/training.ts';

/** Paths of a run as the cluster sees them: in the run directory, or in a folder of its name on shared storage. */
export interface JobPaths {
  readonly directory: string;
  readonly train: string;
  readonly validation: string;
  readonly problems: string;
  readonly rewardFunction: string;
  readonly rolloutDumps: string;
  readonly validationDumps: string;
  readonly checkpoints: string;
  /** veRL empties its metrics file at every start, so every attempt has its own. */
  metrics(attempt: number): string;
}

export function jobPaths(runDirectory: string, { sharedRoot }: Pick<VerlRayOptions, 'sharedRoot'>): JobPaths {
  const directory = sharedRoot === null ? runDirectory : join(sharedRoot, basename(runDirectory));
  const at = (...names: string[]): string => join(directory, ...names);
  return {
    directory,
    train: at('train.parquet'),
    validation: at('val.parquet'),
    problems: at('problems.jsonl'),
    rewardFunction: at('rlvr_reward.py'),
    rolloutDumps: at('rollouts'),
    validationDumps: at('validation'),
    checkpoints: at('checkpoints'),
    metrics: (attempt) => at('attempts', String(attempt), 'metrics.jsonl'),
  };
}

/** Ray's id of an attempt. The same attempt always has the same id, so submitting it twice starts one job. */
export function submissionId(runDirectory: string, attempt: number): string {
  const place = createHash('sha256').update(runDirectory).digest('hex').slice(0, 8);
  return `rlvr-${basename(runDirectory)}-${place}-${attempt}`;
}
