// Groups of rollouts as training makes them: what each way to do less work gains.
import type { TestSuite } from '../../server/protocol/problem.ts';
import type { CodeVerifierOptions } from '../../server/verifiers/code/codeVerifier.ts';
import { ours, type Job } from './ours.ts';

export interface Candidate {
  readonly problem: string;
  readonly suite: TestSuite;
  readonly code: string;
  readonly passes: boolean;
}

const PROBLEMS = 24;
const PROGRAMS_EACH = 4;
const ROUNDS = 3;

/** Each adds one thing to the one before. */
const WAYS: readonly (readonly [string, CodeVerifierOptions])[] = [
  ['each judged in full, first come, first served', { longestFirst: false }],
  ['longest first', {}],
  ['and early failing tests', { order: 'early' }],
  ['and judged once', { order: 'early', remember: true }],
];

/** Problems of which some programs pass and some do not: others teach nothing, and training leaves them out. */
export async function groups(candidates: readonly Candidate[], slots: number, options: CodeVerifierOptions, print: (text: string) => void): Promise<void> {
  const byProblem = Map.groupBy(candidates, (candidate) => candidate.problem);
  const all = [...byProblem.values()].filter((programs) => programs.length >= PROGRAMS_EACH && new Set(programs.slice(0, PROGRAMS_EACH).map(({ passes }) => passes)).size === 2);
  const mixed = Array.from({ length: Math.min(PROBLEMS, all.length) }, (_, i) => all[Math.floor((i * all.length) / PROBLEMS)] ?? []);
  print(`\nGroups of ${mixed.length} of ${all.length} problems, ${PROGRAMS_EACH} different programs in each, repeated; best of ${ROUNDS} runs, ${slots} slots:\n`);
  print('| group size | way | wall s | CPU s | wall ratio | CPU ratio |\n|---|---|---|---|---|---|');
  for (const size of [8, 16]) {
    // All rollouts of a problem beside each other, as a batch holds them.
    const jobs: Job[] = mixed.flatMap((programs) => Array.from({ length: size }, (_, i) => programs[i % PROGRAMS_EACH])).flatMap((found) => found ?? []);
    const expected = mixed.flatMap((programs) => Array.from({ length: size }, (_, i) => programs[i % PROGRAMS_EACH]?.passes));
    const best = WAYS.map(() => ({ wall: Infinity, cpu: Infinity }));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, [name, way]] of WAYS.entries()) {
        const { passed, wall, cpu } = await ours(jobs, slots, { ...options, ...way });
        const wrong = passed.filter((each, j) => each !== expected[j]).length;
        if (wrong > 0) throw new Error(`${name}: ${wrong} verdicts differ from the table`);
        best[i] = { wall: Math.min(wall, best[i]?.wall ?? wall), cpu: Math.min(cpu, best[i]?.cpu ?? cpu) };
      }
    }
    const [first] = best;
    for (const [i, [name]] of WAYS.entries()) {
      const { wall, cpu } = best[i] ?? { wall: 0, cpu: 0 };
      print(`| ${size} | ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${((first?.wall ?? 0) / wall).toFixed(2)} | ${((first?.cpu ?? 0) / cpu).toFixed(2)} |`);
    }
  }
}
