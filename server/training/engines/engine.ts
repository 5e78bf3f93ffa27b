import type { Problem } from '../../protocol/problem.ts';
import type { LaunchRequest, Lint, RunEventBody } from '../../protocol/training.ts';
import type { TrainingPorts } from '../ports.ts';
import type { RunLayout } from '../runs/layout.ts';
import type { StageFile } from '../runs/stageFile.ts';
import type { RunState } from '../runs/state.ts';
import type { ResolvedStage } from '../stages/resolve.ts';

/** What an engine may use while it executes a run. The run directory and the events are its only memory. */
export interface Execution {
  readonly layout: RunLayout;
  readonly stage: StageFile;
  readonly ports: TrainingPorts;
  /** What the events add up to so far; after a restart of the server the engine goes on from here. */
  state(): RunState;
  /** Resolves when the events are on disk. */
  emit(...bodies: RunEventBody[]): Promise<void>;
  /** The user asked to stop: end the work, wherever it happens, then return. */
  readonly stop: AbortSignal;
  /** The server goes away: leave the work as it is and reject with an AbortError. */
  readonly detach: AbortSignal;
}

/** How an execution ended. `lost`: the work may go on somewhere, but nobody can say. */
export interface Outcome {
  readonly status: 'succeeded' | 'stopped' | 'failed' | 'lost';
  readonly message: string;
}

/** A file of the run directory that is text, as it will be written. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly executable?: boolean;
}

export interface Engine {
  /** Plain words for people. */
  readonly label: string;
  /** Version of what executes. */
  version(stage: ResolvedStage): string;
  lints(stage: ResolvedStage): Lint[];
  /** What the engine will be asked to execute, as command.sh. */
  command(stage: ResolvedStage): string;
  /**
   * Asks before a launch or a resume whether what executes lets us in; nothing is written yet.
   * @throws RequestError where the user can put it right; what may pass by itself is left to the run.
   */
  check?(request: LaunchRequest, directory: string, ports: TrainingPorts, signal: AbortSignal): Promise<void>;
  /** Folder with the model of a step's checkpoint, to start another stage from; null where an engine trains none. */
  modelOf(request: LaunchRequest, directory: string, step: number): string | null;
  /** Writes what only this engine needs; `problems` are the training problems. */
  prepare(stage: ResolvedStage, layout: RunLayout, problems: readonly Problem[], ports: TrainingPorts): Promise<void>;
  /** Executes or, after a restart of the server, goes on executing the attempt of `state()`. */
  execute(execution: Execution): Promise<Outcome>;
}
