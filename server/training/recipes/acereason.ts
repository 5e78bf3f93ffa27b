/**
 * The AceReason-Nemotron recipe: math-only RL, then code-only RL, then math once more, each stage with one GRPO update per
 * batch. Paper: arXiv 2505.16400v3; follow-up ("1.1"): arXiv 2506.13284. What the paper leaves open is marked as ours.
 */
import type { ModelSize, Recipe, Stage, StageSettings, ValueSource } from '../../protocol/training.ts';
import { stageFields, type SettingSources } from './fields.ts';

const paper = (note: string): ValueSource => ({ from: 'paper', note });
const paperStart = (note: string): ValueSource => ({ from: 'paper-start', note });
const ours = (note: string): ValueSource => ({ from: 'ours', note });

const COMMON = {
  maxPromptLength: 2048,
  batchSize: 128,
  updatesPerBatch: 1,
  topP: 1,
  klCoefficient: 0,
  entropyCoefficient: 0,
  clipRatio: 0.2,
  gradientClip: 1,
  weightDecay: 0.01,
  warmupSteps: 0,
  lossAggregation: 'token-mean',
  validateEvery: 25,
  saveEvery: 50,
  overlongFiltering: false,
  thinkingOpened: true,
  seed: 1,
} as const;

const COMMON_SOURCES = {
  domain: paper('§3.4: the order of the stages'),
  maxPromptLength: ours('not stated'),
  updatesPerBatch: paper('§3.1, §3.2.2: exactly one, so that the policy stays on-policy'),
  topP: ours('not stated for training'),
  klCoefficient: paper('§3.2.2'),
  entropyCoefficient: paper('§3.2.2'),
  clipRatio: ours('not stated; has no effect with one update per batch'),
  gradientClip: ours('not stated'),
  weightDecay: ours('AdamW by §3.2.2, decay not stated'),
  warmupSteps: ours('not stated'),
  lossAggregation: paper('§3.1: token-level loss; over the batch as in veRL, equation 1 writes it over the group'),
  validateEvery: ours('every 10 to 25 steps is customary'),
  saveEvery: ours('every 25 to 50 steps is customary'),
  overlongFiltering: ours('not in the paper; the follow-up (1.1) found it helpful at 8K and 16K, harmful at 32K'),
  thinkingOpened: ours('the policies are distillations of DeepSeek-R1 (§3.1), whose chat template ends the prompt with <think>'),
  seed: ours('any number'),
} as const;

/** The code stages differ from size to size in the difficulty that stage 1 admits (§3.3.2). */
const CODE_STAGE_1_DIFFICULTY: Readonly<Record<ModelSize, number>> = { '7B': 5, '14B': 7 };

interface MathStage { readonly id: string; readonly label: string; readonly tokens: number; readonly rollouts: number; readonly hard: boolean; readonly steps: number; readonly stepsNote: string }

const MATH_8K: MathStage = { id: 'math-8k', label: '8K', tokens: 8192, rollouts: 8, hard: false, steps: 2000, stepsNote: 'not stated; accuracy recovers after about 1,000 to 2,000 steps (§4.3.1)' };
const MATH_16K: MathStage = { id: 'math-16k', label: '16K', tokens: 16384, rollouts: 16, hard: false, steps: 500, stepsNote: 'not stated; length and AIME24 plateau within 500 steps (App. A.3)' };
const MATH_24K: MathStage = { id: 'math-24k', label: '24K', tokens: 24576, rollouts: 16, hard: true, steps: 500, stepsNote: 'not stated; behaves like 16K (App. A.3)' };
const MATH_32K: MathStage = { id: 'math-32k', label: '32K', tokens: 32768, rollouts: 16, hard: true, steps: 500, stepsNote: 'not stated; Fig. 3a ends at about 3,500 steps over all math stages' };

function mathStage(stage: MathStage): Stage {
  const settings: StageSettings = {
    ...COMMON,
    domain: 'math',
    maxResponseLength: stage.tokens,
    rolloutsPerProblem: stage.rollouts,
    learningRate: 1e-6,
    temperature: 0.85,
    maxSolved: stage.hard ? 6 : null,
    passRateAttempts: 16,
    maxDifficulty: null,
    steps: stage.steps,
  };
  const sources: SettingSources = {
    ...COMMON_SOURCES,
    maxResponseLength: paper(`§3.2.2: ${stage.label}; that this is ${stage.tokens.toLocaleString('en')} tokens is our reading`),
    rolloutsPerProblem: paper('§3.2.2'),
    batchSize: paper('§3.2.2: 128; counted in problems by the follow-up (1.1)'),
    learningRate: paper('§3.2.2'),
    temperature: ours('not stated for math; the follow-up (1.1) found 0.85 the best of 0.6, 0.85 and 1.0'),
    maxSolved: stage.hard ? paper('§3.2.2, §4.3.2: problems solved more than 6 of 16 times are dropped') : paper('§3.2.2: all problems'),
    passRateAttempts: stage.hard ? paper('§4.3.2: 16 attempts of the 7B policy') : ours('not used: this stage takes all problems'),
    maxDifficulty: ours('not used in math: difficulty is the code stages’ filter'),
    steps: ours(stage.stepsNote),
  };
  return { id: stage.id, title: `Math ${stage.label}`, settings, fields: stageFields(sources) };
}

interface CodeStage { readonly id: string; readonly label: string; readonly tokens: number; readonly tokensNote: string; readonly maxDifficulty: number | null; readonly difficulty: ValueSource; readonly rollouts: ValueSource; readonly temperature: ValueSource; readonly steps: number }

function codeStage(stage: CodeStage): Stage {
  const settings: StageSettings = {
    ...COMMON,
    domain: 'code',
    maxResponseLength: stage.tokens,
    rolloutsPerProblem: 8,
    learningRate: 5e-6,
    temperature: 0.6,
    maxSolved: null,
    passRateAttempts: 8,
    maxDifficulty: stage.maxDifficulty,
    steps: stage.steps,
  };
  const sources: SettingSources = {
    ...COMMON_SOURCES,
    maxResponseLength: paper(stage.tokensNote),
    rolloutsPerProblem: stage.rollouts,
    batchSize: paper('§3.3.2'),
    learningRate: paper('§3.3.2'),
    temperature: stage.temperature,
    maxSolved: ours('not used: difficulty is the filter of the code stages'),
    passRateAttempts: paper('§3.3.1: 8 attempts of DeepSeek-R1'),
    maxDifficulty: stage.difficulty,
    steps: ours('not stated ("until the policy converged"); Fig. 5 ends at 312 steps over both code stages'),
  };
  return { id: stage.id, title: `Code ${stage.label}`, settings, fields: stageFields(sources) };
}

const code24k = (size: ModelSize): Stage => codeStage({
  id: 'code-24k', label: '24K', tokens: 24000, tokensNote: '§3.3.2: 24,000 (sic)',
  maxDifficulty: CODE_STAGE_1_DIFFICULTY[size], difficulty: paper('§3.3.2: at most 5 for the 7B, at most 7 for the 14B'),
  rollouts: paper('§3.3.2'), temperature: paper('§3.3.2'), steps: 200,
});

const code32k = (): Stage => codeStage({
  id: 'code-32k', label: '32K', tokens: 32768, tokensNote: '§3.3.2',
  maxDifficulty: null, difficulty: paperStart('§3.3.2: the full set at first; relatively easy problems are dropped after each epoch, threshold not stated'),
  rollouts: paperStart('§3.3.2: 8, rising to 16 over the epochs'), temperature: paperStart('§3.3.2: 0.6, rising to 1.0 over the epochs, schedule not stated'),
  steps: 112,
});

/** The six stages in the paper's order (§3.4). */
export function aceReasonRecipe(size: ModelSize): Recipe {
  return {
    id: `acereason-${size.toLowerCase()}`,
    title: `AceReason-Nemotron ${size}`,
    size,
    initialPolicy: `deepseek-ai/DeepSeek-R1-Distill-Qwen-${size}`,
    stages: [mathStage(MATH_8K), mathStage(MATH_16K), mathStage(MATH_24K), code24k(size), code32k(), mathStage(MATH_32K)],
  };
}
