// Verifiers for tests: closed when the test ends.
import type { SandboxChoice } from '../../../server/verifiers/code/sandbox/choose.ts';
import { createCodeVerifier, type CodeVerifier, type CodeVerifierOptions } from '../../../server/verifiers/code/codeVerifier.ts';
import type { Grade } from '../../../server/verifiers/code/grade.ts';
import type { TestCase } from '../../../server/protocol/problem.ts';
import { python } from './python.ts';

/** Both ways to contain a program on Linux. */
export const linuxModes: readonly SandboxChoice[] = ['namespaces', 'seccomp'];
export const modes: readonly SandboxChoice[] = [...linuxModes, 'pyodide'];

/** Why tests that run programs cannot run here; false where they can. */
export const cannotRun: string | false = process.platform !== 'linux' ? 'needs Linux' : python === undefined ? 'needs python3' : false;

interface TestContext {
  after(work: () => void | Promise<void>): void;
  skip(message: string): void;
}

/** A verifier of this mode that runs every program, known or not; undefined, after marking the test as skipped, where this machine cannot have it. */
export async function verifierOf(test: TestContext, options: CodeVerifierOptions = {}): Promise<CodeVerifier | undefined> {
  const verifier = createCodeVerifier({ slots: 2, remember: false, ...options });
  test.after(() => verifier.dispose());
  const { problem } = await verifier.status();
  if (problem === null) return verifier;
  // Pyodide needs nothing of the machine: where it cannot start, it is broken.
  if (options.sandbox === 'pyodide' || (process.env['CI'] === 'true' && options.sandbox !== 'namespaces')) throw new Error(problem);
  test.skip(`skipped: ${problem}`);
  return undefined;
}

/** A stdin problem with one test. */
export const stdin = (input: string, output: string, timeLimitSeconds = 6): { funcName: null; cases: TestCase[]; timeLimitSeconds: number } =>
  ({ funcName: null, cases: [{ input, output }], timeLimitSeconds });

/** Grade of a program; throws where there is none. */
export async function gradeOf(verifier: CodeVerifier, suite: Parameters<CodeVerifier['verifyProgram']>[0], code: string): Promise<Grade> {
  const outcome = await verifier.verifyProgram(suite, code);
  if (outcome.kind !== 'graded') throw new Error(`${outcome.kind}: ${outcome.reason}`);
  return outcome.grade;
}
