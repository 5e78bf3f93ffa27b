import { basename } from 'node:path';
import { FileWatch } from '../records/fileWatch.ts';
import { SharedWork } from '../records/sharedWork.ts';
import type { Work } from '../records/work.ts';
import { messageOf } from '../records/work.ts';
import { found, wanted } from './overlaps.ts';
import type { ProblemSet } from './problemSet.ts';
import type { SetCheck } from './setCheck.ts';

/** What the store of sets does for the checks. */
export interface CheckedSets {
  /** The set as it is on disk now. */
  fresh(path: string, work: Work): Promise<ProblemSet>;
  /** All sets that are loaded. */
  loaded(): readonly ProblemSet[];
  /** States of a set's problems changed. */
  changed(set: ProblemSet): void;
  /** A check has ended: its set may be forgotten from now on. */
  idle(): void;
}

/**
 * Sees to it that sets are checked for contamination: one after the other in the background once somebody looks at them, and
 * for whoever waits for the result (an export, a launch). A set is checked again when its file, its options or a test
 * set change.
 */
export class Checking {
  readonly #check: SetCheck;
  readonly #sets: CheckedSets;
  readonly #shared = new SharedWork<undefined>();
  /** Sets that somebody looks at: they are checked again without being asked for. */
  readonly #looked = new Set<string>();
  readonly #queue = new Set<string>();
  readonly #busy = new Map<string, number>();
  readonly #watch = new FileWatch();
  readonly #ended = new AbortController();
  #draining: Promise<void> | null = null;

  constructor(check: SetCheck, sets: CheckedSets) {
    this.#check = check;
    this.#sets = sets;
  }

  /** Somebody looks at the set: it is checked soon, unless it has been. */
  async look(set: ProblemSet): Promise<void> {
    await this.#expect(set);
    this.#looked.add(set.path);
    if (set.overlaps.state === 'waiting') this.#soon(set.path);
  }

  /** The set as it is on disk, with all its problems checked. Rejects when cancelled or when it cannot be checked. */
  async checked(path: string, work: Work): Promise<ProblemSet> {
    for (;;) {
      work.signal?.throwIfAborted();
      const set = await this.#sets.fresh(path, work);
      await this.#expect(set);
      const { overlaps } = set;
      if (overlaps.state === 'none' || overlaps.state === 'done') return set;
      const { size, modified, inode } = set.identity;
      await this.#shared.run([set.path, size, modified, inode, overlaps.key].join('\n'), work, (shared) => this.#run(set, overlaps.key, shared));
    }
  }

  /** Options or test sets may have changed: sets that this concerns are unchecked until they are checked again. */
  async again(): Promise<void> {
    for (const set of this.#sets.loaded()) {
      await this.#expect(set);
      if (this.#looked.has(set.path) && set.overlaps.state === 'waiting') this.#soon(set.path);
    }
  }

  /** A set that was loaded in the place of an earlier version. */
  async replaced(set: ProblemSet): Promise<void> {
    if (this.#looked.has(set.path)) await this.look(set);
  }

  isBusy(path: string): boolean {
    return this.#queue.has(path) || this.#busy.has(path);
  }

  forget(path: string): void {
    this.#looked.delete(path);
  }

  async dispose(): Promise<void> {
    this.#ended.abort();
    this.#watch.dispose();
    await this.#draining;
  }

  /** Makes the set wait for a check if what is known of it came by another key. */
  async #expect(set: ProblemSet): Promise<void> {
    const key = await this.#check.keyOf(set.path);
    const { overlaps } = set;
    if (overlaps.state !== 'none' && overlaps.key === key) return;
    set.setOverlaps(wanted(key));
    for (const file of this.#check.filesFor(set.path)) this.#watch.add(file, () => void this.again().catch(() => undefined));
    // Before its first check nobody has seen any other state.
    if (overlaps.state !== 'none') this.#sets.changed(set);
  }

  async #run(set: ProblemSet, key: string, work: Work): Promise<undefined> {
    this.#busy.set(set.path, (this.#busy.get(set.path) ?? 0) + 1);
    const current = (): boolean => set.overlaps.state !== 'none' && set.overlaps.key === key;
    const name = basename(set.path);
    try {
      const findings = await this.#check.check(set, { signal: work.signal, progress: ({ done, total }) => work.progress?.({ done, total, message: `comparing ${name} with the benchmarks` }) });
      if (current()) set.setOverlaps(found(key, findings));
      this.#sets.changed(set);
    } catch (error) {
      if (work.signal?.aborted) throw error;
      if (current()) set.setOverlaps({ state: 'failed', key, known: new Map(), message: `not compared with the benchmarks: ${messageOf(error)}` });
      this.#sets.changed(set);
      throw error;
    } finally {
      const left = (this.#busy.get(set.path) ?? 1) - 1;
      if (left > 0) this.#busy.set(set.path, left);
      else this.#busy.delete(set.path);
      this.#sets.idle();
    }
  }

  #soon(path: string): void {
    if (this.#ended.signal.aborted) return;
    this.#queue.add(path);
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = null;
      // What came in while the last one ended.
      for (const left of this.#queue) this.#soon(left);
    });
  }

  async #drain(): Promise<void> {
    for (const path of this.#queue) {
      // A failure is told by the set's state.
      await this.checked(path, { signal: this.#ended.signal }).catch(() => undefined);
      this.#queue.delete(path);
      this.#sets.idle();
    }
  }
}
