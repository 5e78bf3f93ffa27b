/** A few problems and rollouts in memory in place of the other rooms. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { DEFAULT_DECONTAMINATION } from '../../../server/protocol/decontamination.ts';
import { ProblemSchema, type Problem } from '../../../server/protocol/problem.ts';
import type { LaunchRequest, StageSettings } from '../../../server/protocol/training.ts';
import type { Verdict } from '../../../server/protocol/verdict.ts';
import type { RecordedRollout, TrainingPorts } from '../../../server/training/ports.ts';
import { findStage } from '../../../server/training/recipes/recipes.ts';
import { firstThinkTag } from '../../../server/verifiers/extract/thinkingStart.ts';
import type { VerificationTask, Verifier } from '../../../server/verifiers/verifier.ts';

export function problem(id: string, change: Partial<Problem> = {}): Problem {
  return {
    id, domain: 'math', statement: `What is ${id}?`, prompt: [{ role: 'user', content: `What is ${id}?` }], answer: '1', tests: null,
    difficulty: null, passRate: null, provenance: { dataset: 'test', file: '/sets/a.jsonl', row: 0, line: 0 }, notes: [], ...change,
  };
}

export interface Recorded { readonly problemId: string; readonly response: string; readonly tokens: number; readonly cut?: boolean }

/** Says `correct` when the response ends in the gold answer; counts its calls. */
export class EndsWithGold implements Verifier {
  readonly id = 'math';
  calls = 0;
  /** What it was told of the thinking part, by response. */
  readonly opened = new Map<string, boolean | undefined>();
  /** Resolves waiting verifications when set. */
  gate: Promise<void> = Promise.resolve();

  async verify(task: VerificationTask, signal?: AbortSignal): Promise<Verdict> {
    this.calls += 1;
    this.opened.set(task.response, task.thinkingOpened);
    await this.gate;
    signal?.throwIfAborted();
    const correct = task.response.endsWith(task.gold ?? '?');
    return { verdict: correct ? 'correct' : 'incorrect', reward: correct ? 1 : 0, verifier: 'math', extracted: null, reason: 'test', rule: 'test', warnings: [], durationMs: 1 };
  }

  dispose(): Promise<void> { return Promise.resolve(); }
}

export interface TestRoom {
  readonly folder: string;
  readonly ports: TrainingPorts;
  readonly verifier: EndsWithGold;
  /** Reading a recorded response waits for this. */
  reading: Promise<void>;
  /** A launch of math-8k with small numbers. */
  request(runId: string, change?: Partial<StageSettings>): LaunchRequest;
  remove(): Promise<void>;
}

/** Problems of the set `/sets/a.jsonl` and rollouts of the file `/rollouts/a.jsonl`; everything else is in a temporary folder. */
export async function testRoom(problems: readonly Problem[], recorded: readonly Recorded[]): Promise<TestRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-training-'));
  const verifier = new EndsWithGold();
  const rollouts = recorded.map(({ problemId, response, tokens, cut }, ref): RecordedRollout => ({ ref, problemId, question: null, tokens: { value: tokens, estimated: false }, cut: cut ?? null, firstTag: firstThinkTag(response) }));
  const ports: TrainingPorts = {
    problems: {
      async read(path) {
        if (path === '/sets/a.jsonl') return problems.map((each) => ({ problem: each, state: 'ok', labels: [] }));
        const lines = (await readFile(path, 'utf8')).split('\n').filter(Boolean);
        return lines.map((line) => ({ problem: v.parse(ProblemSchema, JSON.parse(line)), state: 'ok', labels: [] }));
      },
      async readChecked(path, { signal = new AbortController().signal }) {
        return { entries: await ports.problems.read(path, signal), comparison: { path, options: DEFAULT_DECONTAMINATION, benchmarks: [], remarks: [], testSet: false } };
      },
      filesOf: (path) => [path],
    },
    rollouts: { open: () => Promise.resolve({ rollouts, response: (ref) => room.reading.then(() => recorded[ref]?.response ?? '') }) },
    verifierOf: () => verifier,
    writeParquet: (rows, target, { split }) => writeFile(target, `${rows.length} ${split}`),
    writeProblems: (rows, target) => writeFile(target, rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    serverVersion: '0.0.0',
    rewardFunction: join(folder, 'rlvr_reward.py'),
    rayHeaders: () => ({}),
  };
  await writeFile(ports.rewardFunction, '# reward\n');
  const { stage } = findStage('acereason-7b', 'math-8k');
  const room: TestRoom = {
    folder, ports, verifier, reading: Promise.resolve(),
    request: (runId, change = {}) => ({
      runId, root: join(folder, 'runs'), recipeId: 'acereason-7b', stageId: 'math-8k',
      settings: { ...stage.settings, batchSize: 2, rolloutsPerProblem: 4, steps: 6, saveEvery: 3, ...change },
      problems: ['/sets/a.jsonl'], validation: [], checkpoint: 'some/model', engine: 'rehearsal', rehearsal: { rollouts: ['/rollouts/a.jsonl'] },
    }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };  return room;
}
