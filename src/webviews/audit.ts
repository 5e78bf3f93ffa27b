import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { AuditedPair, RolloutAudit } from '../../server/protocol/audit.ts';
import { AuditMath } from '../../server/protocol/methods.ts';
import { type AuditAction, AuditActionSchema, type AuditEvent, type AuditProgress, AuditStateSchema } from '../../webview/audit/contract.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { auditReport, testRow } from '../verifiers/auditReport.ts';
import { rolloutsFile } from '../verifiers/rolloutsFile.ts';
import { ensureSecondOpinion } from '../verifiers/secondOpinion.ts';
import { mayHoldMath } from '../workspace/dataFiles.ts';
import { trustedOrTold } from '../workspace/trust.ts';
import { Panels } from './panels.ts';
import { awaySince, WebviewHost } from './webviewHost.ts';

interface Args { readonly path: string }

/** Disagreements that are kept; the most frequent pairs are compared first, and nobody reads more. */
const MAX_FOUND = 5_000;

/** One file's audit. What was found belongs to the host: it survives a hidden page, a cancelled audit and a failed one. */
class AuditPage implements vscode.Disposable {
  readonly #services: Services;
  readonly #path: string;
  readonly #host: WebviewHost<AuditEvent, AuditAction>;
  readonly #disposables: vscode.Disposable[];
  #found: AuditedPair[] = [];
  #progress: AuditProgress = { phase: 'idle' };
  #running: { readonly cancellation: vscode.CancellationTokenSource; readonly result: Promise<RolloutAudit | null> } | null = null;

  constructor(services: Services, panel: vscode.WebviewPanel, { path }: Args) {
    this.#services = services;
    this.#path = path;
    this.#host = new WebviewHost(services, panel, {
      page: 'audit', title: vscode.l10n.t('Audit'), actions: AuditActionSchema,
      onAction: (action) => { void this.#act(action).catch((error: unknown) => showError(error, services.log)); },
      onReady: () => { this.#start(); },
    });
    const { channel } = this.#host;
    this.#disposables = [
      services.connection.onDidChangeState((state) => { channel.send({ type: 'connection', since: awaySince(state) }); }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => { this.#sendStart(); }),
    ];
  }

  dispose(): void {
    this.#running?.cancellation.cancel();
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Runs the audit unless it is running; ends with its summary, or null when it was not begun. */
  run(): Promise<RolloutAudit | null> {
    if (this.#running) return this.#running.result;
    const cancellation = new vscode.CancellationTokenSource();
    const result = this.#audit(cancellation.token).finally(() => {
      this.#running = null;
      cancellation.dispose();
    });
    this.#running = { cancellation, result };
    return result;
  }

  async #audit(token: vscode.CancellationToken): Promise<RolloutAudit | null> {
    const { connection, files } = this.#services;
    const before = this.#progress;
    try {
      this.#tell({ phase: 'preparing' });
      if (!await ensureSecondOpinion(this.#services, token)) {
        this.#tell(before);
        return null;
      }
      this.#found = [];
      this.#host.channel.send({ type: 'found', from: 0, pairs: [] });
      const audit = await connection.request(AuditMath, { path: this.#path, problems: await files.problemPaths() }, {
        token,
        progress: (event) => {
          if (event.type === 'asked') this.#add(event.found);
          this.#tell(event.type === 'read' ? { phase: 'reading', done: event.done, total: event.total } : { phase: 'asking', done: event.done, total: event.total });
        },
      });
      this.#tell({ phase: 'ended', audit });
      return audit;
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        // Before the server had begun: there is nothing to sum up.
        this.#tell({ phase: 'idle' });
        return null;
      }
      this.#tell({ phase: 'failed', message: messageOf(error) });
      throw error;
    }
  }

  #add(pairs: readonly AuditedPair[]): void {
    const kept = pairs.slice(0, MAX_FOUND - this.#found.length);
    if (kept.length === 0) return;
    this.#host.channel.send({ type: 'found', from: this.#found.length, pairs: [...kept] });
    this.#found.push(...kept);
  }

  #tell(progress: AuditProgress): void {
    this.#progress = progress;
    this.#host.channel.send({ type: 'progress', progress });
  }

  #sendStart(): void {
    this.#host.channel.send({ type: 'start', path: this.#path, name: vscode.workspace.asRelativePath(this.#path), trusted: vscode.workspace.isTrusted });
  }

  #start(): void {
    const { channel } = this.#host;
    this.#sendStart();
    channel.send({ type: 'found', from: 0, pairs: this.#found });
    channel.send({ type: 'progress', progress: this.#progress });
    const away = awaySince(this.#services.connection.state);
    if (away !== null) channel.send({ type: 'connection', since: away });
  }

  async #act(action: AuditAction): Promise<void> {
    switch (action.type) {
      case 'run':
        if (trustedOrTold(untrusted())) await this.run();
        return;
      case 'cancel':
        this.#running?.cancellation.cancel();
        return;
      case 'openRollout':
        await vscode.commands.executeCommand(COMMANDS.openInspector, { path: this.#path, ref: action.ref });
        return;
      case 'copyTest': {
        const pair = this.#found[action.index];
        if (pair) await copyTest(pair);
        return;
      }
      case 'copyReport': return this.#copyReport();
    }
  }

  async #copyReport(): Promise<void> {
    const audit = this.#progress.phase === 'ended' ? this.#progress.audit : null;
    const found = [...this.#found].sort((a, b) => b.count - a.count);
    await vscode.env.clipboard.writeText(auditReport({ name: vscode.workspace.asRelativePath(this.#path), checker: audit?.checker ?? null, summary: audit, cancelled: audit?.cancelled ?? false }, found));
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(copy) Report copied'), 4_000);
  }
}

/** Whether the answer shall be paid is for a person to say: neither checker's word is a test. */
async function copyTest(pair: AuditedPair): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Correct'), description: vscode.l10n.t('the answer equals the gold and is paid'), value: true },
      { label: vscode.l10n.t('Not correct'), description: vscode.l10n.t('the answer is not paid'), value: false },
    ],
    { title: vscode.l10n.t('Which Verdict Shall the Test Demand?'), placeHolder: `${pair.gold.slice(0, 60)}  |  ${pair.answer.slice(0, 60)}` },
  );
  if (!picked) return;
  await vscode.env.clipboard.writeText(`${testRow(pair, picked.value)}\n`);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(copy) Test copied'), 4_000);
}

function untrusted(): string {
  return vscode.l10n.t('The second checker runs Python processes: the audit runs in trusted workspaces only.');
}

/** Registers the page and "Audit Math Verifier" (a URI, a node of the Rollouts view, the active file, or a choice). The command ends with the audit. */
export function registerAudit(services: Services): vscode.Disposable {
  const open = new Map<string, AuditPage>();
  const panels = new Panels<Args>(services, {
    viewType: 'rlvr.audit', icon: 'law', title: ({ path }) => vscode.l10n.t('Audit: {0}', basename(path)), key: ({ path }) => path,
    fromState: (state) => (v.is(AuditStateSchema, state) ? { path: state.path } : null),
    create: (panel, args) => {
      const page = new AuditPage(services, panel, args);
      open.set(args.path, page);
      panel.onDidDispose(() => open.delete(args.path));
      return page;
    },
  });
  return vscode.Disposable.from(
    panels.registerSerializer(),
    registerCommand(COMMANDS.auditMath, services.log, async (argument) => {
      if (!trustedOrTold(untrusted())) return null;
      const path = await rolloutsFile(services, argument, vscode.l10n.t('Audit the Math Verifier on Rollouts'), mayHoldMath);
      if (path === null) return null;
      panels.show({ path });
      return await open.get(path)?.run() ?? null;
    }),
  );
}
