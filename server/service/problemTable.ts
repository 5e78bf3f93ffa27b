import type { Problem } from '../protocol/problem.ts';
import { ProblemStore } from '../problems/store.ts';

/**
 * All problems of some sets by id, decisions applied as everywhere; of two with one id the later counts.
 * @throws Error that names the file which cannot be read
 */
export async function readProblems(paths: readonly string[], signal: AbortSignal): Promise<Map<string, Problem>> {
  const store = new ProblemStore();
  const problems = new Map<string, Problem>();
  try {
    for (const path of paths) {
      try {
        for await (const { problem } of store.problems(path, { signal })) problems.set(problem.id, problem);
      } catch (error) {
        signal.throwIfAborted();
        throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  } finally {
    await store.dispose();
  }
  return problems;
}
