import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { Verify, type ProgressOf, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { FileIssue } from '../../server/protocol/problem.ts';
import type { VerifySummary } from '../../server/protocol/rollout.ts';
import { NO_PROGRAMS_RULE, SECOND_OPINION_RULE } from '../../server/protocol/verdict.ts';
import { messageOf } from '../feedback.ts';
import type { Services } from '../services.ts';
import { innermost } from '../workspace/below.ts';
import { count, counted } from '../workspace/counted.ts';
import { tellUntrusted } from '../workspace/trust.ts';
import { LineVerdicts } from './lineVerdicts.ts';
import { RolloutTests } from './rolloutTests.ts';
import { wantsSecondOpinion } from './secondOpinion.ts';
import { merged } from './verifyTarget.ts';

type Streamed = ProgressOf<typeof Verify>;

/** Painting per verdict would redraw the editor thousands of times in a large run. */
const PAINT_EVERY_MS = 150;

/** How long the outcome stands in the status bar. */
const OUTCOME_MS = 15_000;

/** Runs verifications as test runs of the Testing API, with verdicts on the lines. */
export class VerifyRuns implements vscode.Disposable {
  readonly #services: Services;
  readonly #controller: vscode.TestController;
  readonly #tests: RolloutTests;
  readonly #lines = new LineVerdicts();
  readonly #edits: vscode.Disposable;
  #painting: NodeJS.Timeout | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#controller = vscode.tests.createTestController('rlvr', 'RLVR');
    this.#tests = new RolloutTests(this.#controller);
    this.#edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => this.#tests.edited(document.uri.fsPath, contentChanges));
    this.#controller.createRunProfile(vscode.l10n.t('Verify'), vscode.TestRunProfileKind.Run, async (request, token) => {
      const targets = this.#tests.targetsOf(request);
      if (targets.length > 0) await this.verify(targets, 'auto', request, token);
    }, true);
  }

  /**
   * Verifies the targets; ends when all are done or the run is cancelled. The summary says which; null where the run was
   * cancelled before the server had begun. `verifier` is `auto`, `math`, `code` or
   * `custom:<file>`.
   */
  async verify(given: readonly VerifyTarget[], verifier = 'auto', request = new vscode.TestRunRequest(), outerToken?: vscode.CancellationToken): Promise<VerifySummary | null> {
    const targets = merged(given);
    const [first] = targets;
    const name = targets.length === 1 && first ? vscode.l10n.t('Verify {0}', basename(first.path)) : vscode.l10n.t('Verify {0}', counted.files(targets.length));
    const run = this.#controller.createTestRun(request, name, false);
    const cancellation = new vscode.CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    const chained = [run.token.onCancellationRequested(cancel), outerToken?.onCancellationRequested(cancel)];
    const say = (line: string): void => run.appendOutput(`${line.replace(/\r?\n/g, '\r\n')}\r\n`);
    let refused = 0;
    let second = 0;
    try {
      const summary = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Verifying') }, async (progress, token) => {
        chained.push(token.onCancellationRequested(cancel));
        const counter = new Counter(progress);
        const onStream = (event: Streamed): void => {
          if (event.type === 'planned') counter.plan(event.total);
          else if (event.type === 'issue') say(`${placeOf(event.path, event.issue)}: ${event.issue.message}`);
          else {
            if (event.result.verdict.rule === NO_PROGRAMS_RULE) refused += 1;
            if (event.result.verdict.rule === SECOND_OPINION_RULE) second += 1;
            this.#lines.set(event.path, event.result);
            this.#tests.record(run, event.path, event.ref, event.result);
            counter.done();
            this.#paintSoon();
          }
        };
        return this.#services.connection.request(Verify, {
          targets,
          problems: await this.#services.files.problemPaths(),
          verifier,
          customFolder: customFolder(given),
          programs: vscode.workspace.isTrusted,
          secondOpinion: await wantsSecondOpinion(this.#services),
        }, { progress: onStream, token: cancellation.token });
      });
      const outcome = outcomeOf(summary, refused);
      say(outcome);
      if (second > 0) say(vscode.l10n.t('{0} of them were decided by the second checker (rlvr.math.secondOpinion): for evaluation, not as a reward.', second));
      vscode.window.setStatusBarMessage(`$(beaker) ${outcome}`, OUTCOME_MS);
      if (refused > 0) void tellUntrusted(refused === summary.done
        ? vscode.l10n.t('Programs are not run in an untrusted workspace: nothing was verified.')
        : vscode.l10n.t('Programs are not run in an untrusted workspace: {0} of {1} rollouts were not verified.', refused, summary.done));
      if (!summary.cancelled) this.#tellIssues(summary, targets);
      return summary;
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        say(vscode.l10n.t('Cancelled before it began.'));
        return null;
      }
      say(messageOf(error));
      throw error;
    } finally {
      this.#lines.paint();
      for (const disposable of chained) disposable?.dispose();
      cancellation.dispose();
      run.end();
    }
  }

  /** The rollout behind an item of the Testing view; null for anything else. */
  rolloutOf(item: unknown): { path: string; ref: number } | null {
    return this.#tests.rolloutOf(item);
  }

  dispose(): void {
    clearTimeout(this.#painting);
    this.#edits.dispose();
    this.#controller.dispose();
    this.#lines.dispose();
  }

  #paintSoon(): void {
    this.#painting ??= setTimeout(() => {
      this.#painting = undefined;
      this.#lines.paint();
    }, PAINT_EVERY_MS);
  }

  /** Records that could not be read have no verdict, and rollouts without a problem one that says nothing of the policy: said once, all of them in the run's output. */
  #tellIssues({ issues }: VerifySummary, [first]: readonly VerifyTarget[]): void {
    const [issue] = issues;
    if (!issue || !first) return;
    const show = vscode.l10n.t('Show Output');
    const message = issues.length === 1
      ? vscode.l10n.t('Could not be judged: {0}', issue.message)
      : vscode.l10n.t('{0} records could not be judged. The first: {1}', count(issues.length), issue.message);
    void vscode.window.showWarningMessage(message, show).then((answer) => (answer === show ? vscode.commands.executeCommand('testing.showMostRecentOutput') : undefined));
  }
}

/** Progress of a run over several targets, told at whole percents. */
class Counter {
  readonly #progress: vscode.Progress<{ message?: string; increment?: number }>;
  #total = 0;
  #done = 0;
  #told = 0;

  constructor(progress: vscode.Progress<{ message?: string; increment?: number }>) {
    this.#progress = progress;
  }

  plan(total: number): void {
    this.#total = total;
  }

  done(): void {
    this.#done += 1;
    const percent = this.#total === 0 ? 0 : (this.#done / this.#total) * 100;
    if (percent - this.#told < 1 && this.#done < this.#total) return;
    this.#progress.report({ increment: percent - this.#told, message: vscode.l10n.t('{0} of {1}', this.#done, this.#total) });
    this.#told = percent;
  }
}

/**
 * Where the custom verifiers for some targets are: in the workspace folder that holds the first of them, in the workspace's first
 * folder where none does. They are code of the workspace: only a trusted one may have them run.
 */
export function customFolder([target]: readonly VerifyTarget[]): string | null {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const folder = (target && innermost(folders, target.path)) ?? folders[0];
  return folder !== undefined && vscode.workspace.isTrusted ? join(folder, 'rlvr', 'verifiers') : null;
}

function placeOf(path: string, { line }: FileIssue): string {
  return line === null ? path : `${path}:${line + 1}`;
}

/** `refused`: rollouts that got the verdict `error` because no program may run here; they count as not verified. */
function outcomeOf({ done, total, byVerdict, cancelled }: VerifySummary, refused: number): string {
  const verified = done - refused;
  if (cancelled) return vscode.l10n.t('Cancelled; {0} of {1} verified', verified, total);
  const counts = Object.entries({ ...byVerdict, error: (byVerdict.error ?? 0) - refused }).filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return counts ? vscode.l10n.t('{0} of {1} verified: {2}', verified, total, counts) : vscode.l10n.t('{0} of {1} verified', verified, total);
}
