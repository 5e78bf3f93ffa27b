import type { SettingField, StageSettings, ValueSource } from '../../protocol/training.ts';

/** Where the value of one setting comes from in one stage. */
export type SettingSources = Readonly<Record<keyof StageSettings, ValueSource>>;

type FieldText = Omit<SettingField, 'key' | 'source'>;

const AGGREGATIONS = ['token-mean', 'seq-mean-token-mean', 'seq-mean-token-sum'];

/** How each setting is shown, in the order of the form. The compiler insists on an entry for every setting. */
const FIELD_TEXTS: Readonly<Record<keyof StageSettings, FieldText>> = {
  domain: { label: 'Domain', group: 'Data', unit: null, choices: ['math', 'code'], help: 'Math or code only: their verifiers differ a hundredfold in cost, so a stage never mixes them.' },
  maxSolved: { label: 'Keep problems solved at most', group: 'Data', unit: 'times', choices: null, help: 'Drops problems that the policy solves more often than this in its recorded attempts. Empty keeps all. Problems without a pass rate are kept and counted.' },
  passRateAttempts: { label: 'Attempts behind that number', group: 'Data', unit: 'attempts', choices: null, help: 'Pass rates from another number of attempts are compared as a share.' },
  maxDifficulty: { label: 'Keep problems of difficulty at most', group: 'Data', unit: 'of 8', choices: null, help: 'Difficulty is failures in 8 attempts. Empty keeps all. Problems of unknown difficulty are kept and counted.' },
  batchSize: { label: 'Batch', group: 'Batch', unit: 'problems', choices: null, help: 'Problems per step; rollouts per step are this times the rollouts per problem.' },
  rolloutsPerProblem: { label: 'Rollouts per problem (G)', group: 'Batch', unit: 'rollouts', choices: null, help: 'Size of the group over which the advantage is normalised.' },
  updatesPerBatch: { label: 'Updates per batch', group: 'Batch', unit: null, choices: null, help: 'Exactly one keeps the importance ratio at 1. Two or four collapsed the entropy around step 100.' },
  maxPromptLength: { label: 'Longest prompt', group: 'Length', unit: 'tokens', choices: null, help: 'Longer prompts are filtered out before training.' },
  maxResponseLength: { label: 'Longest response', group: 'Length', unit: 'tokens', choices: null, help: 'A response is cut here; a cut response usually has no answer and earns 0.' },
  overlongFiltering: { label: 'Ignore cut responses in the loss', group: 'Length', unit: null, choices: null, help: 'Cut responses then give no gradient. The follow-up paper found it helpful at 8K and 16K and harmful at 32K.' },
  thinkingOpened: { label: 'The chat template opens <think>', group: 'Reward', unit: null, choices: null, help: 'On: a response without </think> was cut inside its thoughts and is paid 0, whatever boxes stand in it. Off: a response without think tags is all answer. The rehearsal and the job’s reward function are told the same.' },
  temperature: { label: 'Temperature', group: 'Sampling', unit: null, choices: null, help: 'Sampling temperature of the rollouts. Watch the entropy: the follow-up paper aims at about 0.3.' },
  topP: { label: 'Top-p', group: 'Sampling', unit: null, choices: null, help: 'Share of probability mass that sampling keeps; 1 keeps all.' },
  learningRate: { label: 'Learning rate', group: 'Update', unit: null, choices: null, help: 'Of AdamW, constant after the warm-up.' },
  lossAggregation: { label: 'Loss aggregation', group: 'Update', unit: null, choices: AGGREGATIONS, help: 'token-mean: every token of the batch weighs the same.' },
  klCoefficient: { label: 'KL coefficient', group: 'Update', unit: null, choices: null, help: 'At 0 no reference model is loaded.' },
  entropyCoefficient: { label: 'Entropy coefficient', group: 'Update', unit: null, choices: null, help: 'Weight of an entropy bonus in the loss.' },
  clipRatio: { label: 'Clip ratio', group: 'Update', unit: null, choices: null, help: 'Has no effect with one update per batch.' },
  gradientClip: { label: 'Gradient clip', group: 'Update', unit: null, choices: null, help: 'Largest norm of the gradient.' },
  weightDecay: { label: 'Weight decay', group: 'Update', unit: null, choices: null, help: 'Of AdamW.' },
  warmupSteps: { label: 'Warm-up', group: 'Update', unit: 'steps', choices: null, help: 'Steps in which the learning rate rises from 0.' },
  steps: { label: 'Steps', group: 'Schedule', unit: 'steps', choices: null, help: 'Length of the stage. Judge its end by the gates: validation flat and above the start, fewer cut responses, steady entropy.' },
  validateEvery: { label: 'Validate every', group: 'Schedule', unit: 'steps', choices: null, help: 'Validation also runs before the first step.' },
  saveEvery: { label: 'Save every', group: 'Schedule', unit: 'steps', choices: null, help: 'A checkpoint every so many steps; the last step is always saved too.' },
  seed: { label: 'Seed', group: 'Schedule', unit: null, choices: null, help: 'Of data order and, in the rehearsal, of sampling.' },
};

/** The form of a stage: one field per setting, with its source. */
export function stageFields(sources: SettingSources): SettingField[] {
  // Object.entries loses the key type; the record above has exactly the settings' keys.
  const entries = Object.entries(FIELD_TEXTS) as [keyof StageSettings, FieldText][];
  return entries.map(([key, text]) => ({ key, ...text, source: sources[key] }));
}
