import { basename } from 'node:path';
import type { LaunchRequest, Lint, Stage } from '../../protocol/training.ts';
import { contextOf } from '../../problems/context.ts';
import { promptsReplaced } from '../../problems/export/trainingPrompt.ts';
import type { SetComparison } from '../../protocol/decontamination.ts';
import { REMOVED_AS_TEST_SET, REMOVED_AS_UNREADABLE, REMOVED_AS_VALIDATION } from './choose.ts';
import type { ResolvedStage } from './resolve.ts';

export const lintError = (field: string | null, message: string): Lint => ({ severity: 'error', field, message });
export const lintWarning = (field: string | null, message: string): Lint => ({ severity: 'warning', field, message });
export const lintInfo = (field: string | null, message: string): Lint => ({ severity: 'info', field, message });

/** The batch that fits a set smaller than one: the largest power of two, so that it splits evenly over GPUs and updates. */
export function smallerBatch(problems: number): { text: string; label: string } {
  const batch = 2 ** Math.floor(Math.log2(problems));
  return { text: String(batch), label: `Use a batch of ${batch}` };
}

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Batches that one pass over the problems gives: the last partial one is dropped, as veRL does. */
export function stepsPerEpoch(problems: number, batchSize: number): number {
  return Math.floor(problems / batchSize);
}

/** Rollouts of a step that the dump and this server's memory still hold; the paper's largest batch has 2,048. */
const MOST_ROLLOUTS = 65_536;

/** What is to be said about a stage whatever executes it. */
export function stageLints({ request, choice, comparisons, validation, recipe, stage }: ResolvedStage): Lint[] {
  const { settings } = request;
  const lints: Lint[] = [];
  if (request.problems.length === 0) lints.push(lintError('problems', 'choose a problem set'));
  else if (choice.kept.length === 0) {
    const reasons = Object.entries(choice.removed).map(([reason, n]) => `${n} ${reason}`).join(', ');
    lints.push(lintError('problems', `none of ${count(choice.total, 'problem')} is left for this stage${reasons === '' ? '' : `: ${reasons}`}`));
  }
  lints.push(...comparisonLints(comparisons));
  const asTestSet = choice.removed[REMOVED_AS_TEST_SET] ?? 0;
  if (asTestSet > 0) lints.push(lintWarning('problems', `${count(asTestSet, 'problem')} of the chosen sets ${asTestSet === 1 ? 'is' : 'are'} in one of your test sets and ${asTestSet === 1 ? 'stays' : 'stay'} out of training`));
  const unreadable = choice.removed[REMOVED_AS_UNREADABLE] ?? 0;
  if (unreadable > 0) lints.push(lintWarning('problems', `${count(unreadable, 'problem has', 'problems have')} a gold answer that the math verifier cannot read: whatever a policy answers would be paid 0, so ${unreadable === 1 ? 'it stays' : 'they stay'} out; the Problems view shows and edits ${unreadable === 1 ? 'it' : 'them'}`));
  const validated = choice.removed[REMOVED_AS_VALIDATION] ?? 0;
  if (validated > 0) lints.push(lintWarning('validation', `${count(validated, 'problem')} of the chosen sets ${validated === 1 ? 'is' : 'are'} validated on and ${validated === 1 ? 'stays' : 'stay'} out of training`));
  const replaced = promptsReplaced(choice.kept.filter((problem) => contextOf(problem) !== null).length);
  if (replaced !== null) lints.push(lintInfo('problems', replaced));
  if (choice.unknownPassRate > 0) lints.push(lintInfo('problems', `${count(choice.unknownPassRate, 'problem has', 'problems have')} an unknown pass rate or difficulty and ${choice.unknownPassRate === 1 ? 'is' : 'are'} kept`));
  if (settings.domain !== stage.settings.domain) lints.push(lintWarning('domain', `the recipe’s stage is ${stage.settings.domain}-only`));
  lints.push(...rateLints(settings.learningRate, stage.settings.learningRate), ...epochLints(request, choice.kept.length), ...scheduleLints(stage));
  const before = recipe.stages[recipe.stages.findIndex(({ id }) => id === stage.id) - 1];
  if (before !== undefined && request.engine !== 'rehearsal' && request.checkpoint === recipe.initialPolicy) {
    lints.push(lintWarning('checkpoint', `this stage starts from the initial policy, not from a checkpoint of ${before.title}: the recipe trains its stages one after the other`));
  }
  if (settings.updatesPerBatch > 1) lints.push(lintWarning('updatesPerBatch', 'more than one update per batch is off-policy: the paper saw the entropy collapse around step 100 with 2 or 4'));
  if (settings.batchSize % settings.updatesPerBatch !== 0) lints.push(lintError('updatesPerBatch', `a batch of ${settings.batchSize} cannot be split into ${settings.updatesPerBatch} equal parts`));
  const rollouts = Math.min(settings.batchSize, choice.kept.length) * settings.rolloutsPerProblem;
  if (rollouts > MOST_ROLLOUTS) lints.push(lintError('rolloutsPerProblem', `${count(rollouts, 'rollout')} a step are more than the ${MOST_ROLLOUTS.toLocaleString('en')} that can be handled`));
  if (settings.rolloutsPerProblem === 1) lints.push(lintWarning('rolloutsPerProblem', 'a group of one has no mean to compare with: every correct answer gets the same advantage'));
  if (settings.temperature === 0) lints.push(lintError('temperature', 'at temperature 0 all rollouts of a group are the same and no group gives a signal'));
  if (settings.topP === 0) lints.push(lintError('topP', 'top-p 0 keeps no token'));
  if (settings.saveEvery > settings.steps) lints.push(lintInfo('saveEvery', 'only the last step is saved'));
  if (settings.overlongFiltering && settings.maxResponseLength >= 32000) lints.push(lintWarning('overlongFiltering', 'the follow-up paper found ignoring cut responses harmful at 32K'));
  if (validation.length === 0 && request.engine !== 'rehearsal') lints.push(lintError('validation', 'choose a validation set: the stage’s end is judged by it'));
  return lints;
}

/** What could not be compared, and what is odd about a set. What is true of every set is said once. */
function comparisonLints(comparisons: readonly SetComparison[]): Lint[] {
  const messages = comparisons.flatMap(({ path, remarks, testSet }) => remarks.flatMap(({ about, message }) =>
    about === 'benchmarks' ? [`not compared with everything: ${message}`] : testSet ? [] : [`${basename(path)}: ${message}`]));
  return [...new Set(messages)].map((message) => lintWarning('problems', message));
}

/** Above this share of the recipe's learning rate it is worth a word, above the other no policy survives. */
const HIGH_RATE = 20;
const NO_RATE = 0.01;

function rateLints(rate: number, recipes: number): Lint[] {
  const suggestion = { text: recipes.toExponential(), label: `Use the recipe’s ${recipes.toExponential()}` };
  if (rate > NO_RATE) return [{ ...lintError('learningRate', `a learning rate of ${rate} destroys any policy in its first steps; the recipe’s is ${recipes.toExponential()}`), suggestion }];
  if (rate > HIGH_RATE * recipes) return [{ ...lintWarning('learningRate', `${rate} is ${Math.round(rate / recipes).toLocaleString('en')} times the recipe’s learning rate of ${recipes.toExponential()}`), suggestion }];
  return rate === 0 ? [lintWarning('learningRate', 'at a learning rate of 0 nothing is learned')] : [];
}

/** The paper's math stages are about nine passes over their problems together. */
const MANY_EPOCHS = 30;

function epochLints({ settings, engine }: LaunchRequest, problems: number): Lint[] {
  if (problems === 0) return [];
  const epochs = Math.floor(settings.steps / Math.max(1, stepsPerEpoch(problems, settings.batchSize)));
  if (epochs <= MANY_EPOCHS) return [];
  const said = `${settings.steps.toLocaleString('en')} steps are ${epochs.toLocaleString('en')} passes over the ${count(problems, 'problem')}: the paper’s math stages are about nine together`;
  return [engine === 'rehearsal' ? lintInfo('steps', said) : lintWarning('steps', said)];
}

/** What the paper changes in the course of a stage, and this does not. */
function scheduleLints({ fields }: Stage): Lint[] {
  const changing = fields.filter(({ source }) => source.from === 'paper-start');
  if (changing.length === 0) return [];
  return [lintInfo(changing[0]?.key ?? null, `the paper changes some settings in the course of this stage, and a run keeps them; to follow it, launch the stage in parts: ${changing.map(({ label, source }) => `${label} (${source.note})`).join('; ')}`)];
}
