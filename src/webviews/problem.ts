import * as v from 'valibot';
import * as vscode from 'vscode';
import { DecideProblems, GetProblem, GetProblemRecord, ProblemsChanged, RolloutsChanged } from '../../server/protocol/methods.ts';
import { Decide, type ProblemAction, ProblemActionSchema, type ProblemEvent, ProblemStateSchema } from '../../webview/problem/contract.ts';
import { messageOf, registerCommand, showError } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import { goToLine } from '../problems/problemCommands.ts';
import type { Problem, ProblemRow } from '../../server/protocol/problem.ts';
import { ProblemNode } from '../problems/problemNodes.ts';
import type { Services } from '../services.ts';
import { Panels } from './panels.ts';
import { awaySince, relay, WebviewHost } from './webviewHost.ts';

const ArgsSchema = v.object({ path: v.string(), id: v.string(), peek: v.optional(v.boolean()) });
type Args = Pick<v.InferOutput<typeof ArgsSchema>, 'path' | 'id'>;

/** Rollout files in which a problem's record is looked up. */
const MAX_FILES = 50;
/** Longest title of a tab, characters. */
const TAB_TITLE = 32;
const SETTLE_MS = 500;

/** One problem's page. */
class ProblemPage implements vscode.Disposable {
  readonly #services: Services;
  readonly #args: Args;
  readonly #panel: vscode.WebviewPanel;
  readonly #host: WebviewHost<ProblemEvent, ProblemAction>;
  readonly #disposables: vscode.Disposable[];
  #reading = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Services, panel: vscode.WebviewPanel, args: Args) {
    this.#services = services;
    this.#args = args;
    this.#host = new WebviewHost(services, panel, {
      page: 'problem', title: vscode.l10n.t('Problem'), actions: ProblemActionSchema,
      onAction: (action) => { void this.#act(action).catch((error: unknown) => showError(error, services.log)); },
      onReady: () => { this.#start(); },
    });
    this.#panel = panel;
    const { channel } = this.#host;
    channel.serve(Decide, async ({ decision }, signal) => {
      const made = decision && { ...decision, id: args.id, at: new Date().toISOString() };
      const { rows } = await relay(services, DecideProblems, { path: args.path, changes: [{ id: args.id, decision: made }] }, signal);
      const row = rows.find((candidate) => candidate.id === args.id) ?? (await relay(services, GetProblem, args, signal)).row;
      return { row };
    });
    const { connection } = services;
    this.#disposables = [
      connection.onNotification(ProblemsChanged, ({ path }) => { if (path === args.path) this.#soon(); }),
      connection.onNotification(RolloutsChanged, () => { this.#soon(); }),
      connection.onDidChangeState((state) => { channel.send({ type: 'connection', since: awaySince(state) }); }),
      connection.onDidConnect(() => { this.#soon(); }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#reading.abort();
    this.#host.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #start(): void {
    const { path, id } = this.#args;
    this.#host.channel.send({ type: 'start', path, id, name: vscode.workspace.asRelativePath(path) });
    void this.#read();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read();
    }, SETTLE_MS);
  }

  /** Problem first, then its record, which may need whole rollout files to be indexed. */
  async #read(): Promise<void> {
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    const { channel } = this.#host;
    try {
      const found = await relay(this.#services, GetProblem, this.#args, signal);
      if (signal.aborted) return;
      channel.send({ type: 'problem', ...found });
      this.#panel.title = tabTitle(found.problem, found.row);
    } catch (error) {
      if (!signal.aborted) channel.send({ type: 'failed', message: messageOf(error) });
      return;
    }
    try {
      const files = (await this.#services.files.rollouts()).slice(0, MAX_FILES).map((file) => file.path);
      const { groups } = await relay(this.#services, GetProblemRecord, { problems: this.#args.path, id: this.#args.id, rollouts: files }, signal);
      if (!signal.aborted) channel.send({ type: 'record', record: groups.map((entry) => ({ ...entry, name: vscode.workspace.asRelativePath(entry.path) })), issue: null });
    } catch (error) {
      if (!signal.aborted) channel.send({ type: 'record', record: [], issue: messageOf(error) });
    }
  }

  async #act(action: ProblemAction): Promise<void> {
    switch (action.type) {
      case 'openLine': return goToLine(this.#services, this.#args.path, this.#args.id);
      case 'openRollout':
        await vscode.commands.executeCommand(COMMANDS.openInspector, { path: action.path, ref: action.ref });
        return;
      case 'copy': return vscode.env.clipboard.writeText(action.text);
      case 'retry': return this.#read();
    }
  }
}

/** The problem's own id; where the file gives it none, its first words: the id that we make then says nothing to people. */
function tabTitle({ id, provenance }: Problem, { title }: ProblemRow): string {
  return shortTitle(provenance.id !== undefined || title === '' ? id : title);
}

/** Ids can be whole sentences. */
function shortTitle(title: string): string {
  return title.length > TAB_TITLE ? `${title.slice(0, TAB_TITLE - 1)}…` : title;
}

/** Registers the page and "Open Problem" (`{ path, id, peek? }` or a node of the Problems view). */
export function registerProblem(services: Services): vscode.Disposable {
  const panels = new Panels<Args>(services, {
    viewType: 'rlvr.problem', icon: 'book',
    title: ({ id }) => shortTitle(id), key: ({ path, id }) => `${path}\0${id}`,
    fromState: (state) => (v.is(ProblemStateSchema, state) ? { path: state.path, id: state.id } : null),
    create: (panel, args) => new ProblemPage(services, panel, args),
  });
  return vscode.Disposable.from(
    panels.registerSerializer(),
    registerCommand(COMMANDS.openProblem, services.log, (argument) => {
      // Menus of the tree pass its node.
      const args = v.safeParse(ArgsSchema, argument instanceof ProblemNode ? { path: argument.set.file.path, id: argument.row.id } : argument);
      if (args.success) panels.show({ path: args.output.path, id: args.output.id }, args.output.peek);
      else void vscode.window.showInformationMessage(vscode.l10n.t('Choose a problem in the Problems view to open it.'));
    }),
  );
}
