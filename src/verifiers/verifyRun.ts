import * as vscode from 'vscode';
import { Verify, type ProgressOf, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { Verified, VerifySummary } from '../../server/protocol/rollout.ts';
import type { Services } from '../services.ts';
import type { DataFiles } from '../workspace/dataFiles.ts';
import { LineVerdicts } from './lineVerdicts.ts';
import { expectedAndActual, verdictReport } from './verdictText.ts';

type Streamed = ProgressOf<typeof Verify>;

/** Painting per verdict would redraw the editor thousands of times in a large run. */
const PAINT_EVERY_MS = 150;

/** Runs verifications as test runs: one test item per rollout, below its problem, below its file. */
export class VerifyRuns implements vscode.Disposable {
  readonly #services: Services;
  readonly #files: DataFiles;
  readonly #controller: vscode.TestController;
  readonly #lines = new LineVerdicts();
  readonly #targets = new WeakMap<vscode.TestItem, VerifyTarget>();

  constructor(services: Services, files: DataFiles) {
    this.#services = services;
    this.#files = files;
    this.#controller = vscode.tests.createTestController('rlvr', 'RLVR');
    this.#controller.createRunProfile(vscode.l10n.t('Verify'), vscode.TestRunProfileKind.Run, (request, token) => this.#again(request, token), true);
  }

  /** Verifies the targets; ends when all are done or the run is cancelled. `verifier` is `auto` or `custom:<file>`. */
  async verify(targets: readonly VerifyTarget[], verifier = 'auto', request = new vscode.TestRunRequest(), outerToken?: vscode.CancellationToken): Promise<VerifySummary | null> {
    const { connection, log } = this.#services;
    const run = this.#controller.createTestRun(request, vscode.l10n.t('Verify {0}', targets.length === 1 && targets[0] ? baseName(targets[0].path) : vscode.l10n.t('{0} files', targets.length)), false);
    const cancellation = new vscode.CancellationTokenSource();
    const chained = [run.token.onCancellationRequested(() => cancellation.cancel()), outerToken?.onCancellationRequested(() => cancellation.cancel())];
    let painted = 0;
    try {
      return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Verifying') }, async (progress, token) => {
        chained.push(token.onCancellationRequested(() => cancellation.cancel()));
        let total = 0;
        let done = 0;
        let reported = 0;
        const onStream = (event: Streamed): void => {
          if (event.type === 'planned') {
            total += event.total;
          } else if (event.type === 'issue') {
            const place = event.issue.line === null ? '' : `:${event.issue.line + 1}`;
            run.appendOutput(`${event.path}${place}: ${event.issue.message}\r\n`);
          } else {
            done += 1;
            this.#record(run, event.path, event.ref, event.result);
            const now = Date.now();
            if (now - painted > PAINT_EVERY_MS) {
              painted = now;
              this.#lines.paint();
            }
            const percent = total === 0 ? 0 : (done / total) * 100;
            if (percent - reported >= 1 || done === total) {
              progress.report({ increment: percent - reported, message: vscode.l10n.t('{0} of {1}', done, total) });
              reported = percent;
            }
          }
        };
        const summary = await connection.request(Verify, {
          targets: [...targets],
          problems: await this.#files.problemPaths(),
          verifier,
          customFolder: customFolder(),
        }, { progress: onStream, token: cancellation.token });
        run.appendOutput(`${summarise(summary)}\r\n`);
        return summary;
      });
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        run.appendOutput(`${vscode.l10n.t('Cancelled; verdicts reached so far are kept.')}\r\n`);
        return null;
      }
      run.appendOutput(`${error instanceof Error ? error.message : String(error)}\r\n`);
      throw error;
    } finally {
      this.#lines.paint();
      for (const disposable of chained) disposable?.dispose();
      cancellation.dispose();
      run.end();
      log.debug('verification ended');
    }
  }

  dispose(): void {
    this.#controller.dispose();
    this.#lines.dispose();
  }

  /** "Run" on items of the Testing view: the same rollouts again, read afresh from disk. */
  async #again(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const excluded = new Set(request.exclude ?? []);
    const targets: VerifyTarget[] = [];
    const visit = (item: vscode.TestItem): void => {
      if (excluded.has(item)) return;
      const target = this.#targets.get(item);
      if (target) targets.push(target);
      item.children.forEach(visit);
    };
    if (request.include) request.include.forEach(visit);
    else this.#controller.items.forEach(visit);
    if (targets.length > 0) await this.verify(merge(targets), 'auto', request, token);
  }

  #record(run: vscode.TestRun, path: string, ref: number, result: Verified): void {
    this.#lines.set(path, result);
    const item = this.#itemOf(path, ref, result);
    const { verdict } = result;
    const duration = verdict.durationMs;
    run.started(item);
    if (verdict.verdict === 'correct') {
      run.passed(item, duration);
      return;
    }
    const sides = expectedAndActual(verdict, result.gold);
    const message = sides ? vscode.TestMessage.diff(verdictReport(verdict), sides.expected, sides.actual) : new vscode.TestMessage(verdictReport(verdict));
    if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
    if (verdict.verdict === 'incorrect') run.failed(item, message, duration);
    else run.errored(item, message, duration);
  }

  #itemOf(path: string, ref: number, result: Verified): vscode.TestItem {
    const uri = vscode.Uri.file(path);
    const file = this.#child(this.#controller.items, path, baseName(path), uri);
    const problem = this.#child(file.children, `${path}#${result.problemId ?? result.title}`, result.title, uri);
    const rollout = this.#child(problem.children, `${path}#${ref}`, vscode.l10n.t('rollout {0}, sample {1}', result.index + 1, result.sample + 1), uri);
    if (result.line !== null) rollout.range = new vscode.Range(result.line, 0, result.line, 0);
    rollout.sortText = String(ref).padStart(10, '0');
    this.#targets.set(rollout, { kind: 'file', path, refs: [ref] });
    return rollout;
  }

  #child(items: vscode.TestItemCollection, id: string, label: string, uri: vscode.Uri): vscode.TestItem {
    const known = items.get(id);
    if (known) return known;
    const item = this.#controller.createTestItem(id, label, uri);
    items.add(item);
    return item;
  }
}

/** Custom verifiers are code of the workspace: only a trusted one may have them run. */
export function customFolder(): string | null {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder && vscode.workspace.isTrusted ? vscode.Uri.joinPath(folder.uri, 'rlvr', 'verifiers').fsPath : null;
}

/** One target per file: a thousand single rollouts are one request. */
function merge(targets: readonly VerifyTarget[]): VerifyTarget[] {
  const refs = new Map<string, number[]>();
  for (const target of targets) if (target.kind === 'file' && target.refs) refs.set(target.path, [...(refs.get(target.path) ?? []), ...target.refs]);
  return [...refs].map(([path, list]) => ({ kind: 'file', path, refs: list }));
}

function summarise(summary: VerifySummary): string {
  const counts = Object.entries(summary.byVerdict).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return vscode.l10n.t('{0} of {1} verified: {2}', summary.done, summary.total, counts);
}

function baseName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
