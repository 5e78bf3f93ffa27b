import type { Lint } from '../../../protocol/training.ts';
import { lintError, lintInfo, lintWarning, smallerBatch } from '../../stages/lints.ts';
import type { RecordedChoice, ResolvedStage } from '../../stages/resolve.ts';

/** What a rehearsal of this stage cannot show, or shows differently from the real thing. */
export function rehearsalLints({ request, choice, recorded }: ResolvedStage): Lint[] {
  const { settings } = request;
  const lints: Lint[] = [lintInfo(null, 'a rehearsal trains no model: it samples recorded rollouts from a table of logits')];
  if ((request.rehearsal?.rollouts.length ?? 0) === 0) return [...lints, lintError('rollouts', 'choose recorded rollouts to rehearse on')];
  if (recorded === null) return lints;
  if (recorded.total === 0) lints.push(lintError('rollouts', 'none of the recorded rollouts belongs to a problem of this stage'));
  if (choice.kept.length > 0 && choice.kept.length < settings.batchSize) {
    lints.push({ ...lintWarning('batchSize', `only ${choice.kept.length} problems are kept, fewer than a batch of ${settings.batchSize}: every rehearsal step uses all of them, where veRL would refuse to start. A smaller batch rehearses steps on parts of the set`), suggestion: smallerBatch(choice.kept.length) });
  }
  if (recorded.unmatched > 0) lints.push(lintInfo('rollouts', `${recorded.unmatched} recorded rollouts belong to no problem of this stage`));
  if (recorded.estimatedTokens > 0) lints.push(lintInfo('rollouts', `${recorded.estimatedTokens} of ${recorded.total} rollouts carry no token count: characters / 4 is used`));
  if (recorded.overLimit > 0) lints.push(lintInfo('maxResponseLength', `${recorded.overLimit} of ${recorded.total} rollouts are longer than ${settings.maxResponseLength} tokens and will be cut`));
  if (recorded.cutBelowLimit > 0) lints.push(lintWarning('maxResponseLength', `${recorded.cutBelowLimit} rollouts were cut below this stage’s limit when they were recorded: how they would go on is unknown, they count as cut`));
  const few = recorded.perProblem.filter((n) => n < settings.rolloutsPerProblem).length;
  if (few > 0) lints.push(lintInfo('rolloutsPerProblem', `${few} problems have fewer than ${settings.rolloutsPerProblem} recorded rollouts: the same one is drawn several times`));
  lints.push(...thinkingLints(settings.thinkingOpened, recorded));
  if (settings.updatesPerBatch > 1) lints.push(lintWarning('updatesPerBatch', 'rows of a table share nothing, so the harm of several updates does not show in a rehearsal'));
  if (settings.klCoefficient !== 0 || settings.entropyCoefficient !== 0) lints.push(lintWarning('klCoefficient', 'KL and entropy terms are not rehearsed'));
  if (request.validation.length > 0) lints.push(lintInfo('validation', 'a rehearsal does not validate: what it learns about one problem says nothing about another'));
  return lints;
}

/** Whether the recorded rollouts look like what the stage says of its chat template. */
function thinkingLints(opened: boolean, { withoutTags, closing, total }: RecordedChoice): Lint[] {
  if (opened && withoutTags > 0) {
    const all = withoutTags === total;
    return [{
      ...(all ? lintWarning : lintInfo)('thinkingOpened', `${withoutTags} of ${total} rollouts have no think tag: as the chat template opens <think>, they count as cut inside their thoughts and are paid 0, in training as here`),
      // Rollouts of a policy that does not think in tags: all of them would be paid 0.
      ...(all ? { suggestion: { text: 'false', label: 'The template opens none' } } : {}),
    }];
  }
  if (!opened && closing > 0) {
    return [{ ...lintWarning('thinkingOpened', `${closing} of ${total} rollouts close a thought that they did not open: their chat template opens <think>, and the stage says that it does not, so that boxes in cut thoughts are paid`), suggestion: { text: 'true', label: 'The template opens <think>' } }];
  }
  return [];
}
