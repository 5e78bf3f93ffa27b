import { makeSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
import type { SandboxKind } from './boxCommand.ts';
import { probe } from './probe.ts';

/** `auto`: the strongest kind that holds on this machine; never `unsafe`. */
export type SandboxChoice = 'auto' | SandboxKind;

const UNSAFE_ADVICE = 'Code is not run. Install bubblewrap or a kernel with Landlock, or accept the risk with the setting rlvr.code.sandbox = unsafe (command line: --sandbox unsafe).';

/** Tries the kinds from strong to weak and takes the first whose walls hold. */
export async function chooseSandbox(choice: SandboxChoice, options: SandboxOptions): Promise<{ sandbox: Sandbox } | { problem: string }> {
  const kinds: readonly SandboxKind[] = choice === 'auto' ? ['namespaces', 'seccomp'] : [choice];
  const reasons: string[] = [];
  for (const kind of kinds) {
    const sandbox = await makeSandbox(kind, options);
    if (sandbox === null) {
      reasons.push(kind === 'namespaces' ? 'namespaces: bubblewrap (0.7 or later) was not found' : `${kind}: not on this system`);
      continue;
    }
    if (kind === 'unsafe') return { sandbox };
    const leak = await probe(sandbox);
    if (leak === null) return { sandbox: reasons.length === 0 ? sandbox : { ...sandbox, detail: `${sandbox.detail} (${reasons.join('; ')})` } };
    reasons.push(`${kind}: ${leak}`);
  }
  return { problem: `No sandbox holds on this machine (${reasons.join('; ')}). ${UNSAFE_ADVICE}` };
}
