import type { Domain, TestSuite } from '../protocol/problem.ts';
import type { Verdict } from '../protocol/verdict.ts';

/** Everything a verdict may depend on. Pure data: the same task always gets the same verdict. */
export interface VerificationTask {
  readonly domain: Domain;
  /** Problem's id and statement, for messages and for rules that need them (requested base, options). */
  readonly problemId: string | null;
  readonly statement: string | null;
  /** Gold answer of a math problem; null or empty is never paid. */
  readonly gold: string | null;
  readonly tests: TestSuite | null;
  /** The whole response of the policy, thinking part included. */
  readonly response: string;
  /**
   * The chat template opened the thinking part (the prompt ends with `<think>`, as R1's does), so a response without any
   * tag ended inside it and has no answer. Without this a response without tags is all answer.
   */
  readonly thinkingOpened?: boolean;
}

/**
 * A verifier with whatever stands behind it (isolates, sandboxed processes). `verify` never rejects because of the task's
 * content; it rejects with an AbortError when `signal` fires, and a machine's fault is a verdict `error`.
 */
export interface Verifier {
  /** `math`, `code` or `custom:<file name>`. */
  readonly id: string;
  verify(task: VerificationTask, signal?: AbortSignal): Promise<Verdict>;
  /** Ends every worker and child process; pending verifications reject with an AbortError. */
  dispose(): Promise<void>;
}
