import { resolve } from 'node:path';
import type { DecideProblems, ExportProblems, GetProblem, ListProblems, OpenProblems, ParamsOf, ResultOf } from '../protocol/methods.ts';
import { FileWatch } from '../records/fileWatch.ts';
import { identityOf, sameIdentity } from '../records/identity.ts';
import { SharedWork } from '../records/sharedWork.ts';
import { messageOf } from '../records/work.ts';
import type { Work } from '../records/work.ts';
import { Checking } from './checking.ts';
import { readDecisions, writeDecisions } from './decisions.ts';
import { exportProblems } from './export/exportProblems.ts';
import { NO_LABELS } from './labels.ts';
import type { LabelProvider } from './labels.ts';
import { ProblemSet } from './problemSet.ts';
import type { CuratedProblem } from './problemSet.ts';
import type { SetCheck } from './setCheck.ts';
import { testsPathOf } from './testsBeside.ts';

export interface ProblemsChange {
  readonly path: string;
  readonly generation: number;
}

interface Loaded {
  readonly set: ProblemSet;
  readonly generation: number;
}

/** Sets kept in memory at once; the one not used for longest goes first. */
const MAX_SETS = 24;

/**
 * All problem sets that are open in this server. Every access looks whether the file or its decisions changed on disk and loads
 * again what did. The methods match the requests `problems/*` of the wire one to one.
 */
export class ProblemStore {
  readonly #labels: LabelProvider;
  /** Null where nobody checks for contamination: problems are never `unchecked` then. */
  readonly #checking: Checking | null;
  readonly #sets = new Map<string, Loaded>();
  readonly #loading = new SharedWork<ProblemSet>();
  readonly #listeners = new Set<(change: ProblemsChange) => void>();
  readonly #watch = new FileWatch();
  /** Writes of decisions of one set happen one after the other. */
  readonly #writing = new Map<string, Promise<unknown>>();
  #generation = 0;

  constructor(options: { readonly labels?: LabelProvider; readonly check?: SetCheck } = {}) {
    this.#labels = options.labels ?? NO_LABELS;
    this.#checking = options.check === undefined ? null : new Checking(options.check, {
      fresh: (path, work) => this.set(path, work),
      loaded: () => [...this.#sets.values()].map(({ set }) => set),
      changed: (set) => { if (this.#sets.get(set.path)?.set === set) this.#changed(set); },
      idle: () => void this.#forgetOldest(),
    });
  }

  async open({ path }: ParamsOf<typeof OpenProblems>, work: Work = {}): Promise<ResultOf<typeof OpenProblems>> {
    return (await this.#looked(path, work)).set.info();
  }

  async list({ path, query, offset, limit }: ParamsOf<typeof ListProblems>, work: Work = {}): Promise<ResultOf<typeof ListProblems>> {
    const { set, generation } = await this.#looked(path, work);
    const entries = set.select(query);
    return { total: entries.length, rows: entries.slice(offset, offset + limit).map((entry) => set.rowOf(entry)), generation };
  }

  async get({ path, id }: ParamsOf<typeof GetProblem>, work: Work = {}): Promise<ResultOf<typeof GetProblem>> {
    const found = await (await this.#looked(path, work)).set.read(id);
    if (found === null) throw new Error(`${path} has no problem with the id "${id}"`);
    return found;
  }

  async decide({ path, changes }: ParamsOf<typeof DecideProblems>, work: Work = {}): Promise<ResultOf<typeof DecideProblems>> {
    const key = resolve(path);
    const before = this.#writing.get(key) ?? Promise.resolve();
    const writing = before.catch(() => undefined).then(() => this.#decide(key, changes, work));
    this.#writing.set(key, writing);
    try {
      return await writing;
    } finally {
      if (this.#writing.get(key) === writing) this.#writing.delete(key);
    }
  }

  async export(params: ParamsOf<typeof ExportProblems>, work: Work = {}): Promise<ResultOf<typeof ExportProblems>> {
    return exportProblems(await this.checked(params.path, work), params, work);
  }

  /** The loaded set as it is on disk now, for other rooms. */
  async set(path: string, work: Work = {}): Promise<ProblemSet> {
    return (await this.#fresh(path, work)).set;
  }

  /** All problems of a set in file order with decisions applied, read one by one (memory of one record at a time). */
  async *problems(path: string, work: Work = {}): AsyncGenerator<CuratedProblem> {
    const set = await this.set(path, work);
    for (const entry of set.entries) {
      work.signal?.throwIfAborted();
      yield await set.readEntry(entry);
    }
  }

  /** Files that decide the content of a set: hashes of a run's inputs are taken over them. */
  filesOf(path: string): readonly string[] {
    return [path, `${path}.decisions.jsonl`, testsPathOf(path)];
  }

  /** The set with the states of all its problems known: what an export or a stage takes. Rejects when it cannot be checked. */
  async checked(path: string, work: Work = {}): Promise<ProblemSet> {
    try {
      return this.#checking === null ? await this.set(path, work) : await this.#checking.checked(path, work);
    } catch (error) {
      work.signal?.throwIfAborted();
      throw new Error(messageOf(error).includes(path) ? messageOf(error) : `${path}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Options of the checks may have changed. */
  async checkAgain(): Promise<void> {
    await this.#checking?.again();
  }

  /** Calls back whenever a set was loaded again or its states changed; returns the function that ends it. */
  onChanged(listener: (change: ProblemsChange) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async dispose(): Promise<void> {
    this.#watch.dispose();
    this.#listeners.clear();
    await this.#checking?.dispose();
    await Promise.allSettled([...this.#writing.values()]);
    await Promise.all([...this.#sets.values()].map(({ set }) => set.close()));
    this.#sets.clear();
  }

  /** The set for somebody who looks at the states of its problems. */
  async #looked(path: string, work: Work): Promise<Loaded> {
    const loaded = await this.#fresh(path, work);
    await this.#checking?.look(loaded.set);
    return this.#sets.get(loaded.set.path) ?? loaded;
  }

  async #fresh(path: string, work: Work): Promise<Loaded> {
    const key = resolve(path);
    const known = this.#sets.get(key);
    if (known !== undefined && await this.#isCurrent(known.set)) {
      const decisions = await identityOf(known.set.decisionsPath);
      if (!sameIdentity(decisions, known.set.decisions.identity)) {
        known.set.setDecisions(await readDecisions(known.set.decisionsPath));
        return this.#changed(known.set);
      }
      this.#sets.delete(key);
      this.#sets.set(key, known);
      return known;
    }
    const set = await this.#loading.run(key, work, (shared) => ProblemSet.load(key, this.#labels, shared));
    const current = this.#sets.get(key);
    if (current?.set === set) return current;
    if (current !== undefined) {
      if (current.set.overlaps.state !== 'none') set.carryOver(current.set, current.set.overlaps.key);
      void current.set.close();
    }
    const loaded = this.#changed(set, current !== undefined);
    this.#follow(set);
    if (current !== undefined) await this.#checking?.replaced(set);
    await this.#forgetOldest();
    return this.#sets.get(set.path) ?? loaded;
  }

  /** Reads a set again when it or its decisions change, as long as somebody listens. */
  #follow(set: ProblemSet): void {
    const look = (): void => { if (this.#listeners.size > 0 && this.#sets.has(set.path)) this.#fresh(set.path, {}).catch(() => undefined); };
    this.#watch.add(set.path, look);
    this.#watch.add(set.decisionsPath, look);
  }

  async #isCurrent(set: ProblemSet): Promise<boolean> {
    const [file, beside] = await Promise.all([identityOf(set.path), identityOf(testsPathOf(set.path)).catch(() => null)]);
    return sameIdentity(file, set.identity) && sameIdentity(beside, set.besideIdentity);
  }

  async #decide(path: string, changes: ParamsOf<typeof DecideProblems>['changes'], work: Work): Promise<ResultOf<typeof DecideProblems>> {
    const { set } = await this.#looked(path, work);
    const { conflict } = set.decisions;
    if (conflict !== null) throw new Error(`${conflict}; nothing was stored`);
    const byId = new Map(set.decisions.byId);
    for (const { id, decision } of changes) {
      if (!set.has(id) && !byId.has(id)) throw new Error(`${path} has no problem with the id "${id}"; nothing was stored`);
      if (decision !== null && decision.id !== id) throw new Error(`the decision for "${id}" names another problem, "${decision.id}"; nothing was stored`);
      if (decision === null) byId.delete(id);
      else byId.set(id, decision);
    }
    await writeDecisions(set.decisionsPath, byId, set.decisions.unread);
    set.setDecisions(await readDecisions(set.decisionsPath));
    this.#changed(set);
    const rows = changes.flatMap(({ id }) => { const entry = set.entry(id); return entry === null ? [] : [set.rowOf(entry)]; });
    return { info: set.info(), rows };
  }

  #changed(set: ProblemSet, tell = true): Loaded {
    this.#generation += 1;
    const loaded = { set, generation: this.#generation };
    this.#sets.delete(set.path);
    this.#sets.set(set.path, loaded);
    if (tell) for (const listener of this.#listeners) listener({ path: set.path, generation: loaded.generation });
    return loaded;
  }

  async #forgetOldest(): Promise<void> {
    // A set under check stays: its client waits for the states.
    const idle = [...this.#sets].filter(([path]) => this.#checking?.isBusy(path) !== true);
    for (const [path, { set }] of idle.slice(0, Math.max(0, this.#sets.size - MAX_SETS))) {
      this.#sets.delete(path);
      this.#checking?.forget(path);
      this.#watch.remove(path);
      this.#watch.remove(set.decisionsPath);
      await set.close();
    }
  }
}
