import { codeSeeds } from './code/all.ts';
import { codeRollouts } from './codeRollouts.ts';
import { mathSeeds } from './math/all.ts';
import { deepScaleRLike, verlLike } from './math/more.ts';
import { mathRollouts } from './mathRollouts.ts';
import { DATASET, LICENCE, MATH_INSTRUCTION, POLICY, REFERENCE, type LabelledRollout } from './records.ts';

/** Rollouts of one problem with what its line in the problem set says about them. */
function passRate(rollouts: readonly LabelledRollout[]): object {
  return { correct: rollouts.filter((rollout) => rollout.deserves === 1).length, attempts: rollouts.length, model: POLICY };
}

const difficultyOf = (value: number | null): object => (value === null ? {} : { difficulty: { value, scale: `failures of 8, ${REFERENCE}` } });

/** Lines of `problems/math.jsonl`. */
export function mathProblems(): object[] {
  return mathSeeds.map((seed) => ({
    id: seed.id, domain: 'math', problem: seed.problem, answer: seed.answer, solution: seed.writeup,
    source: seed.origin === undefined
      ? { dataset: DATASET, licence: LICENCE }
      : { dataset: DATASET, url: seed.origin.url, licence: seed.origin.licence },
    ...difficultyOf(seed.difficulty), pass_rate: passRate(mathRollouts(seed)),
  }));
}

/** Lines of `problems/code.jsonl`. */
export function codeProblems(): object[] {
  return codeSeeds.map((seed) => ({
    id: seed.id, domain: 'code', problem: `${seed.title}\n\n${seed.problem}`,
    tests: {
      func_name: seed.funcName, cases: seed.cases.map(([input, output]) => ({ input, output })),
      time_limit_s: seed.timeLimitSeconds ?? 6,
    },
    ...(seed.starterCode === undefined ? {} : { starter_code: seed.starterCode }),
    solution: seed.solution, source: { dataset: DATASET, licence: LICENCE },
    ...difficultyOf(seed.difficulty), pass_rate: passRate(codeRollouts(seed)),
  }));
}

/** The array of `problems/more/deepscaler-like.json`. */
export function deepScaleRRows(): object[] {
  return deepScaleRLike.map(({ problem, answer, solution }) => ({ problem, answer, solution }));
}

/** Columns of `problems/more/verl-like.parquet`. */
export function verlColumns(): { name: string; data: unknown[] }[] {
  return [
    { name: 'data_source', data: verlLike.map(() => DATASET) },
    { name: 'prompt', data: verlLike.map(({ problem }) => [{ role: 'user', content: `${problem} ${MATH_INSTRUCTION}` }]) },
    { name: 'ability', data: verlLike.map(() => 'math') },
    { name: 'reward_model', data: verlLike.map(({ answer }) => ({ style: 'rule', ground_truth: answer })) },
    { name: 'extra_info', data: verlLike.map(({ problem, solution }, index) => ({ index: BigInt(index), split: 'train', question: problem, solution })) },
  ];
}
