import { makeSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
import type { SandboxKind } from './boxCommand.ts';
import { probe } from './probe.ts';

/** `auto`: the strongest kind that holds on this machine. */
export type SandboxChoice = 'auto' | Exclude<SandboxKind, 'unsafe'>;

const LINUX_ONLY = 'Programs run on Linux only: fork, the clocks and every wall of the sandbox are the Linux kernel\'s. Code is not run here. Open the folder on a Linux machine (Remote - SSH), in WSL or in a container.';
const UNSAFE_ADVICE = 'Code is not run. Install bubblewrap or a kernel with Landlock, or accept the risk with the setting rlvr.code.allowUnsafe (command line: --unsafe-code).';

/** Tries the kinds from strong to weak and takes the first whose walls hold; none at all only where the user allows it, and on Linux only. */
export async function chooseSandbox(choice: SandboxChoice, allowUnsafe: boolean, options: SandboxOptions, platform = process.platform): Promise<{ sandbox: Sandbox } | { problem: string }> {
  if (platform !== 'linux') return { problem: LINUX_ONLY };
  const kinds: readonly SandboxKind[] = choice === 'auto' ? ['namespaces', 'seccomp'] : [choice];
  const reasons: string[] = [];
  for (const kind of kinds) {
    const sandbox = await makeSandbox(kind, options);
    if (sandbox === null) {
      reasons.push(kind === 'namespaces' ? 'namespaces: bubblewrap (0.7 or later) was not found' : `${kind}: its parts are missing`);
      continue;
    }
    const leak = await probe(sandbox);
    if (leak === null) return { sandbox: reasons.length === 0 ? sandbox : { ...sandbox, detail: `${sandbox.detail} (${reasons.join('; ')})` } };
    reasons.push(`${kind}: ${leak}`);
  }
  const unsafe = allowUnsafe ? await makeSandbox('unsafe', options) : null;
  if (unsafe !== null) return { sandbox: { ...unsafe, detail: `${unsafe.detail} (${reasons.join('; ')})` } };
  return { problem: `No sandbox holds on this machine (${reasons.join('; ')}). ${UNSAFE_ADVICE}` };
}
