import * as v from 'valibot';
import * as vscode from 'vscode';
import { GetProblem, GetRollout, GetRolloutText, ListGroups, OpenRollouts, RolloutsChanged, type VerifyTarget } from '../../server/protocol/methods.ts';
import { Groups, type InspectorAction, InspectorActionSchema, type InspectorEvent, OneRollout, RolloutText } from '../../webview/inspector/contract.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import type { SelectionSource } from '../verifiers/selections.ts';
import { isVerifiable } from '../verifiers/verifyTarget.ts';
import { openLine } from '../workspace/openLine.ts';
import { awaySince, relay, WebviewHost } from './webviewHost.ts';

export const INSPECTOR_VIEW = 'rlvr.rolloutInspector';

/** Verdicts arrive one by one; the page is told at most this often. */
const SETTLE_MS = 300;

const OpenArgsSchema = v.object({ path: v.string(), ref: v.optional(v.number()), peek: v.optional(v.boolean()) });

/** A rollouts file as a document: the server reads it, nothing is held here. */
interface RolloutDocument extends vscode.CustomDocument { readonly uri: vscode.Uri }

/** The readonly custom editor for rollout files. Several editors of one file are fine: the model is the server's, view state is each page's. */
export class InspectorEditors implements vscode.CustomReadonlyEditorProvider<RolloutDocument>, SelectionSource {
  readonly view = INSPECTOR_VIEW;
  readonly #services: Services;
  readonly #selected = new vscode.EventEmitter<void>();
  readonly onDidSelect = this.#selected.event;
  readonly #open = new Set<InspectorEditor>();
  /** Rollouts to show once the editor of a path is there. */
  readonly #wanted = new Map<string, number>();

  constructor(services: Services) {
    this.#services = services;
  }

  openCustomDocument(uri: vscode.Uri): RolloutDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: RolloutDocument, panel: vscode.WebviewPanel): void {
    const path = document.uri.fsPath;
    const editor = new InspectorEditor(this.#services, panel, path, this.#wanted.get(path) ?? null, () => this.#selected.fire());
    this.#wanted.delete(path);
    this.#open.add(editor);
    panel.onDidDispose(() => {
      this.#open.delete(editor);
      editor.dispose();
    });
  }

  /** Opens a file's inspector, at one rollout if `ref` is given. To peek leaves the focus where it is. */
  async show(path: string, ref?: number, peek = false): Promise<void> {
    const there = [...this.#open].find((editor) => editor.path === path);
    if (!there && ref !== undefined) this.#wanted.set(path, ref);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(path), INSPECTOR_VIEW, { preserveFocus: peek, preview: peek } satisfies vscode.TextDocumentShowOptions);
    if (there && ref !== undefined) there.reveal(ref);
  }

  isActive(): boolean {
    return (this.#active?.selection.length ?? 0) > 0;
  }

  /** What is selected in the inspector the user is looking at. */
  selectedTargets(): Promise<VerifyTarget[]> {
    const editor = this.#active;
    return Promise.resolve(editor && editor.selection.length > 0 ? [{ kind: 'file', path: editor.path, refs: [...editor.selection] }] : []);
  }

  get #active(): InspectorEditor | undefined {
    return [...this.#open].find((editor) => editor.active);
  }
}

/** One inspector: relays the page's calls to the server, and the server's news to the page. */
class InspectorEditor implements vscode.Disposable {
  readonly path: string;
  /** Refs that "Verify Selection" means: those selected by hand, else the rollout that is shown. */
  selection: readonly number[] = [];
  readonly #services: Services;
  readonly #panel: vscode.WebviewPanel;
  readonly #host: WebviewHost<InspectorEvent, InspectorAction>;
  readonly #disposables: vscode.Disposable[];
  readonly #selected: () => void;
  #wanted: number | null;
  #opening = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Services, panel: vscode.WebviewPanel, path: string, wanted: number | null, selected: () => void) {
    this.#services = services;
    this.#panel = panel;
    this.path = path;
    this.#wanted = wanted;
    this.#selected = selected;
    this.#host = new WebviewHost(services, panel, {
      page: 'inspector', title: vscode.l10n.t('Rollout Inspector'), actions: InspectorActionSchema,
      onAction: (action) => { void this.#act(action).catch((error: unknown) => showError(error, services.log)); },
      onReady: () => { this.#start(); },
    });
    const { channel } = this.#host;
    channel.serve(Groups, (asked, signal) => relay(services, ListGroups, { path, ...asked }, signal));
    channel.serve(OneRollout, ({ ref }, signal) => relay(services, GetRollout, { path, ref }, signal));
    channel.serve(RolloutText, (asked, signal) => relay(services, GetRolloutText, { path, ...asked }, signal));
    // The folder is watched, since a file's own name may hold characters that mean something in a pattern.
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(vscode.Uri.file(path), '..'), '*'));
    const touched = (uri: vscode.Uri): void => { if (uri.fsPath === path) this.#changedSoon(); };
    this.#disposables = [
      watcher, watcher.onDidChange(touched), watcher.onDidCreate(touched),
      services.connection.onNotification(RolloutsChanged, (changed) => { if (changed.path === path) this.#changedSoon(); }),
      services.connection.onDidChangeState((state) => { channel.send({ type: 'connection', since: awaySince(state) }); }),
      services.connection.onDidConnect(({ sameServer }) => { if (!sameServer) this.#changedSoon(); }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => { this.#sendStart(); }),
    ];
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** Shows a rollout, at once or as soon as the page listens: a tab that was hidden loads anew. */
  reveal(ref: number): void {
    this.#wanted = ref;
    this.#sendWanted();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#opening.abort();
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #sendStart(): void {
    this.#host.channel.send({ type: 'start', file: this.path.split(/[\\/]/).pop() ?? this.path, folder: vscode.workspace.asRelativePath(this.path), trusted: vscode.workspace.isTrusted });
  }

  #start(): void {
    this.#sendStart();
    const { channel } = this.#host;
    const away = awaySince(this.#services.connection.state);
    if (away !== null) channel.send({ type: 'connection', since: away });
    this.#sendWanted();
    void this.#read('opened');
  }

  #sendWanted(): void {
    if (this.#wanted === null || !this.#host.ready) return;
    this.#host.channel.send({ type: 'reveal', ref: this.#wanted });
    this.#wanted = null;
  }

  /** Opens the file at the server and tells the page what it is; also after changes, which the server indexes by their tail. */
  async #read(type: 'opened' | 'changed'): Promise<void> {
    this.#opening.abort();
    const { signal } = (this.#opening = new AbortController());
    const { channel } = this.#host;
    try {
      const info = await relay(this.#services, OpenRollouts, { path: this.path }, signal, ({ done, total }) => { channel.send({ type: 'opening', done, total }); });
      if (!signal.aborted) channel.send({ type, info });
    } catch (error) {
      if (signal.aborted) return;
      this.#services.log.warn(`inspector: ${messageOf(error)}`);
      // What was read before stays on the screen; only a first read that fails leaves nothing to show.
      if (type === 'opened') channel.send({ type: 'failed', message: messageOf(error) });
    }
  }

  #changedSoon(): void {
    // Not restarted by later news: a file that grows all the time is still shown.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read('changed');
    }, SETTLE_MS);
  }

  async #act(action: InspectorAction): Promise<void> {
    switch (action.type) {
      case 'selection':
        this.selection = action.refs;
        this.#selected();
        return;
      case 'verifySelection': return this.#verify(COMMANDS.verifySelection, { verifyTargets: () => Promise.resolve([{ kind: 'file', path: this.path, refs: action.refs }]) });
      case 'verifyAll': return this.#verify(COMMANDS.verifyAll, vscode.Uri.file(this.path));
      case 'openProblem': return this.#openProblem(action.problemId);
      case 'openLine': return openLine(this.path, action.line, vscode.ViewColumn.Beside);
      case 'copy': return vscode.env.clipboard.writeText(action.text);
      case 'retry': return this.#read('opened');
    }
  }

  async #verify(command: string, argument: unknown): Promise<void> {
    this.#host.channel.send({ type: 'verifying', active: true });
    try {
      await vscode.commands.executeCommand(command, argument);
    } finally {
      this.#host.channel.send({ type: 'verifying', active: false });
    }
  }

  async #openProblem(id: string): Promise<void> {
    for (const path of await this.#services.files.problemPaths()) {
      const found = await this.#services.connection.request(GetProblem, { path, id }).catch(() => null);
      if (!found) continue;
      await vscode.commands.executeCommand(COMMANDS.openProblem, { path, id });
      return;
    }
    void vscode.window.showInformationMessage(vscode.l10n.t('No problem set of this workspace holds the problem {0}.', id));
  }
}

/** Registers the editor and "Open in Inspector" (`{ path, ref?, peek? }`, a URI, a node of the Rollouts view, or the active file). */
export function registerInspector(services: Services): { readonly editors: InspectorEditors; readonly disposable: vscode.Disposable } {
  const editors = new InspectorEditors(services);
  const disposable = vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(INSPECTOR_VIEW, editors, { supportsMultipleEditorsPerDocument: true }),
    registerCommand(COMMANDS.openInspector, services.log, async (argument) => {
      if (argument instanceof vscode.Uri) return editors.show(argument.fsPath);
      if (isVerifiable(argument)) {
        // A node of the Rollouts view: its file, at its first rollout.
        const [target] = await argument.verifyTargets();
        if (target?.kind === 'file') return editors.show(target.path, target.refs?.[0]);
      }
      const args = v.safeParse(OpenArgsSchema, argument);
      if (args.success) return editors.show(args.output.path, args.output.ref, args.output.peek);
      const path = await choosePath(services);
      if (path !== null) await editors.show(path);
    }),
  );
  return { editors, disposable };
}

/** From the palette: the rollouts file in the active editor, else a choice of those in the workspace. */
async function choosePath({ files }: Services): Promise<string | null> {
  const rollouts = await files.rollouts();
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  if (active !== undefined && rollouts.some((file) => file.path === active)) return active;
  const picked = await vscode.window.showQuickPick(
    rollouts.map((file) => ({ label: vscode.workspace.asRelativePath(file.path), description: file.schema, path: file.path })),
    { title: vscode.l10n.t('Open Rollouts in the Inspector') },
  );
  return picked?.path ?? null;
}
