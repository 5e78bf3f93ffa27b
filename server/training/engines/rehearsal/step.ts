/** One step of a rehearsal: draw groups, judge them, update the table. Deterministic in seed and step. */
import type { Metrics, StageSettings } from '../../../protocol/training.ts';
import { rolloutMetrics } from '../../metrics.ts';
import type { CorpusProblem, CorpusRollout, Judge, Judged } from './corpus.ts';
import { groupAdvantages, lossWeights, objective, objectiveGradient } from './grpo.ts';
import { entropy, probabilities, sample } from './policy.ts';
import { seededRandom, seedOf, shuffledIndices } from './random.ts';
import { gradientScale, rehearsalRate } from './rate.ts';
import type { Table } from './table.ts';

const ORDER = 1;
const SAMPLING = 2;

/** Indices of the problems of a step (from 1): every epoch has its own order, the last partial batch is dropped. */
export function batchOfStep(problems: number, settings: Pick<StageSettings, 'batchSize' | 'seed'>, step: number): number[] {
  const size = Math.min(settings.batchSize, problems);
  const perEpoch = Math.floor(problems / size);
  const epoch = Math.floor((step - 1) / perEpoch);
  const first = ((step - 1) % perEpoch) * size;
  return shuffledIndices(problems, seededRandom(seedOf(settings.seed, epoch, ORDER))).slice(first, first + size);
}

interface Group {
  readonly index: number;
  readonly entry: CorpusProblem;
  readonly distribution: readonly number[];
  readonly choices: readonly number[];
}

/** A drawn rollout with everything that the step's file says of it. */
export interface StepRollout {
  readonly entry: CorpusProblem;
  readonly rollout: CorpusRollout;
  readonly sample: number;
  readonly judged: Judged;
  readonly advantage: number | null;
}

export interface StepResult {
  readonly metrics: Metrics;
  readonly rollouts: readonly StepRollout[];
}

/** Draws the groups of a step from the table as it is. */
export function drawGroups(corpus: readonly CorpusProblem[], table: Table, settings: StageSettings, step: number): Group[] {
  return batchOfStep(corpus.length, settings, step).map((index) => {
    const entry = corpus[index] as CorpusProblem; // the batch holds indices of the corpus
    const distribution = probabilities(table.of(entry.problem.id, entry.rollouts.length), settings.temperature);
    return { index, entry, distribution, choices: sample(distribution, settings.rolloutsPerProblem, seededRandom(seedOf(settings.seed, step, SAMPLING, index))) };
  });
}

/** Executes one step and changes `table`. Rejects with an AbortError, and an unchanged table, when `signal` fires. */
export async function rehearseStep(corpus: readonly CorpusProblem[], judge: Judge, table: Table, settings: StageSettings, step: number, signal: AbortSignal): Promise<StepResult> {
  const started = performance.now();
  const groups = drawGroups(corpus, table, settings, step);
  const drawnAt = performance.now();

  const fresh = await judge.judge(groups.flatMap(({ entry, choices }) => choices.map((choice) => ({ problem: entry.problem, rollout: rolloutAt(entry, choice) }))), signal);
  signal.throwIfAborted();
  const judgedAt = performance.now();

  const rollouts = groups.flatMap((group) => judgedGroup(group, judge, fresh));
  const update = updateTable(groups, rollouts, table, settings, step);
  const updatedAt = performance.now();

  const durations = [...fresh.values()].map(({ durationMs }) => durationMs);
  const metrics: Metrics = {
    ...rolloutMetrics(rollouts.map(({ judged }, index) => ({ ...judged, group: Math.floor(index / settings.rolloutsPerProblem) }))),
    'actor/entropy': average(groups.map(({ distribution }) => entropy(distribution))),
    ...update,
    'actor/ppo_kl': 0,
    'actor/pg_clipfrac': 0,
    'training/global_step': step,
    'training/epoch': Math.floor((step - 1) / Math.max(1, Math.floor(corpus.length / Math.min(settings.batchSize, corpus.length)))),
    'timing_s/gen': (drawnAt - started) / 1000,
    'timing_s/reward': (judgedAt - drawnAt) / 1000,
    'timing_s/update_actor': (updatedAt - judgedAt) / 1000,
    'timing_s/step': (updatedAt - started) / 1000,
    'verifier/new_verdicts': durations.length,
    'verifier/ms_mean': average(durations),
    'verifier/ms_max': durations.length === 0 ? null : durations.reduce((a, b) => Math.max(a, b)),
    // Measured with whatever else the machine was doing; wall times of single verdicts include waiting for a worker.
    'verifier/verdicts_per_s': durations.length === 0 ? null : durations.length / ((judgedAt - drawnAt) / 1000),
  };
  return { metrics, rollouts };
}

const average = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

function rolloutAt(entry: CorpusProblem, choice: number): CorpusRollout {
  return entry.rollouts[choice] as CorpusRollout; // drawn from a distribution of just this length
}

function judgedGroup({ entry, choices }: Group, judge: Judge, fresh: ReadonlyMap<CorpusRollout, Judged>): StepRollout[] {
  const drawn = choices.map((choice) => {
    const rollout = rolloutAt(entry, choice);
    const judged = judge.known(rollout) ?? fresh.get(rollout);
    if (judged === undefined) throw new Error(`rollout ${rollout.ref} of ${rollout.path} was not verified`);
    return { rollout, judged };
  });
  const advantages = groupAdvantages(drawn.map(({ judged }) => judged.reward));
  return drawn.map(({ rollout, judged }, sampleIndex) => ({ entry, rollout, judged, sample: sampleIndex, advantage: advantages[sampleIndex] ?? null }));
}

/** The stage's update: one step along the gradient of the objective, clipped like a model's, scaled for a table (see rate.ts). */
function updateTable(groups: readonly Group[], rollouts: readonly StepRollout[], table: Table, settings: StageSettings, step: number): Metrics {
  const size = settings.rolloutsPerProblem;
  const counts = rollouts.map(({ judged, advantage }) => (advantage === null || (settings.overlongFiltering && judged.cut) ? 0 : Math.max(1, judged.tokens)));
  const weights = lossWeights(counts, settings.lossAggregation);
  const gradients = groups.map(({ choices, distribution }, group) => {
    const drawn = choices.map((choice, index) => ({ choice, advantage: rollouts[group * size + index]?.advantage ?? 0, weight: weights[group * size + index] ?? 0 }));
    return { gradient: objectiveGradient(distribution, drawn, settings.temperature), value: objective(distribution, drawn) };
  });
  const norm = Math.sqrt(gradients.reduce((sum, { gradient }) => gradient.reduce((total, slope) => total + slope * slope, sum), 0));
  const clip = settings.gradientClip > 0 && norm > settings.gradientClip ? settings.gradientClip / norm : 1;
  const rate = rehearsalRate(settings.learningRate, settings.warmupSteps, step) * gradientScale(weights, size) * clip;
  groups.forEach(({ entry }, group) => { table.add(entry.problem.id, (gradients[group]?.gradient ?? []).map((slope) => rate * slope)); });
  return {
    'actor/pg_loss': -gradients.reduce((sum, { value }) => sum + value, 0),
    'actor/grad_norm': norm,
    'actor/lr': settings.learningRate * (settings.warmupSteps > 0 ? Math.min(1, step / settings.warmupSteps) : 1),
    'rehearsal/logit_rate': rehearsalRate(settings.learningRate, settings.warmupSteps, step),
  };
}
