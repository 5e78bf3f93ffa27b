// A program and the test it fails, as they are handed out for a run in a terminal, and that run itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { GetFailingTest, OpenRollouts } from '../../server/protocol/methods.ts';
import type { FailingTest } from '../../server/protocol/failingTest.ts';
import { connect, startServer, type TestClient } from '../support/serverProcess.ts';
import { tempDir } from '../support/tempDir.ts';
import { python } from './code/python.ts';
import { cannotRun } from './code/verifierOf.ts';

const fence = (code: string): string => `Hm.</think>\n\`\`\`python\n${code}\n\`\`\``;
const problem = (id: string, cases: unknown, func: string | null = null): unknown => ({ id, domain: 'code', problem: `Problem ${id}`, tests: { func_name: func, cases } });

async function withRollouts(t: TestContext, problems: readonly unknown[], rollouts: readonly unknown[]): Promise<{ client: TestClient; files: { path: string; problems: string[] }; folder: string }> {
  const folder = tempDir(t);
  const write = (name: string, records: readonly unknown[]): string => {
    const path = join(folder, name);
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return path;
  };
  const files = { path: write('rollouts.jsonl', rollouts), problems: [write('problems.jsonl', problems)] };
  const server = await startServer();
  t.after(() => server.stop());
  const client = await connect(server);
  t.after(() => client.close());
  await client.request(OpenRollouts, { path: files.path });
  return { client, files, folder };
}

/** Writes the files as the extension does and runs them. */
function run(folder: string, test: FailingTest, runner: readonly { name: string; text: string }[]): { stdout: string; stderr: string } {
  const files = [{ name: 'program.py', text: test.program }, { name: 'input.txt', text: test.input }, { name: 'expected.txt', text: test.expected }, { name: 'test.json', text: JSON.stringify({ func_name: test.funcName }) }, ...runner];
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  return spawnSync(python ?? 'python3', ['run_test.py'], { cwd: folder, encoding: 'utf8' });
}

describe('the failing test of a program', { skip: cannotRun }, () => {
  it('comes whole and runs outside the sandbox: standard input and calls', async (t) => {
    const { client, files, folder } = await withRollouts(t, [
      problem('double', [{ input: '1\n', output: '2\n' }, { input: '5\nü\n', output: '10\n' }]),
      problem('twice', [{ input: '[1]\n"a"', output: '[1,1]' }], 'twice'),
    ], [
      { id: 'a', problem_id: 'double', prompt: 'x', response: fence('n = int(input())\nprint(1 + n)\nprint(input())') },
      { id: 'b', problem_id: 'twice', prompt: 'x', response: fence('class Solution:\n    def twice(self, x: List[int], y: str):\n        return x + [Counter(y)["a"], 7]') },
      { id: 'c', problem_id: 'double', prompt: 'x', response: fence('print(2 * int(input()))') },
    ]);
    const stdin = await client.request(GetFailingTest, { ...files, ref: 0 });
    // The first test already fails: one line too many is read.
    assert.deepEqual([stdin.test.index, stdin.test.nTests, stdin.test.input, stdin.test.expected], [0, 2, '1\n', '2\n']);
    const ran = run(folder, stdin.test, stdin.runner);
    assert.match(ran.stdout, /^2\n/);
    assert.match(ran.stderr, /--- expected ---\n2\n/);
    assert.match(ran.stderr, /program\.py", line 3/);

    const call = await client.request(GetFailingTest, { ...files, ref: 1 });
    assert.equal(call.test.funcName, 'twice');
    assert.equal(run(folder, call.test, call.runner).stdout, '[1, 1, 7]\n');
    await assert.rejects(client.request(GetFailingTest, { ...files, ref: 2 }), /passes all its tests/);
    await assert.rejects(client.request(GetFailingTest, { ...files, ref: 9 }), /no rollout 9/);
  });

  it('is refused for math, and where there is no program', async (t) => {
    const { client, files } = await withRollouts(t, [problem('p', [{ input: '', output: '' }]), { id: 'sum', domain: 'math', problem: 'What is 1+1?', answer: '2' }], [
      { id: 'm', problem_id: 'sum', prompt: 'What is 1+1?', response: 'Hm.</think>\\boxed{3}' },
      { id: 'n', problem_id: 'p', prompt: 'x', response: 'Hm.</think>No code.' },
    ]);
    await assert.rejects(client.request(GetFailingTest, { ...files, ref: 0 }), /math rollout/);
    await assert.rejects(client.request(GetFailingTest, { ...files, ref: 1 }), /no code block/);
  });
});
