import { basename, join } from 'node:path';
import type { Problem } from '../../protocol/problem.ts';
import type { LaunchRequest, Recipe, Stage } from '../../protocol/training.ts';
import type { WorkProgress } from '../../protocol/methods.ts';
import type { SetComparison } from '../../protocol/decontamination.ts';
import type { ProblemEntry, RecordedRollout, TrainingPorts } from '../ports.ts';
import { findStage } from '../recipes/recipes.ts';
import { matchRollouts } from '../engines/rehearsal/match.ts';
import { lookAtCheckpoint, type CheckpointLook } from './checkpoint.ts';
import { chooseProblems, freeId, type CandidateProblem, type ProblemChoice } from './choose.ts';

/** Recorded rollouts of the kept problems, for the rehearsal. */
export interface RecordedChoice {
  /** Number of recorded rollouts of each kept problem, in the order of the problems. */
  readonly perProblem: readonly number[];
  readonly withoutRollouts: number;
  /** Recorded rollouts that belong to no kept problem. */
  readonly unmatched: number;
  /** Recorded rollouts beyond the stage's limit, and those that were cut below it when they were recorded. */
  readonly overLimit: number;
  readonly cutBelowLimit: number;
  readonly estimatedTokens: number;
  /** Recorded rollouts without any think tag, and those that only close a thought (R1 style). */
  readonly withoutTags: number;
  readonly closing: number;
  readonly total: number;
}

/** A request with everything looked up that deciding about it needs. Nothing has been written yet. */
export interface ResolvedStage {
  readonly request: LaunchRequest;
  readonly recipe: Recipe;
  readonly stage: Stage;
  readonly directory: string;
  readonly choice: ProblemChoice;
  /** What each training set was compared with. */
  readonly comparisons: readonly SetComparison[];
  readonly validation: readonly Problem[];
  readonly checkpoint: CheckpointLook;
  readonly recorded: RecordedChoice | null;
}

/** Reads the sets and, for a rehearsal, the recorded rollouts. @throws RequestError for an unknown recipe or stage, and the error of a file that cannot be read. */
export async function resolveStage(request: LaunchRequest, ports: TrainingPorts, signal: AbortSignal, progress: (value: WorkProgress) => void): Promise<ResolvedStage> {
  const { recipe, stage } = findStage(request.recipeId, request.stageId);
  const rollouts = request.engine === 'rehearsal' ? request.rehearsal?.rollouts ?? [] : [];
  const total = request.problems.length + request.validation.length + rollouts.length;
  let done = 0;
  const step = (message: string): void => { progress({ done, total, message }); done += 1; };

  const validationEntries: ProblemEntry[] = [];
  for (const path of request.validation) {
    step(`reading ${basename(path)}`);
    for (const entry of await ports.problems.read(path, signal)) validationEntries.push(entry);
  }
  // Validation takes all problems that can be verified: the difficulty filters and the contamination check are for training.
  const validated = chooseProblems(validationEntries, { ...request.settings, maxSolved: null, maxDifficulty: null }).kept;
  const candidates: CandidateProblem[] = [];
  const comparisons: SetComparison[] = [];
  for (const path of request.problems) {
    step(`reading ${basename(path)}`);
    const { entries, comparison } = await ports.problems.readChecked(path, { signal, progress });
    comparisons.push(comparison);
    for (const entry of entries) candidates.push({ ...entry, testSet: comparison.testSet });
  }
  const choice = chooseProblems(candidates, request.settings, validated);

  const recorded: RecordedRollout[] = [];
  for (const path of rollouts) {
    step(`reading ${basename(path)}`);
    for (const rollout of (await ports.rollouts.open(path, signal)).rollouts) recorded.push(rollout);
  }
  // A run looks problems up by id, those it validates on too: no two may have the same.
  const ids = new Set(choice.kept.map(({ id }) => id));
  const validation = validated.map((problem) => {
    const id = freeId(problem.id, ids);
    ids.add(id);
    return { ...problem, id };
  });
  const checkpoint = await lookAtCheckpoint(request.checkpoint);
  const resolved = { request, recipe, stage, directory: join(request.root, request.runId), comparisons, validation, checkpoint };
  if (request.engine !== 'rehearsal') return { ...resolved, choice, recorded: null };
  return { ...resolved, ...rehearsalChoice(choice, recorded, request.settings.maxResponseLength) };
}

/** A rehearsal can only use problems of which it has rollouts. */
function rehearsalChoice(choice: ProblemChoice, recorded: readonly RecordedRollout[], limit: number): { choice: ProblemChoice; recorded: RecordedChoice } {
  const byProblem = matchRollouts(choice.kept, recorded);
  const kept = choice.kept.filter(({ id }) => byProblem.has(id));
  const withoutRollouts = choice.kept.length - kept.length;
  const used = kept.map(({ id }) => byProblem.get(id) ?? []);
  const all = used.flat();
  return {
    choice: withoutRollouts === 0 ? choice : { ...choice, kept, removed: { ...choice.removed, 'no recorded rollouts': withoutRollouts } },
    recorded: {
      perProblem: used.map((rollouts) => rollouts.length),
      withoutRollouts,
      unmatched: recorded.length - all.length,
      overLimit: all.filter(({ tokens }) => tokens.value > limit).length,
      cutBelowLimit: all.filter(({ tokens, cut }) => cut === true && tokens.value < limit).length,
      estimatedTokens: all.filter(({ tokens }) => tokens.estimated).length,
      withoutTags: all.filter(({ firstTag }) => firstTag === null).length,
      closing: all.filter(({ firstTag }) => firstTag === 'close').length,
      total: all.length,
    },
  };
}
