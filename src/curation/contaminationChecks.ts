import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { DecontaminationReport } from '../../server/protocol/decontamination.ts';
import { Decontaminate, ProblemsChanged } from '../../server/protocol/methods.ts';
import { messageOf, showError } from '../feedback.ts';
import { SETTINGS_SECTION } from '../ids.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings.ts';
import { isBelow } from '../workspace/below.ts';
import type { ContaminationDiagnostics } from './contaminationDiagnostics.ts';
import { decontaminationOptions } from './decontaminationOptions.ts';
import { mayHoldProblems } from './problemDocuments.ts';

/** A file that is saved again within this time is checked once, milliseconds. */
const SETTLE_MS = 120;
/** Larger files are checked by the command only, bytes. */
const LARGEST_ON_SAVE = 64 * 1024 * 1024;

/** Checks problem sets against benchmarks: while they are open in an editor, and for the whole workspace. */
export class ContaminationChecks implements vscode.Disposable {
  readonly #services: Services;
  readonly #diagnostics: ContaminationDiagnostics;
  /** Waiting or running checks by path; a new save takes the place of an old one. */
  readonly #waiting = new Map<string, { readonly timer: NodeJS.Timeout; readonly told: boolean }>();
  readonly #running = new Map<string, vscode.CancellationTokenSource>();
  /** Files whose marks stay when their editor closes, because a workspace check made them. */
  readonly #kept = new Set<string>();
  /** Remarks on benchmarks that were told. */
  readonly #told = new Set<string>();
  readonly #disposables: vscode.Disposable[];

  constructor(services: Services, diagnostics: ContaminationDiagnostics) {
    this.#services = services;
    this.#diagnostics = diagnostics;
    this.#disposables = [
      vscode.workspace.onDidSaveTextDocument((document) => this.#soon(document, true)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      // Decisions of a view or a page, and the first comparison of a set: marks and states say the same.
      services.connection.onNotification(ProblemsChanged, ({ path }) => {
        for (const document of vscode.workspace.textDocuments) if (document.uri.fsPath === path) this.#opened(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (!this.#kept.has(uri.fsPath)) this.#forget(uri);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#forgetBelow(uri))),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.#forgetBelow(oldUri))),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SETTINGS_SECTION}.decontamination`)) void this.#checkShownAgain();
      }),
    ];
  }

  /** Checks one set now and marks its problems. */
  async check(path: string, options: { readonly token?: vscode.CancellationToken; readonly progress?: (done: number, total: number | null) => void } = {}): Promise<DecontaminationReport> {
    const { connection, log } = this.#services;
    const { progress, token } = options;
    const report = await connection.request(Decontaminate, { path, ...decontaminationOptions(vscode.Uri.file(path)) }, {
      ...(token ? { token } : {}),
      ...(progress ? { progress: ({ done, total }) => progress(done, total) } : {}),
    });
    log.debug(`decontamination of ${path}: ${report.contaminations.length} of ${report.checked} problems in ${report.durationMs} ms`);
    this.#diagnostics.set(report);
    return report;
  }

  /** Checks all problem sets of the workspace; a set that cannot be checked does not keep the others from it. */
  async checkWorkspace(): Promise<void> {
    const paths = await this.#services.files.problemPaths();
    if (paths.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no problem set in this workspace.'));
      return;
    }
    const reports: DecontaminationReport[] = [];
    const failed: string[] = [];
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Checking for contamination') }, async (bar, token) => {
      for (const path of paths) {
        const name = vscode.workspace.asRelativePath(path);
        bar.report({ message: name, increment: 100 / paths.length });
        try {
          reports.push(await this.check(path, { token, progress: (done, total) => bar.report({ message: total === null ? name : `${name} ${done}/${total}` }) }));
          this.#kept.add(path);
        } catch (error) {
          if (token.isCancellationRequested) throw error;
          failed.push(name);
          this.#services.log.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    });
    await summarise(reports, failed);
  }

  dispose(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    for (const source of this.#running.values()) source.cancel();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** To look at a file starts no server, and the places of one that is being edited are not those on disk. */
  #opened(document: vscode.TextDocument): void {
    if (this.#services.connection.state.kind === 'connected' && !document.isDirty) this.#soon(document, false);
  }

  #soon(document: vscode.TextDocument, saved: boolean): void {
    const path = document.uri.fsPath;
    if (document.uri.scheme !== 'file' || !mayHoldProblems(document) || setting('decontamination.onSave', document.uri) === false) return;
    const waiting = this.#waiting.get(path);
    clearTimeout(waiting?.timer);
    const told = saved || (waiting?.told ?? false);
    this.#waiting.set(path, { told, timer: setTimeout(() => {
      this.#waiting.delete(path);
      void this.#checkOpen(path, told);
    }, SETTLE_MS) });
  }

  /** `told`: who saved hears what keeps the file from being checked. */
  async #checkOpen(path: string, told: boolean): Promise<void> {
    this.#running.get(path)?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running.set(path, source);
    try {
      if (!(await this.#services.files.problemPaths()).includes(path)) return;
      if ((await stat(path)).size > LARGEST_ON_SAVE) {
        this.#services.log.info(`${path} is too large to be checked on save`);
        if (told) vscode.window.setStatusBarMessage(vscode.l10n.t('Large file: not checked on save. Use "RLVR: Check Workspace for Contamination".'), 8_000);
        return;
      }
      const report = await this.check(path, { token: source.token });
      if (told) this.#tellOfBenchmarks(report);
    } catch (error) {
      // A later save has taken over.
      if (source.token.isCancellationRequested) return;
      if (told) await showError(error, this.#services.log);
      else this.#services.log.warn(`${path}: ${messageOf(error)}`);
    } finally {
      if (this.#running.get(path) === source) this.#running.delete(path);
      source.dispose();
    }
  }

  /** Diagnostics of other options say nothing any more: files that have some are checked again. */
  async #checkShownAgain(): Promise<void> {
    const shown = this.#diagnostics.shown();
    this.#diagnostics.clear();
    this.#told.clear();
    for (const { fsPath } of shown) await this.check(fsPath).catch((error: unknown) => { this.#services.log.warn(`${fsPath}: ${messageOf(error)}`); });
  }

  /** A test set that cannot be used is told once: it is the same for every set that is saved. */
  #tellOfBenchmarks({ remarks }: DecontaminationReport): void {
    const fresh = remarks.filter(({ about, message }) => about === 'benchmarks' && !this.#told.has(message)).map(({ message }) => message);
    if (fresh.length === 0) return;
    for (const message of fresh) this.#told.add(message);
    void warnOfBenchmarks(vscode.l10n.t('Not everything could be compared with: {0}', fresh.join('; ')));
  }

  /** A folder that is gone takes its files with it. */
  #forgetBelow(gone: vscode.Uri): void {
    for (const uri of this.#diagnostics.shown()) if (isBelow(gone.fsPath, uri.fsPath)) this.#forget(uri);
  }

  #forget(uri: vscode.Uri): void {
    this.#kept.delete(uri.fsPath);
    this.#diagnostics.clear(uri);
  }
}

async function summarise(reports: readonly DecontaminationReport[], failed: readonly string[]): Promise<void> {
  const checked = reports.reduce((sum, report) => sum + report.checked, 0);
  const hits = reports.flatMap((report) => report.contaminations).filter(({ ignored }) => ignored === null);
  const same = hits.filter(({ best }) => best.kind !== 'overlaps').length;
  const benchmarks = Math.max(0, ...reports.map((report) => report.benchmarks.length));
  const unusable = [...new Set(reports.flatMap(({ remarks }) => remarks).filter(({ about }) => about === 'benchmarks').map(({ message }) => message))];
  const lines = [benchmarks === 0
    ? vscode.l10n.t('Nothing to compare with: there is no benchmark and no test set.')
    : vscode.l10n.t('{0} problems compared with {1} benchmarks: {2} contaminated or variants, {3} overlap. Paraphrases are not looked for.', checked, benchmarks, same, hits.length - same)];
  if (unusable.length > 0) lines.push(vscode.l10n.t('Not compared with everything: {0}.', unusable.join('; ')));
  if (failed.length > 0) lines.push(vscode.l10n.t('Not checked: {0}.', failed.join(', ')));
  const show = vscode.l10n.t('Show Problems Panel');
  const message = lines.join(' ');
  const settings = vscode.l10n.t('Open Settings');
  const answer = await (failed.length > 0 || benchmarks === 0 || unusable.length > 0
    ? vscode.window.showWarningMessage(message, show, ...(unusable.length > 0 ? [settings] : []))
    : vscode.window.showInformationMessage(message, show));
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (answer === settings) await openTestSetSettings();
}

async function warnOfBenchmarks(text: string): Promise<void> {
  const settings = vscode.l10n.t('Open Settings');
  if (await vscode.window.showWarningMessage(text, settings) === settings) await openTestSetSettings();
}

async function openTestSetSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `${SETTINGS_SECTION}.decontamination.testSets`);
}
