import { resolve } from 'node:path';
import type { GetProblemRecord, GetRollout, GetRolloutText, ListGroups, OpenRollouts, ParamsOf, ResultOf, VerifyTarget } from '../protocol/methods.ts';
import type { Rollout } from '../protocol/rollout.ts';
import type { ThinkingChoice } from '../protocol/thinking.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { ProblemStore } from '../problems/store.ts';
import { FileWatch } from '../records/fileWatch.ts';
import { SharedWork } from '../records/sharedWork.ts';
import { firstThinkTag } from '../verifiers/extract/thinkingStart.ts';
import type { Work } from '../records/work.ts';
import { ChangeBatch } from './changeBatch.ts';
import { chooseGroups, describeGroup, groupAdvantages, totalsOf } from './groups.ts';
import { pageOf } from './page.ts';
import { parseQuery } from './query.ts';
import { resolveRollout } from './resolve.ts';
import type { Resolution } from './resolve.ts';
import { RolloutFile } from './rolloutFile.ts';
import { runChoiceOf } from './runChoice.ts';
import { countSelected, selectRollouts, streamedRollouts } from './selection.ts';
import type { Selected } from './selection.ts';
import { TextSearch } from './textSearch.ts';
import { groupsOfProblem } from './problemRecord.ts';

export interface RolloutsChange {
  readonly path: string;
  readonly generation: number;
}

interface Loaded {
  readonly file: RolloutFile;
  readonly search: TextSearch;
  generation: number;
}

/** Longest stretch of a response sent at once, UTF-16 units. */
const MAX_TEXT = 1_000_000;

/** Files whose index is kept at once; the one not used for longest goes first. */
const MAX_FILES = 32;

/** What is told of the thinking parts of rollouts, where the records do not say it themselves. */
export interface ThinkingTold {
  /** For files outside of run directories: what the client's settings say of a path. */
  readonly of?: (path: string) => ThinkingChoice;
  /** For every file, whatever else is told: an option of the command line. */
  readonly always?: ThinkingChoice | undefined;
}

/**
 * All rollout files that are open in this server. Every access looks whether the file changed: a grown file is read on from
 * where it ended, another one from its start. The methods match the requests `rollouts/*` of the wire one to one.
 */
export class RolloutStore {
  readonly #problems: ProblemStore;
  readonly #files = new Map<string, Loaded>();
  readonly #loading = new SharedWork<Loaded>();
  readonly #listeners = new Set<(change: RolloutsChange) => void>();
  readonly #changes = new ChangeBatch((path) => this.#tell(path));
  readonly #watch = new FileWatch();
  readonly #told: ThinkingTold;
  #generation = 0;

  constructor(problems: ProblemStore, told: ThinkingTold = {}) {
    this.#problems = problems;
    this.#told = told;
  }

  async open({ path }: ParamsOf<typeof OpenRollouts>, work: Work = {}): Promise<ResultOf<typeof OpenRollouts>> {
    const { file, generation } = await this.#fresh(path, work);
    return file.info(generation);
  }

  async groups({ path, query, offset, limit }: ParamsOf<typeof ListGroups>, work: Work = {}): Promise<ResultOf<typeof ListGroups>> {
    const filter = parseQuery(query.query ?? '');
    const { file, search, generation } = await this.#fresh(path, work);
    const textMatch = filter.words.length === 0 ? null : await search.match(file, filter.words, work);
    const chosen = chooseGroups(file.index, filter, textMatch, query);
    return {
      total: chosen.length,
      totals: totalsOf(file.index, chosen),
      groups: chosen.slice(offset, offset + limit).map((group) => describeGroup(file.index, group)),
      generation,
    };
  }

  async get({ path, ref }: ParamsOf<typeof GetRollout>, work: Work = {}): Promise<ResultOf<typeof GetRollout>> {
    const { file } = await this.#fresh(path, work);
    const rollout = await file.read(ref);
    const group = file.index.groupOf(ref);
    const advantage = group === null ? null : groupAdvantages(file.index, group).get(ref) ?? null;
    return pageOf(rollout, file.index.rowOf(ref, advantage), file.verdicts.get(ref));
  }

  async text({ path, ref, offset, length }: ParamsOf<typeof GetRolloutText>, work: Work = {}): Promise<ResultOf<typeof GetRolloutText>> {
    const { file } = await this.#fresh(path, work);
    const start = Math.max(0, offset);
    return { text: (await file.read(ref)).response.slice(start, start + Math.min(Math.max(0, length), MAX_TEXT)) };
  }

  async ofProblem({ problems, id, rollouts }: ParamsOf<typeof GetProblemRecord>, work: Work = {}): Promise<ResultOf<typeof GetProblemRecord>> {
    const entry = (await this.#problems.set(problems, work)).entry(id);
    if (entry === null) throw new Error(`${problems} has no problem with the id "${id}"`);
    const groups: ResultOf<typeof GetProblemRecord>['groups'] = [];
    for (const path of rollouts) {
      const { file } = await this.#fresh(path, work);
      for (const group of groupsOfProblem(file.index, entry)) groups.push({ path, group });
    }
    return { groups };
  }

  /** The indexed file as it is on disk now, for other rooms. */
  async file(path: string, work: Work = {}): Promise<RolloutFile> {
    return (await this.#fresh(path, work)).file;
  }

  /** The rollouts a verification is asked for, in file order, read one by one; what is no rollout comes as an issue. */
  async *select(target: VerifyTarget, work: Work = {}): AsyncGenerator<Selected> {
    yield* selectRollouts(target, target.kind === 'file' ? await this.file(target.path, work) : null, await this.#thinkingOf(target.path), work);
  }

  /** The rollouts of a stream of lines, which `path` names. */
  async *stream(path: string, lines: AsyncIterable<{ readonly line: number; readonly bytes: Buffer }>): AsyncGenerator<Selected> {
    yield* streamedRollouts(lines, await this.#thinkingOf(path));
  }

  /** How many rollouts a target selects (lines of a document: not yet parsed). */
  async count(target: VerifyTarget, work: Work = {}): Promise<number> {
    return countSelected(target, target.kind === 'file' ? await this.file(target.path, work) : null);
  }

  /** Whether a rollout of the target's file (of a document: of the given lines) closes a thought that it did not open. */
  async hasR1Style(target: VerifyTarget, work: Work = {}): Promise<boolean> {
    if (target.kind === 'file') return (await this.file(target.path, work)).index.hasR1Style();
    for await (const selected of this.select(target, work)) if ('rollout' in selected && firstThinkTag(selected.rollout.response) === 'close') return true;
    return false;
  }

  /** The verification task of a rollout, with its problem looked up in the given sets. */
  async resolve(rollout: Rollout, problemSets: readonly string[], work: Work = {}): Promise<Resolution> {
    return resolveRollout(rollout, await Promise.all(problemSets.map((path) => this.#problems.set(path, work))));
  }

  /** Stores a verdict: it overrides the file's score in every list from now on. Unknown files and refs are ignored. */
  setVerdict(path: string, ref: number, verdict: Verdict): void {
    const loaded = this.#files.get(resolve(path));
    if (loaded === undefined) return;
    loaded.file.setVerdict(ref, verdict);
    this.#generation += 1;
    loaded.generation = this.#generation;
    this.#changes.add(loaded.file.path);
  }

  /** What is told of thinking parts has changed: open files whose rollouts it concerns are read again. */
  async toldAnew(): Promise<void> {
    for (const [path, { file }] of [...this.#files]) if (file.thinking !== await this.#thinkingOf(path)) await this.#fresh(path, {}).catch(() => undefined);
  }

  /** Calls back when a file grew, changed or got verdicts (several at once); returns the function that ends it. */
  onChanged(listener: (change: RolloutsChange) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async dispose(): Promise<void> {
    this.#watch.dispose();
    this.#changes.dispose();
    this.#listeners.clear();
    await Promise.all([...this.#files.values()].map(({ file }) => file.close()));
    this.#files.clear();
  }

  async #fresh(path: string, work: Work): Promise<Loaded> {
    const key = resolve(path);
    const known = this.#files.get(key);
    if (known !== undefined && known.file.thinking === await this.#thinkingOf(key) && await known.file.isCurrent()) {
      this.#files.delete(key);
      this.#files.set(key, known);
      return known;
    }
    return this.#loading.run(key, work, (shared) => this.#load(key, shared));
  }

  async #load(path: string, work: Work): Promise<Loaded> {
    const known = this.#files.get(path);
    const thinking = await this.#thinkingOf(path);
    if (known !== undefined && known.file.thinking === thinking && await known.file.hasGrown()) {
      await known.file.grow(work);
      this.#generation += 1;
      known.generation = this.#generation;
      this.#changes.add(path);
      return known;
    }
    const file = await RolloutFile.load(path, thinking, work);
    this.#generation += 1;
    const loaded = { file, search: new TextSearch(), generation: this.#generation };
    this.#files.set(path, loaded);
    this.#watch.add(path, () => { if (this.#listeners.size > 0 && this.#files.has(path)) this.#fresh(path, {}).catch(() => undefined); });
    if (known !== undefined) {
      void known.file.close();
      this.#changes.add(path);
    }
    this.#forgetOldest();
    return loaded;
  }

  /** The rollouts of a run are what its stage says they are; for others the user may say it. */
  async #thinkingOf(path: string): Promise<ThinkingChoice> {
    return this.#told.always ?? await runChoiceOf(path) ?? this.#told.of?.(path) ?? 'auto';
  }

  #forgetOldest(): void {
    while (this.#files.size > MAX_FILES) {
      const [oldest] = this.#files.entries();
      if (oldest === undefined) return;
      this.#files.delete(oldest[0]);
      this.#watch.remove(oldest[0]);
      void oldest[1].file.close();
    }
  }

  #tell(path: string): void {
    const generation = this.#files.get(path)?.generation;
    if (generation !== undefined) for (const listener of this.#listeners) listener({ path, generation });
  }
}
