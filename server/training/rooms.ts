/** The real rooms behind training's ports. */
import type { SetComparison } from '../protocol/decontamination.ts';
import type { Problem } from '../protocol/problem.ts';
import { ownRecord } from '../problems/export/jsonl.ts';
import { LineWriter } from '../problems/export/lineWriter.ts';
import { writeVerlParquet } from '../problems/export/verlParquet.ts';
import type { ProblemSet } from '../problems/problemSet.ts';
import type { ProblemStore } from '../problems/store.ts';
import type { Work } from '../records/work.ts';
import type { RolloutStore } from '../rollouts/store.ts';
import type { VerifierSet } from '../verifiers/verifierSet.ts';
import type { ProblemEntry, RecordedRollout, RolloutFile, TrainingPorts } from './ports.ts';
import type { RayTokens } from './rayTokens.ts';

export interface TrainingRooms {
  readonly problems: ProblemStore;
  /** What a checked set was compared with. */
  readonly comparedWith: (set: ProblemSet, work: Work) => Promise<SetComparison>;
  readonly rollouts: RolloutStore;
  readonly verifiers: Pick<VerifierSet, 'ofDomain'>;
  readonly serverVersion: string;
  /** Absolute path of rlvr_reward.py of this installation. */
  readonly rewardFunction: string;
  readonly rayTokens: Pick<RayTokens, 'headers'>;
}

export function trainingPorts({ problems, comparedWith, rollouts, verifiers, serverVersion, rewardFunction, rayTokens }: TrainingRooms): TrainingPorts {
  return {
    problems: {
      read: async (path, signal) => entriesOf(await problems.set(path, { signal }), { signal }, { checked: false }),
      readChecked: async (path, work) => {
        const set = await problems.checked(path, work);
        return { entries: await entriesOf(set, work, { checked: true }), comparison: await comparedWith(set, work) };
      },
      filesOf: (path) => problems.filesOf(path),
    },
    rollouts: { open: (path, signal) => openRollouts(rollouts, path, signal) },
    verifierOf: (domain) => verifiers.ofDomain(domain),
    writeParquet: (rows, target, { split }) => writeVerlParquet(rows, target, { split }),
    writeProblems,
    serverVersion,
    rewardFunction,
    rayHeaders: (address) => rayTokens.headers(address),
  };
}

async function entriesOf(set: ProblemSet, { signal }: Work, { checked }: { readonly checked: boolean }): Promise<ProblemEntry[]> {
  const entries: ProblemEntry[] = [];
  for (const entry of set.entries) {
    signal?.throwIfAborted();
    const { problem } = await set.readEntry(entry);
    const { state, labels } = checked ? set.rowOf(entry) : set.rowWithoutOverlaps(entry);
    entries.push({ problem, state, labels });
  }
  return entries;
}

async function writeProblems(problems: readonly Problem[], target: string): Promise<void> {
  const writer = new LineWriter(target);
  try {
    for (const problem of problems) await writer.add(ownRecord({ problem, row: { labels: [] } }));
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/**
 * The store may close and read a file again at any time, so every access asks it anew. A file that only grew keeps its
 * rollouts' places; one that was replaced is noticed by them.
 */
async function openRollouts(store: RolloutStore, path: string, signal: AbortSignal): Promise<RolloutFile> {
  const { index } = await store.file(path, { signal });
  const rollouts: RecordedRollout[] = [];
  const starts: number[] = [];
  for (let ref = 0; ref < index.length; ref += 1) {
    const group = index.groupOf(ref);
    const { tokens, cut } = index.rowOf(ref, null);
    starts.push(index.placeOf(ref).start);
    rollouts.push({ ref, problemId: group?.problemId ?? null, question: group?.question ?? null, tokens, cut, firstTag: index.firstTagOf(ref) });
  }
  return {
    rollouts,
    async response(ref) {
      const file = await store.file(path);
      if (!file.index.has(ref) || file.index.placeOf(ref).start !== starts[ref]) throw new Error(`${path} was replaced while it was in use`);
      return (await file.read(ref)).response;
    },
  };
}
