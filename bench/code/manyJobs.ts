// What thousands of jobs leave behind: memory, descriptors, processes, temporary files.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createCodeVerifier, type CodeVerifierOptions } from '../../server/verifiers/code/codeVerifier.ts';
import { memoryOfTree, tree, warm } from './ours.ts';

const PROGRAMS = ['print(6)', 'import os\nos._exit(1)', 'open("left", "w").write("x")', '1/0', 'print("x" * 100000)', 'x = bytearray(50_000_000)\nprint(6)'];

/** Runs `count` different programs, each judged anew, and prints what there is at ten points on the way; `remember`: as in a server. */
export async function manyJobs(count: number, slots: number, options: CodeVerifierOptions, remember: boolean, print: (text: string) => void): Promise<void> {
  const verifier = createCodeVerifier({ ...options, remember, slots });
  const suite = { funcName: null, cases: [{ input: '3\n1 2 3\n', output: '6\n' }] };
  const row = (done: number): void => {
    globalThis.gc?.();
    const boxes = verifier.boxPids();
    const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('rlvr-box-')).length;
    const server = process.memoryUsage();
    print(`| ${done} | ${(server.rss / 2 ** 20).toFixed(0)} | ${(server.heapUsed / 2 ** 20).toFixed(0)} | ${boxes.reduce((sum, pid) => sum + memoryOfTree(pid), 0).toFixed(0)} | ${readdirSync('/proc/self/fd').length} | ${boxes.flatMap(tree).length} | ${folders} |`);
  };
  try {
    await warm(verifier, 200 * slots);
    print(`\n${count} different programs, ${slots} slots, verdicts ${remember ? 'remembered' : 'forgotten'}:\n`);
    print('| programs | server, MB | its heap, MB | boxes, MB | descriptors | processes in boxes | folders |\n|---|---|---|---|---|---|---|');
    row(0);
    for (let done = 0; done < count;) {
      const part = Math.min(Math.ceil(count / 10), count - done);
      const first = done;
      await Promise.all(Array.from({ length: part }, (_, i) => verifier.verifyProgram(suite, `${PROGRAMS[i % PROGRAMS.length] ?? ''}\n# ${first + i}`)));
      done += part;
      row(done);
    }
  } finally {
    await verifier.dispose();
  }
}
