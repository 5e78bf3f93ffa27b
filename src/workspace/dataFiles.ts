import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { DiscoverFiles, type ResultOf } from '../../server/protocol/methods.ts';
import { setContext } from '../contextKeys.ts';
import type { ServerConnection } from '../server/connection.ts';

type Discovered = ResultOf<typeof DiscoverFiles>;
export type DataFile = Discovered['files'][number];

const PATTERN = '**/*.{jsonl,json,gz,parquet,eval}';
/** Files often change in bursts (a training job, a branch switch). */
const SETTLE_MS = 400;

/**
 * The workspace's problem sets and rollout files, as the server recognised them by content. Looked up on first use and
 * again after files appear or vanish; a changed file is the stores' business.
 */
export class DataFiles implements vscode.Disposable {
  readonly #connection: ServerConnection;
  readonly #log: vscode.LogOutputChannel;
  readonly #emitter = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [];
  #found: Promise<Discovered> | null = null;
  /** How the last look ended; null before the first. */
  #outcome: 'found' | 'failed' | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Files that the last look could not read. */
  #unreadable: ReadonlySet<string> = new Set();
  /** Files that appeared or vanished since the last look, or could not be read then and changed. */
  readonly #touched = new Set<string>();

  /** Fires when the list may have changed. */
  readonly onDidChange = this.#emitter.event;

  constructor(connection: ServerConnection, log: vscode.LogOutputChannel) {
    this.#connection = connection;
    this.#log = log;
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    const later = (uri: vscode.Uri): void => {
      if (!/[\\/](node_modules|\.git)[\\/]/.test(uri.fsPath)) this.#lookAgainSoon(uri.fsPath);
    };
    this.#disposables.push(
      watcher,
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
      // The stores watch what they have read; a file of which nothing could be read has none, and may have been put right.
      watcher.onDidChange((uri) => {
        if (this.#unreadable.has(uri.fsPath)) later(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      connection.onDidConnect(({ sameServer }) => {
        // The first connection is made by the first look itself, which must not begin again because of it.
        if (this.#outcome === 'failed' || (!sameServer && this.#outcome === 'found')) this.refresh();
        // What could not be read while the server was away is read now.
        else if (this.#outcome === 'found') this.#emitter.fire();
      }),
    );
  }

  async problems(): Promise<readonly DataFile[]> {
    return (await this.#discover()).files.filter((file) => file.kind === 'problems');
  }

  async rollouts(): Promise<readonly DataFile[]> {
    return (await this.#discover()).files.filter((file) => file.kind === 'rollouts');
  }

  /** Data files by their names of which nothing can be read, with the reason: where a log of Inspect would be listed, or a set. */
  async unreadable(where: 'problems' | 'rollouts'): Promise<readonly DataFile[]> {
    return (await this.#discover()).files.filter((file) => file.kind === 'unreadable' && /\.eval$/i.test(file.path) === (where === 'rollouts'));
  }

  /** Paths of all problem sets: where gold answers and tests are looked up. */
  async problemPaths(): Promise<string[]> {
    return (await this.problems()).map((file) => file.path);
  }

  refresh(): void {
    this.#found = null;
    this.#emitter.fire();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    vscode.Disposable.from(...this.#disposables, this.#emitter).dispose();
  }

  #discover(): Promise<Discovered> {
    this.#found ??= this.#look().then(
      (found) => {
        this.#outcome = 'found';
        return found;
      },
      (error: unknown) => {
        this.#found = null;
        this.#outcome = 'failed';
        throw error;
      },
    );
    return this.#found;
  }

  async #look(): Promise<Discovered> {
    const roots = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file' || folder.uri.scheme === 'vscode-remote').map((folder) => folder.uri.fsPath);
    if (roots.length === 0) return { files: [], issues: [] };
    const found = await this.#connection.request(DiscoverFiles, { roots });
    for (const issue of found.issues) this.#log.warn(`${issue.path}: ${issue.message}`);
    this.#unreadable = new Set(found.files.filter((file) => file.kind === 'unreadable').map((file) => file.path));
    const rollouts = found.files.filter((file) => file.kind === 'rollouts');
    setContext('rlvr.rolloutFiles', rollouts.map((file) => file.path));
    setContext('rlvr.codeFiles', rollouts.filter((file) => !mayHoldMath(file)).map((file) => file.path));
    return found;
  }

  #lookAgainSoon(path: string): void {
    this.#touched.add(path);
    // Not put off by the next file: a job that writes all the time would never be seen.
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#lookAgain();
    }, SETTLE_MS);
  }

  /** Says that the list changed only if it did: while a tree is drawn anew, the command of a menu on it misses its item. */
  async #lookAgain(): Promise<void> {
    const touched = new Set(this.#touched);
    this.#touched.clear();
    const before = this.#outcome === 'found' ? await this.#found?.catch(() => null) ?? null : null;
    if (before === null) return this.refresh();
    const look = this.#look();
    const after = await look.catch(() => null);
    const known = new Set([...before.files, ...(after?.files ?? [])].map((file) => file.path));
    if (after !== null && sameFiles(before, after) && ![...touched].some((path) => known.has(path))) return;
    if (after === null) return this.refresh();
    this.#found = look;
    this.#emitter.fire();
  }
}

/** Whether math may be among the rollouts of a file: their domain is math, or not known. */
export function mayHoldMath({ domain }: Pick<DataFile, 'domain'>): boolean {
  return domain !== 'code';
}

function sameFiles(a: Discovered, b: Discovered): boolean {
  const key = ({ files, issues }: Discovered): string => [...files.map((file) => `${file.kind} ${file.schema} ${file.path}`), ...issues.map((issue) => `${issue.path} ${issue.message}`)].join('\n');
  return key(a) === key(b);
}

/** Name and folder of a data file, as the trees show it: the name first, since a side bar is narrow. */
export function placeOf(path: string): { readonly name: string; readonly folder: string | null; readonly relative: string } {
  const relative = vscode.workspace.asRelativePath(path);
  const folder = dirname(relative);
  return { name: basename(relative), folder: folder === '.' ? null : folder, relative };
}
