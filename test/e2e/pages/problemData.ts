// Problems for looking at the problem page: made up here.
import type { Problem, ProblemRow } from '../../../server/protocol/problem.ts';
import type { ProblemRecord } from '../../../webview/problem/contract.ts';
import { SampleRollouts } from './rolloutData.ts';

export const mathProblem: Problem = {
  id: 'coin-0', domain: 'math', statement: 'A fair coin is tossed until **two heads** have appeared. Let $X$ be the number of tosses.\n\nGiven that $X$ is even, find the probability that\n\n$$P(X = 2 \\mid X \\equiv 0 \\pmod 2)$$\n\nwhere all tosses are independent.',
  prompt: [{ role: 'user', content: 'A fair coin …' }], answer: '\\frac{5}{12}', tests: null, solution: 'Sum the series: $\\frac{5}{12}$.', difficulty: { value: 3, scale: 'failures of 8, R1' }, passRate: { correct: 5, attempts: 16, model: 'R1-Distill-Qwen-7B' },
  provenance: { dataset: 'sample-math', file: 'problems/math.jsonl', row: 41, line: 41, licence: 'CC-BY-4.0', url: 'https://example.org/problem/42' }, notes: ['answer: dollar signs removed'],
};
export const mathRow: ProblemRow = {
  id: 'coin-0', row: 41, line: 41, title: 'A fair coin is tossed', domain: 'math', answer: '\\frac{5}{12}', tests: 0, difficulty: mathProblem.difficulty, passRate: mathProblem.passRate, state: 'contaminated', labels: ['AIME 2024 II-4: 87 % of its 9-grams'], decision: null,
};
export const codeProblem: Problem = {
  ...mathProblem, id: 'merge', domain: 'code', statement: 'Write `merge(intervals)` that merges overlapping intervals.', answer: null, starterCode: 'def merge(intervals):\n    ...\n',
  tests: { funcName: 'merge', cases: Array.from({ length: 45 }, (_, n) => ({ input: `[[1,4],[${n},5]]`, output: '[[1,5]]' })), timeLimitSeconds: 6, memoryMb: 512 },
};
export const codeRow: ProblemRow = { ...mathRow, id: 'merge', domain: 'code', answer: null, tests: 45, state: 'ok', labels: [], decision: { id: 'merge', action: 'keep', reason: 'checked by hand', at: '2026-01-02T03:04:05Z' } };

export function sampleRecord(): ProblemRecord {
  const data = new SampleRollouts(6, 16);
  return [0, 1, 2, 3].map((n) => ({ path: `/lab/runs/a/rollouts/${n}.jsonl`, name: `runs/a/rollouts/${n}.jsonl`, group: { ...data.group(n), step: n * 40 } }));
}
