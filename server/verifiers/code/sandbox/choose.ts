import { RequestError } from '../../../protocol/errors.ts';
import type { Interpreter, PythonFacts } from '../interpreter.ts';
import { makePyodideSandbox } from '../pyodide/pyodideSandbox.ts';
import { probe } from './probe.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

/** From strong to weak. */
const LEVELS = ['namespaces', 'seccomp', 'pyodide'] as const;

/** `auto`: the strongest level that holds on this machine. */
export type SandboxChoice = 'auto' | (typeof LEVELS)[number];

export interface ChooseOptions {
  /** Finds the Python of this machine. Pyodide needs none. */
  readonly python: () => Promise<Interpreter>;
  /** Folder of the Python files that run in the sandbox. */
  readonly runner: string;
}

const LINUX_ADVICE = 'Code is not run here. Open the folder on a Linux machine (Remote - SSH), in WSL or in a container.';
const UNSAFE_ADVICE = 'Code is not run. Install bubblewrap or a kernel with Landlock, or accept the risk with the setting rlvr.code.allowUnsafe (command line: --unsafe-code).';

/** Reads RLVR_CODE_SANDBOX, the environment's word for the level. @throws RequestError that names what there is */
export function sandboxChoice(text = 'auto'): SandboxChoice {
  const choice = (['auto', ...LEVELS] as const).find((each) => each === text);
  if (choice === undefined) throw new RequestError('bad-input', `RLVR_CODE_SANDBOX is ${JSON.stringify(text)}; there are auto, ${LEVELS.join(', ')}.`);
  return choice;
}

/**
 * Tries the levels and takes the first whose walls hold; none at all only where the user allows it, and on Linux only.
 * @throws InterpreterProblem
 */
export async function chooseSandbox(choice: SandboxChoice, allowUnsafe: boolean, { python, runner }: ChooseOptions, platform = process.platform): Promise<{ sandbox: Sandbox } | { problem: string; python: PythonFacts | null }> {
  const isLinux = platform === 'linux';
  const reasons: string[] = [];
  let interpreter: Interpreter | null = null;
  for (const level of choice === 'auto' ? LEVELS : [choice]) {
    let sandbox: Sandbox | string;
    if (level === 'pyodide') sandbox = await makePyodideSandbox(runner).catch(messageOf);
    else if (!isLinux) sandbox = 'needs Linux';
    else sandbox = await makeSandbox(level, { interpreter: (interpreter ??= await python()), runner }) ?? 'bubblewrap (0.7 or later) was not found';
    const reason = typeof sandbox === 'string' ? sandbox : await probe(sandbox);
    if (typeof sandbox !== 'string' && reason === null) {
      return { sandbox: reasons.length === 0 ? sandbox : { ...sandbox, detail: `${sandbox.detail} (${reasons.join('; ')})` } };
    }
    reasons.push(`${level}: ${reason ?? ''}`);
  }
  if (allowUnsafe && isLinux) {
    const unsafe = await makeSandbox('unsafe', { interpreter: (interpreter ??= await python()), runner });
    if (unsafe !== null) return { sandbox: { ...unsafe, detail: `${unsafe.detail} (${reasons.join('; ')})` } };
  }
  return { problem: `No sandbox holds on this machine (${reasons.join('; ')}). ${isLinux ? UNSAFE_ADVICE : LINUX_ADVICE}`, python: interpreter };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
