/** The runs of this server: launching, adopting, stopping, resuming and following them. */
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { RequestError } from '../protocol/errors.ts';
import type { WorkProgress } from '../protocol/methods.ts';
import { makeFolder } from '../records/makeFolder.ts';
import { FINAL_STATUSES, type Engine as EngineName, type LaunchPreview, type LaunchRequest, type Recipe, type RunEvent, type RunInfo, type RunStatus } from '../protocol/training.ts';
import type { Engine } from './engines/engine.ts';
import { RehearsalEngine } from './engines/rehearsal/engine.ts';
import { VerlRayEngine } from './engines/verlRay/engine.ts';
import { Executor } from './executor.ts';
import type { TrainingPorts } from './ports.ts';
import { findStage, listRecipes } from './recipes/recipes.ts';
import { RunAnnouncer } from './runs/announcer.ts';
import { createAtomically, describeError, errorCode } from './runs/files.ts';
import { followEvents } from './runs/follow.ts';
import { runLayout } from './runs/layout.ts';
import { Run, type RunTitles } from './runs/run.ts';
import { canonicalJson, readRequest } from './runs/stageFile.ts';
import { allLints, checkedRequest, previewOf } from './stages/preview.ts';
import { resolveStage } from './stages/resolve.ts';

/** What a request handler hands down. */
export interface Call {
  readonly signal: AbortSignal;
  progress(value: WorkProgress): void;
}

const UNFINISHED: readonly RunStatus[] = ['preparing', 'pending', 'running', 'stopping', 'lost'];

/**
 * Owns every run it launches or adopts, independently of any client. Methods are named after the requests they answer
 * (server/protocol/methods.ts) and reject with RequestError for what the user can put right.
 */
export class RunManager {
  readonly #ports: TrainingPorts;
  readonly #engines: Readonly<Record<EngineName, Engine>>;
  readonly #runs = new Map<string, Run>();
  readonly #opening = new Map<string, Promise<Run>>();
  readonly #launching = new Map<string, Promise<RunInfo>>();
  readonly #executor: Executor;
  /** Runs that this server has tried to adopt: a run that failed here is not started again by merely looking. */
  readonly #adopted = new Set<string>();
  readonly #announcer = new RunAnnouncer();
  readonly #detach = new AbortController();

  constructor(ports: TrainingPorts) {
    this.#ports = ports;
    this.#engines = { rehearsal: new RehearsalEngine(), 'verl-ray': new VerlRayEngine() };
    this.#executor = new Executor(this.#engines, ports, this.#detach.signal);
  }

  /** Calls back when a run appeared or changed (`runs/changed`). @returns a function that ends it. */
  onRunChanged(listener: (run: RunInfo) => void): () => void {
    return this.#announcer.onAnnounced(listener);
  }

  /** `training/recipes` */
  listRecipes(): { recipes: Recipe[] } {
    return { recipes: listRecipes() };
  }

  /** `training/preview`: reads the inputs, writes nothing. */
  async previewLaunch(request: LaunchRequest, call: Call): Promise<LaunchPreview> {
    const stage = await resolveStage(checkedRequest(request), this.#ports, call.signal, call.progress);
    return previewOf(stage, this.#engines[request.engine], this.#ports);
  }

  /**
   * `training/launch`: returns as soon as the run exists on disk; it goes on without its client. The same request sent again
   * returns the same run. @throws RequestError `conflict` when the id belongs to another request, `bad-input` for lints of severity
   * error, `ray-token` when the cluster does not let us in.
   */
  launch(request: LaunchRequest, call: Call): Promise<RunInfo> {
    const directory = join(checkedRequest(request).root, request.runId);
    const before = this.#launching.get(directory) ?? Promise.resolve(null);
    const launching = before.catch(() => null).then(() => this.#launch(directory, request, call));
    this.#launching.set(directory, launching);
    const forget = (): void => { if (this.#launching.get(directory) === launching) this.#launching.delete(directory); };
    launching.then(forget, forget);
    return launching;
  }

  async #launch(directory: string, request: LaunchRequest, call: Call): Promise<RunInfo> {
    const existing = await this.#existing(directory, request);
    if (existing !== null) return existing;
    const stage = await resolveStage(request, this.#ports, call.signal, call.progress);
    const errors = allLints(stage, this.#engines[request.engine]).filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first !== undefined) throw new RequestError('bad-input', errors.map(({ message }) => message).join('; '), first.field === null ? {} : { field: first.field });
    await this.#engines[request.engine].check?.(request, directory, this.#ports, call.signal);
    call.signal.throwIfAborted();

    // What is still executed here has lost its directory: there is nothing in it.
    const former = this.#executor.of(directory);
    former?.stop.abort();
    await former?.done;
    await makeFolder(directory).catch((error: unknown) => {
      throw new RequestError('bad-input', `the run directory cannot be made: ${describeError(error)}`, { file: directory, field: 'root' });
    });
    // From here on the run exists: the request is on disk before anything else, and a restarted server goes on from it.
    if (!await createAtomically(runLayout(directory).request, `${JSON.stringify(request, null, 2)}\n`)) {
      return await this.#existing(directory, request) ?? await this.#launch(directory, request, call);
    }
    const run = await this.#run(directory);
    this.#adopted.add(directory);
    if (!await run.own()) return run.info(); // another server saw the request and took the run over at once
    await run.emit({ type: 'status', status: 'preparing', message: 'writing the run directory' });
    this.#executor.execute(run, stage);
    return run.info();
  }

  /** The run of an earlier, equal request; null when the directory is free. */
  async #existing(directory: string, request: LaunchRequest): Promise<RunInfo | null> {
    let names: string[];
    try {
      names = await readdir(directory);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
    if (names.length === 0) return null;
    if (!names.includes('request.json')) {
      throw new RequestError('conflict', `${directory} exists and is not a run directory; choose another run id`, { file: directory });
    }
    const earlier = await readRequest(runLayout(directory).request);
    if (canonicalJson(earlier) !== canonicalJson(request)) {
      throw new RequestError('conflict', `the run id ${request.runId} was used for another launch; choose another id`, { file: directory, field: 'runId' });
    }
    const run = await this.#run(directory);
    await this.#adopt(run);
    return run.info();
  }

  /** `runs/list`: all run directories below the roots, newest first. Unfinished ones that no server executes are taken over. */
  async listRuns(params: { readonly roots: readonly string[] }): Promise<{ runs: RunInfo[] }> {
    const runs: RunInfo[] = [];
    for (const root of new Set(params.roots.map((path) => resolve(path)))) {
      for (const directory of await runDirectories(root)) {
        const run = await this.#looked(directory).catch((error: unknown) => { if (error instanceof RequestError) return null; throw error; });
        if (run !== null) runs.push(run.info());
      }
    }
    return { runs: runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0)) };
  }

  /** `runs/get` */
  async getRun(params: { readonly directory: string }): Promise<RunInfo> {
    return (await this.#looked(resolve(params.directory))).info();
  }

  /** `runs/stop`: returns when the wish is on disk; the status becomes `stopped` when the work has ended. */
  async stopRun(params: { readonly directory: string }): Promise<RunInfo> {
    const run = await this.#looked(resolve(params.directory));
    const execution = this.#executor.of(run.layout.directory);
    if (execution === undefined) {
      if (FINAL_STATUSES.includes(run.info().status)) return run.info();
      if (run.state.status === 'lost') return await this.#giveUp(run);
      throw new RequestError('conflict', 'another server executes this run; stop it there', { file: run.layout.directory });
    }
    if (execution.isEnding) {
      await execution.done;
      return run.info();
    }
    if (run.state.status !== 'stopping') await run.emit({ type: 'status', status: 'stopping', message: 'asked to stop' });
    execution.stop.abort();
    return run.info();
  }

  async #giveUp(run: Run): Promise<RunInfo> {
    if (!await run.own()) throw new RequestError('conflict', 'another server executes this run; stop it there', { file: run.layout.directory });
    await run.emit({ type: 'status', status: 'stopped', message: 'given up after it was lost' });
    await run.release();
    return run.info();
  }

  /**
   * `runs/resume`: a new attempt from the last saved state. A lost run whose engine is still asked goes on by itself.
   * @throws RequestError `conflict` while it runs or when nothing is left to do, `ray-token` when the cluster does not let us in.
   */
  async resumeRun(params: { readonly directory: string }): Promise<RunInfo> {
    const run = await this.#run(resolve(params.directory));
    await run.refresh();
    const { directory } = run.layout;
    const execution = this.#executor.of(directory);
    // The end of a run is told a moment before this server has let go of it.
    if (execution?.isEnding === true) await execution.done;
    await this.#engines[run.request.engine].check?.(run.request, directory, this.#ports, this.#detach.signal);
    if (this.#executor.of(directory) !== undefined && run.state.status === 'lost') return run.info();
    if (this.#executor.of(directory) !== undefined) throw new RequestError('conflict', `the run is ${run.state.status}`, { file: directory });
    if (run.state.status === 'succeeded') throw new RequestError('conflict', 'the run has reached its last step; launch another one', { file: directory });
    this.#adopted.add(directory);
    if (!await run.own()) throw new RequestError('conflict', 'another server executes this run', { file: directory });
    await run.emit({ type: 'status', status: 'pending', message: `resumed after step ${run.state.step}` });
    this.#executor.execute(run, null);
    return run.info();
  }

  /**
   * `runs/subscribe`: hands all events after number `after` to `sink` in order, then goes on live until `signal` fires.
   * Paths inside the run directory are absolute in what is handed over.
   */
  async subscribeRun(params: { readonly directory: string; readonly after: number }, signal: AbortSignal, sink: (events: RunEvent[]) => void | Promise<void>): Promise<{ info: RunInfo; lastSeq: number }> {
    const directory = resolve(params.directory);
    const run = await this.#looked(directory);
    const until = AbortSignal.any([signal, this.#detach.signal]);
    // After the reply has been sent: a client learns the run before its events.
    setImmediate(() => {
      followEvents(run.feed(), params.after, until, (events) => sink(events.map((event) => withAbsolutePath(directory, event))))
        .catch((error: unknown) => { run.fail(`the events cannot be read: ${describeError(error)}`); });
    });
    return { info: run.info(), lastSeq: run.state.lastSeq };
  }

  /** Resolves when this server executes none of these runs any more; for the command line and for tests. */
  async idle(): Promise<void> {
    await this.#executor.idle();
  }

  /** Ends this server's part: jobs elsewhere go on, a rehearsal stays at its last complete step, and the next server takes both over. */
  async close(): Promise<void> {
    this.#detach.abort();
    await this.idle();
    this.#announcer.dispose();
    for (const run of this.#runs.values()) await run.release();
  }

  /** The run as it is on disk now; gone on with where nobody does. */
  async #looked(directory: string): Promise<Run> {
    const run = await this.#run(directory);
    await run.refresh();
    await this.#adopt(run);
    return run;
  }

  async #run(directory: string): Promise<Run> {
    const known = this.#runs.get(directory);
    if (known !== undefined) {
      if (known.owned || await known.isThere()) return known;
      this.#runs.delete(directory);
    }
    const opening = this.#opening.get(directory) ?? Run.open(directory, (request) => this.#titles(request)).then((run) => {
      this.#runs.set(directory, run);
      run.onEvents((events) => { this.#announcer.changed(run, events); });
      return run;
    }).finally(() => { this.#opening.delete(directory); });
    this.#opening.set(directory, opening);
    return opening;
  }

  #titles(request: LaunchRequest): RunTitles {
    const engine = this.#engines[request.engine];
    const about = { engineLabel: engine.label, modelOf: (directory: string, step: number) => engine.modelOf(request, directory, step) };
    try {
      const { recipe, stage } = findStage(request.recipeId, request.stageId);
      return { ...about, title: `${recipe.title}: ${stage.title}` };
    } catch {
      return { ...about, title: request.stageId };
    }
  }

  /** Goes on with a run that is unfinished and that nobody executes. Once per server: looking again does not start it again. */
  async #adopt(run: Run): Promise<void> {
    const { directory } = run.layout;
    if (this.#adopted.has(directory) || this.#detach.signal.aborted || run.failure !== null || !UNFINISHED.includes(run.state.status)) return;
    this.#adopted.add(directory);
    try {
      if (await run.own()) this.#executor.execute(run, null);
      else this.#adopted.delete(directory); // the other server may go away
    } catch (error) {
      // One that cannot be written here, such as another user's, must not hide the others of a list.
      run.note([`this server cannot go on with the run: ${describeError(error)}`]);
    }
  }
}

async function runDirectories(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

/** On disk, paths inside the run directory are relative, so that the directory can be moved. */
function withAbsolutePath(directory: string, event: RunEvent): RunEvent {
  const { body } = event;
  return 'path' in body && !isAbsolute(body.path) ? { ...event, body: { ...body, path: join(directory, body.path) } } : event;
}
