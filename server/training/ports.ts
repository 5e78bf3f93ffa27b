/**
 * What training needs from the other rooms, as small interfaces: the program's entry wires the real rooms to them,
 * tests wire a few records in memory.
 */
import type { SetComparison } from '../protocol/decontamination.ts';
import type { Domain, Problem, ProblemState } from '../protocol/problem.ts';
import type { TokenCount } from '../protocol/rollout.ts';
import type { Work } from '../records/work.ts';
import type { Verifier } from '../verifiers/verifier.ts';

/** A problem of a set with the user's decisions and the filters applied. */
export interface ProblemEntry {
  readonly problem: Problem;
  readonly state: ProblemState;
  /** Why the state is what it is. */
  readonly labels: readonly string[];
}

/** A set whose problems have all been compared with benchmarks. */
export interface TrainingSet {
  readonly entries: readonly ProblemEntry[];
  readonly comparison: SetComparison;
}

export interface ProblemSource {
  /** All problems of a set in file order; decisions beside the set are applied, contamination is left aside. Rejects when the file cannot be read. */
  read(path: string, signal: AbortSignal): Promise<readonly ProblemEntry[]>;
  /** The same for training: waits until the set has been checked for contamination. Rejects when it cannot be. */
  readChecked(path: string, work: Work): Promise<TrainingSet>;
  /** Files that decide the content of a set (the set, its decisions), for the hashes in stage.json. */
  filesOf(path: string): readonly string[];
}

/** A recorded rollout without its text, which may be large and is read when it is sampled. */
export interface RecordedRollout {
  readonly ref: number;
  readonly problemId: string | null;
  /** What was asked, normalised as a statement: the fallback when there is no problem id. */
  readonly question: string | null;
  readonly tokens: TokenCount;
  /** Whether the response was cut when it was recorded; null when the file does not say. */
  readonly cut: boolean | null;
  /** The first think tag of the response: a `close` ends a thought that the chat template opened. */
  readonly firstTag: 'open' | 'close' | null;
}

export interface RolloutFile {
  readonly rollouts: readonly RecordedRollout[];
  response(ref: number): Promise<string>;
}

export interface RolloutSource {
  open(path: string, signal: AbortSignal): Promise<RolloutFile>;
}

/** Writes veRL's rows as Parquet: code tests stay out of them. */
export type WriteParquet = (problems: readonly Problem[], target: string, options: { readonly split: string }) => Promise<unknown>;

/** Writes problems as JSON lines of our own schema, which `ProblemSource` reads back with the same ids. */
export type WriteProblems = (problems: readonly Problem[], target: string) => Promise<unknown>;

export interface TrainingPorts {
  readonly problems: ProblemSource;
  readonly rollouts: RolloutSource;
  /** The verifier of a domain; owned by the server, so training never disposes it. */
  verifierOf(domain: Domain): Verifier;
  readonly writeParquet: WriteParquet;
  readonly writeProblems: WriteProblems;
  readonly serverVersion: string;
  /** Absolute path of `rlvr_reward.py` of this installation. */
  readonly rewardFunction: string;
  /** Headers for an address of a Ray cluster, from a token that a client gave or from the environment; never logged. */
  rayHeaders(address: string): Readonly<Record<string, string>>;
}
