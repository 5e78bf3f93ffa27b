import { join } from 'node:path';

/** Names inside a run directory; docs/training.md explains each for people. */
export interface RunLayout {
  readonly directory: string;
  /** What was asked for, written first: the run can be prepared again from it. */
  readonly request: string;
  /** The resolved stage, engine, versions and hashes of inputs. */
  readonly stage: string;
  readonly train: string;
  readonly validation: string;
  /** The problems as they were when the run was prepared, with answers and tests, training and validation: later decisions change nothing. */
  readonly problems: string;
  readonly command: string;
  readonly events: string;
  readonly metrics: string;
  readonly rollouts: string;
  readonly checkpoints: string;
  readonly lock: string;
}

export function runLayout(directory: string): RunLayout {
  const at = (name: string): string => join(directory, name);
  return {
    directory,
    request: at('request.json'),
    stage: at('stage.json'),
    train: at('train.parquet'),
    validation: at('val.parquet'),
    problems: at('problems.jsonl'),
    command: at('command.sh'),
    events: at('events.jsonl'),
    metrics: at('metrics.jsonl'),
    rollouts: at('rollouts'),
    checkpoints: at('checkpoints'),
    lock: at('server.lock'),
  };
}

/** The file of one step's rollouts. */
export function rolloutsOfStep(layout: RunLayout, step: number): string {
  return join(layout.rollouts, `${step}.jsonl`);
}
