import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { RequestError } from '../../protocol/errors.ts';
import type { LaunchRequest, RunEvent, RunEventBody, RunInfo } from '../../protocol/training.ts';
import { identityOf, sameIdentity, type FileIdentity } from '../../records/identity.ts';
import { EventLog, openAppendTarget } from './eventLog.ts';
import { repairTail, scanEvents, type EventScan, type ScanStart } from './eventFile.ts';
import { describeError, errorCode } from './files.ts';
import type { EventFeed } from './follow.ts';
import { runLayout, type RunLayout } from './layout.ts';
import { takeLock } from './lock.ts';
import { MetricsFile } from './metricsFile.ts';
import { readRequest, readStageFile } from './stageFile.ts';
import { foldEvent, NO_EVENTS, type RunState } from './state.ts';

/** How often a run that another server writes is looked at. */
const FOREIGN_POLL_MS = 1000;

interface Ownership {
  readonly log: EventLog;
  readonly metrics: MetricsFile;
  readonly release: () => Promise<void>;
}

/** What the directory alone does not tell: what the engine is called where the stage file does not say yet, and where it puts a model. */
export interface RunTitles {
  readonly title: string;
  readonly engineLabel: string;
  readonly modelOf: (directory: string, step: number) => string | null;
}

/**
 * A run directory: what its events add up to and, while this server owns it, the only way to add to them. A run that
 * another server owns can be read and followed.
 */
export class Run {
  readonly layout: RunLayout;
  readonly request: LaunchRequest;
  /** The request's file as it was when it was read: another one of that name is another run. */
  readonly #identity: FileIdentity | null;
  readonly #titles: RunTitles;
  readonly #listeners = new Set<(events: readonly RunEvent[]) => void>();
  #state: RunState = NO_EVENTS;
  #scanned: ScanStart = { size: 0, lastSeq: 0 };
  readonly #issues = new Set<string>();
  #owned: Ownership | null = null;
  #failure: string | null = null;
  #unreadable: string | null = null;

  private constructor(layout: RunLayout, request: LaunchRequest, identity: FileIdentity | null, titles: RunTitles) {
    this.layout = layout;
    this.request = request;
    this.#identity = identity;
    this.#titles = titles;
  }

  /** Reads a run directory. @throws RequestError when it is none, or its request cannot be read. */
  static async open(directory: string, titles: (request: LaunchRequest) => RunTitles): Promise<Run> {
    const layout = runLayout(directory);
    let request: LaunchRequest;
    const identity = await identityOf(layout.request).catch(() => null);
    try {
      request = await readRequest(layout.request);
    } catch (error) {
      throw new RequestError('not-found', `not a run directory: ${error instanceof Error ? error.message : String(error)}`, { file: layout.request });
    }
    const stage = await readStageFile(layout.stage).catch(() => null); // missing while the run is prepared; its absence shows as the status
    const run = new Run(layout, request, identity, stage === null ? titles(request) : { ...titles(request), title: `${stage.recipeTitle}: ${stage.title}`, engineLabel: stage.engine.label });
    await run.refresh();
    return run;
  }

  get state(): RunState {
    return this.#state;
  }

  get owned(): boolean {
    return this.#owned !== null;
  }

  /** Why this server could not read the run or go on writing it, or null. */
  get failure(): string | null {
    return this.#failure ?? this.#unreadable;
  }

  onEvents(listener: (events: readonly RunEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Whether its directory is the one that was read; not when it was removed, also where another run has its name now. */
  async isThere(): Promise<boolean> {
    return this.#identity !== null && sameIdentity(this.#identity, await identityOf(this.layout.request).catch(() => null));
  }

  /** Reads what another server has added, as far as it can be read. A run of our own is always current. */
  async refresh(): Promise<void> {
    if (this.#owned !== null) return;
    try {
      this.note((await this.#scan()).issues);
      this.#unreadable = null;
    } catch (error) {
      this.#unreadable = `the events cannot be read: ${describeError(error)}`;
    }
  }

  async #scan(): Promise<EventScan> {
    const scan = await scanEvents(this.layout.events, (event) => { this.#state = foldEvent(this.#state, event); }, this.#scanned);
    this.#scanned = { size: scan.size, lastSeq: scan.lastSeq };
    return scan;
  }

  /** What is wrong with the run's files, for those who look at it. */
  note(issues: readonly string[]): void {
    for (const issue of issues) this.#issues.add(issue);
  }

  /**
   * Makes this server the run's only writer and repairs what a crash left unfinished.
   * @returns false when another living server has it.
   */
  async own(): Promise<boolean> {
    if (this.#owned !== null) return true;
    const lock = await takeLock(this.layout.lock, randomUUID());
    if ('heldBy' in lock) return false;
    try {
      const scan = await this.#scan();
      this.note(scan.issues);
      const repaired = await repairTail(this.layout.events, scan);
      if (repaired !== null) this.note([repaired]);
      const metrics = await MetricsFile.open(this.layout);
      const log = new EventLog(await openAppendTarget(this.layout.events), scan.size, scan.lastSeq, (events, size) => { this.#added(events, size); });
      this.#failure = null;
      this.#owned = { log, metrics, release: lock.release };
    } catch (error) {
      await lock.release();
      throw error;
    }
    return true;
  }

  #added(events: readonly RunEvent[], size: number): void {
    for (const event of events) this.#state = foldEvent(this.#state, event);
    this.#scanned = { size, lastSeq: this.#state.lastSeq };
    for (const listener of [...this.#listeners]) listener(events);
  }

  /** Adds events; resolves when they are on disk. Rejects with the system's error (such as a full disk), and then nothing was added. */
  async emit(...bodies: RunEventBody[]): Promise<void> {
    const owned = this.#owned;
    if (owned === null) throw new Error(`${this.layout.directory} is not owned by this server`);
    await owned.log.append(bodies);
    for (const body of bodies) if (body.type === 'step') await owned.metrics.append(body.step, body.metrics);
  }

  /** Remembers that the run cannot be written any more, for those who ask; the directory stays as it is. */
  fail(message: string): void {
    this.#failure = message;
    for (const listener of [...this.#listeners]) listener([]);
  }

  /** Lets other servers have the run. */
  async release(): Promise<void> {
    const owned = this.#owned;
    if (owned === null) return;
    await owned.log.close();
    await owned.metrics.close();
    this.#owned = null;
    await owned.release();
  }

  /** For followers: only what is on disk for sure while we write, whatever is complete when another server does. */
  feed(): EventFeed {
    return {
      path: this.layout.events,
      limit: () => (this.#owned === null ? undefined : this.#scanned.size),
      grown: (seen, signal) => this.#grown(seen, signal),
    };
  }

  #grown(seen: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const done = (): void => {
        stopListening();
        clearInterval(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stopListening = this.onEvents(done);
      signal.addEventListener('abort', done);
      if (signal.aborted || (this.#owned !== null && this.#scanned.size > seen)) done();
      else timer = setInterval(() => {
        stat(this.layout.events).then(({ size }) => { if (size > seen) done(); }, (error: unknown) => { if (errorCode(error) !== 'ENOENT') done(); });
      }, FOREIGN_POLL_MS);
      timer?.unref();
    });
  }

  info(): RunInfo {
    const { request, layout } = this;
    const state = this.#state;
    const model = state.checkpointStep > 0 ? this.#titles.modelOf(layout.directory, state.checkpointStep) : null;
    const failed = this.failure === null ? {} : { status: 'failed' as const, message: this.failure };
    return {
      runId: basename(layout.directory),
      directory: layout.directory,
      recipeId: request.recipeId,
      stageId: request.stageId,
      title: this.#titles.title,
      engine: request.engine,
      engineLabel: this.#titles.engineLabel,
      status: state.status,
      message: state.message,
      ...failed,
      step: state.step,
      plannedSteps: request.settings.steps,
      checkpoint: model === null ? null : { step: state.checkpointStep, path: model },
      lastSeq: state.lastSeq,
      startedAt: state.startedAt,
      updatedAt: state.updatedAt,
      latest: state.latest,
      settings: request.settings,
      problems: request.problems,
      issues: [...this.#issues],
    };
  }
}
