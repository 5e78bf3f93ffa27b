import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A second math checker that is none: it compares texts. Quick to make where installing the real one (sympy) would take
 * the network and half a minute. `hang` in an answer makes it hang, `throw` makes it give no opinion.
 */
const FAKE_CHECKER = `
import json, os, sys, time
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pids.txt"), "a") as pids: pids.write(f"{os.getpid()}\\n")
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    row = json.loads(line)
    if "hang" in row["pred"]:
        while True: time.sleep(1)
    equal = None if "throw" in row["pred"] else row["gold"].strip() == row["pred"].strip() or "five" in row["pred"]
    print(json.dumps({"equal": equal, "ms": 1}), flush=True)
`;

/** What the fake says that it is. */
export const FAKE_VERSION = 'fake checker 1.0';

export interface FakeChecker {
  /** Value of XDG_CACHE_HOME under which a server finds it. */
  readonly cacheHome: string;
  /** File with the ids of the processes that it ran in, one a line. */
  readonly pids: string;
}

/** Puts the fake checker where a server whose XDG_CACHE_HOME is `cacheHome` looks for the real one. Needs python3 and a POSIX shell. */
export async function makeFakeChecker(cacheHome: string): Promise<FakeChecker> {
  const folder = join(cacheHome, 'rlvr', 'math-peer');
  await mkdir(join(folder, 'bin'), { recursive: true });
  const script = join(folder, 'fake_checker.py');
  await writeFile(script, FAKE_CHECKER);
  await writeFile(join(folder, 'pyvenv.cfg'), '');
  const python = join(folder, 'bin', 'python');
  // Called with -c it is asked for its versions, else to run the checker's script.
  await writeFile(python, `#!/bin/sh\nif [ "$2" = "-c" ]; then echo '["${FAKE_VERSION}"]'; else exec python3 -I '${script}'; fi\n`);
  await chmod(python, 0o755);
  return { cacheHome, pids: join(folder, 'pids.txt') };
}
