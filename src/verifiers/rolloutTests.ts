import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { VerifyTarget } from '../../server/protocol/methods.ts';
import type { Verified } from '../../server/protocol/rollout.ts';
import { type LineChange, movedLines } from './lineMoves.ts';
import { expectedAndActual, verdictReport } from './verdictText.ts';

/** Marks the messages of failed programs for the menu of the manifest. */
const FAILED_PROGRAM = 'rlvr.failedProgram';

/** The Testing view's items: one per rollout, below its problem, below its file. */
export class RolloutTests {
  readonly #controller: vscode.TestController;
  readonly #targets = new WeakMap<vscode.TestItem, VerifyTarget>();
  /** Items by file and line: where the editor shows their results. */
  readonly #lines = new Map<string, Map<number, vscode.TestItem>>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** Records a verdict as the result of the rollout's test item. */
  record(run: vscode.TestRun, path: string, ref: number, result: Verified): void {
    const item = this.#itemOf(path, ref, result);
    const { verdict } = result;
    run.started(item);
    if (verdict.verdict === 'correct') {
      run.passed(item, verdict.durationMs);
      return;
    }
    const sides = expectedAndActual(verdict, result.gold);
    const message = sides ? vscode.TestMessage.diff(verdictReport(verdict), sides.expected, sides.actual) : new vscode.TestMessage(verdictReport(verdict));
    if (verdict.code?.failed) message.contextValue = FAILED_PROGRAM;
    if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
    if (verdict.verdict === 'incorrect') run.failed(item, message, verdict.durationMs);
    else run.errored(item, message, verdict.durationMs);
  }

  /** Lines of a file moved. A line that was edited shows no result any more: what was verified is no longer there. */
  edited(path: string, changes: readonly LineChange[]): void {
    const lines = this.#lines.get(path);
    if (!lines || changes.length === 0) return;
    const { moved, touched } = movedLines(lines, changes);
    this.#lines.set(path, moved);
    const without = touched.map((item) => this.#withoutLine(item));
    for (const [line, item] of moved) if (item.range?.start.line !== line) item.range = lineRange(line);
    if (without.length > 0) this.#controller.invalidateTestResults(without);
  }

  /** What a request of the Testing view means: the same rollouts again, read afresh from disk. */
  targetsOf(request: vscode.TestRunRequest): VerifyTarget[] {
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
    return targets;
  }

  /** The rollout of an item; null for what is no rollout's item. */
  rolloutOf(item: unknown): { path: string; ref: number } | null {
    // Safe: the map only asks for identity, and gives nothing for what it does not hold.
    const target = typeof item === 'object' && item !== null ? this.#targets.get(item as vscode.TestItem) : undefined;
    const ref = target?.kind === 'file' ? target.refs?.[0] : undefined;
    return target === undefined || ref === undefined ? null : { path: target.path, ref };
  }

  /** The item made anew without its line: a range that is only taken away stays where it was. */
  #withoutLine(item: vscode.TestItem): vscode.TestItem {
    const { parent, id, label, uri } = item;
    const fresh = this.#controller.createTestItem(id, label, uri);
    if (item.sortText !== undefined) fresh.sortText = item.sortText;
    const target = this.#targets.get(item);
    if (target) this.#targets.set(fresh, target);
    parent?.children.delete(id);
    parent?.children.add(fresh);
    return fresh;
  }

  #itemOf(path: string, ref: number, result: Verified): vscode.TestItem {
    // Only a file of lines can be opened at one: a Parquet file as text would be noise.
    const uri = result.line === null ? undefined : vscode.Uri.file(path);
    const file = this.#child(this.#controller.items, path, basename(path), uri);
    file.description = vscode.workspace.asRelativePath(path);
    const problem = this.#child(file.children, `${path}#${result.problemId ?? result.title}`, result.title, uri);
    const rollout = this.#child(problem.children, `${path}#${ref}`, result.sample === null ? vscode.l10n.t('Rollout {0}', result.index + 1) : vscode.l10n.t('Rollout {0}, sample {1}', result.index + 1, result.sample + 1), uri);
    if (result.line !== null) {
      rollout.range = lineRange(result.line);
      const lines = this.#lines.get(path) ?? new Map<number, vscode.TestItem>();
      this.#lines.set(path, lines.set(result.line, rollout));
    }
    rollout.sortText = String(ref).padStart(10, '0');
    problem.sortText ??= rollout.sortText;
    this.#targets.set(rollout, { kind: 'file', path, refs: [ref] });
    return rollout;
  }

  #child(items: vscode.TestItemCollection, id: string, label: string, uri: vscode.Uri | undefined): vscode.TestItem {
    const known = items.get(id);
    if (known) return known;
    const item = this.#controller.createTestItem(id, label, uri);
    items.add(item);
    return item;
  }
}

function lineRange(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}
