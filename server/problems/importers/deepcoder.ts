import * as v from 'valibot';
import { hasFields, importer, jsonAs, jsonIn, OptionalLabel, OptionalText } from './importer.ts';
import { testsInCheck } from './pythonAsserts.ts';
import { testsFrom } from './tests.ts';

const Metadata = v.object({ func_name: v.nullish(v.string()), difficulty: v.nullish(v.union([v.string(), v.number()])), problem_url: v.nullish(v.string()) });

/** rLLM and DeepCoder: `tests` in any of the shapes; older LeetCode files have a Python check function. */
export const deepcoder = importer('deepcoder',
  (record) => hasFields(record, 'problem', 'tests'),
  v.object({ problem: v.string(), tests: v.unknown(), solutions: v.nullish(v.union([v.string(), v.array(v.string())])), starter_code: OptionalText, metadata: v.optional(v.unknown()) }),
  (row) => {
    const metadata = typeof row.metadata === 'string' ? jsonAs(Metadata, row.metadata) : v.is(Metadata, row.metadata) ? row.metadata : undefined;
    const solution = Array.isArray(row.solutions) ? row.solutions[0] : row.solutions ?? undefined;
    const found = hasFields(row.tests, 'functional') && typeof row.tests['functional'] === 'string'
      ? testsInCheck(row.tests['functional'], methodIn(row.starter_code ?? '') ?? methodIn(row.problem) ?? methodIn(solution ?? ''))
      : testsFrom(row.tests, metadata?.func_name ?? null);
    const limits = limitsIn(row.problem);
    return {
      domain: 'code', statement: row.problem, starterCode: row.starter_code, solution, url: metadata?.problem_url ?? undefined,
      tests: found.tests === null ? null : { ...found.tests, ...limits }, notes: found.notes,
    };
  });

/** PrimeIntellect verifiable-coding-problems and its re-releases. */
export const primeIntellect = importer('primeintellect',
  (record) => hasFields(record, 'prompt', 'verification_info') && !hasFields(record, 'llm_response'),
  v.object({ problem_id: OptionalLabel, prompt: v.string(), verification_info: v.unknown(), gold_standard_solution: OptionalText, source: OptionalText, metadata: v.optional(v.unknown()) }),
  (row) => {
    const info = typeof row.verification_info === 'string' ? jsonIn(row.verification_info) : row.verification_info;
    const metadata = typeof row.metadata === 'string' ? jsonAs(Metadata, row.metadata) : undefined;
    const found = testsFrom(hasFields(info, 'test_cases') ? info['test_cases'] : null);
    const language = hasFields(info, 'language') && typeof info['language'] === 'string' && info['language'] !== 'python' ? [`language: ${info['language']}`] : [];
    return {
      id: row.problem_id, domain: 'code', statement: row.prompt, tests: found.tests, dataset: row.source, url: metadata?.problem_url ?? undefined,
      solution: /```(?:python)?\s*\n([\s\S]*?)```/.exec(row.gold_standard_solution ?? '')?.[1] ?? row.gold_standard_solution, notes: [...found.notes, ...language],
    };
  });

/** Method of `class Solution` in starter code or in a statement that shows it. */
export function methodIn(text: string): string | null {
  const solution = text.lastIndexOf('class Solution');
  return (solution < 0 ? null : /def\s+(?!__)(\w+)\s*\(/.exec(text.slice(solution))?.[1]) ?? null;
}

/** rLLM's Codeforces statements end with `Time Limit: 1000 ms` and `Memory Limit: 256 MB`. */
function limitsIn(statement: string): { timeLimitSeconds?: number; memoryMb?: number } {
  const tail = statement.slice(-200);
  const milliseconds = Number(/Time Limit:\s*(\d+)\s*ms/.exec(tail)?.[1] ?? 0);
  const megabytes = Number(/Memory Limit:\s*(\d+)\s*MB/.exec(tail)?.[1] ?? 0);
  return { ...(milliseconds > 0 ? { timeLimitSeconds: milliseconds / 1000 } : {}), ...(megabytes > 0 ? { memoryMb: megabytes } : {}) };
}
