import { Box } from '../box.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { grade } from '../grade.ts';
import { isSuiteProblem, readySuite } from '../suite.ts';
import type { Sandbox } from './sandbox.ts';

/** Tries every wall of a sandbox. Returns what does not hold, or null. */
export async function probe(sandbox: Sandbox): Promise<string | null> {
  const suite = readySuite({ funcName: null, cases: [{ input: '', output: 'ok' }] });
  if (isSuiteProblem(suite)) return suite.message;
  let box: Box | null = null;
  try {
    box = await Box.start(await sandbox.command(false, 512));
    const result = await grade(box, 'print("ok")', suite, { ...DEFAULT_LIMITS, memoryMb: 512 });
    return result.passed ? null : result.failed?.error ?? 'a program did not run';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await box?.dispose();
  }
}
