import type { Lint } from '../../protocol/training.ts';
import type { ResolvedStage } from './resolve.ts';

export const lintError = (field: string | null, message: string): Lint => ({ severity: 'error', field, message });
export const lintWarning = (field: string | null, message: string): Lint => ({ severity: 'warning', field, message });
export const lintInfo = (field: string | null, message: string): Lint => ({ severity: 'info', field, message });

/** The batch that fits a set smaller than one: the largest power of two, so that it splits evenly over GPUs and updates. */
export function smallerBatch(problems: number): { text: string; label: string } {
  const batch = 2 ** Math.floor(Math.log2(problems));
  return { text: String(batch), label: `Use a batch of ${batch}` };
}

/** A language model's policy does not survive more than this: the paper's highest is 5e-6. */
const HIGHEST_LEARNING_RATE = 1e-4;

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Batches that one pass over the problems gives: the last partial one is dropped, as veRL does. */
export function stepsPerEpoch(problems: number, batchSize: number): number {
  return Math.floor(problems / batchSize);
}

/** What is to be said about a stage whatever executes it. */
export function stageLints({ request, choice, validation, stage }: ResolvedStage): Lint[] {
  const { settings } = request;
  const lints: Lint[] = [];
  if (request.problems.length === 0) lints.push(lintError('problems', 'choose a problem set'));
  else if (choice.kept.length === 0) {
    const reasons = Object.entries(choice.removed).map(([reason, n]) => `${n} ${reason}`).join(', ');
    lints.push(lintError('problems', `none of ${count(choice.total, 'problem')} is left for this stage${reasons === '' ? '' : `: ${reasons}`}`));
  }
  if (choice.unknownPassRate > 0) lints.push(lintInfo('problems', `${count(choice.unknownPassRate, 'problem has', 'problems have')} an unknown pass rate or difficulty and ${choice.unknownPassRate === 1 ? 'is' : 'are'} kept`));
  if (settings.domain !== stage.settings.domain) lints.push(lintWarning('domain', `the recipe’s stage is ${stage.settings.domain}-only`));
  if (settings.learningRate > HIGHEST_LEARNING_RATE) lints.push(lintWarning('learningRate', `a learning rate of ${settings.learningRate} destroys the policy within a few steps: the paper’s are 1e-6 and 5e-6`));
  if (settings.updatesPerBatch > 1) lints.push(lintWarning('updatesPerBatch', 'more than one update per batch is off-policy: the paper saw the entropy collapse around step 100 with 2 or 4'));
  if (settings.batchSize % settings.updatesPerBatch !== 0) lints.push(lintError('updatesPerBatch', `a batch of ${settings.batchSize} cannot be split into ${settings.updatesPerBatch} equal parts`));
  if (settings.rolloutsPerProblem === 1) lints.push(lintWarning('rolloutsPerProblem', 'a group of one has no mean to compare with: every correct answer gets the same advantage'));
  if (settings.temperature === 0) lints.push(lintError('temperature', 'at temperature 0 all rollouts of a group are the same and no group gives a signal'));
  if (settings.topP === 0) lints.push(lintError('topP', 'top-p 0 keeps no token'));
  if (settings.saveEvery > settings.steps) lints.push(lintInfo('saveEvery', 'only the last step is saved'));
  if (settings.overlongFiltering && settings.maxResponseLength >= 32000) lints.push(lintWarning('overlongFiltering', 'the follow-up paper found ignoring cut responses harmful at 32K'));
  if (validation.length === 0 && request.engine !== 'rehearsal') lints.push(lintError('validation', 'choose a validation set: the stage’s end is judged by it'));
  return lints;
}
