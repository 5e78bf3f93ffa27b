// The reward function as veRL calls it: in Python, from threads, over its own process or the service of the node.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { tempDir } from '../support/tempDir.ts';
import { startService } from '../support/verifierService.ts';
import { python } from './code/python.ts';

const root = join(import.meta.dirname, '../..');
const skip = python === undefined ? 'needs python3' : false;

interface Score {
  readonly score: number;
  readonly verifier_error: number;
  readonly unverifiable: number;
}

/** Calls `compute_score` with a batch for each line on standard input and prints the results as one line. */
const DRIVER = `
import json, sys
import rlvr_reward
rlvr_reward.CONNECT_SECONDS = float(sys.argv[1])
for line in sys.stdin:
    print(json.dumps(rlvr_reward.compute_score(**json.loads(line))), flush=True)
`;

function start(test: { after(work: () => Promise<void>): void }, env: NodeJS.ProcessEnv, connectSeconds = 20): { ask(batch: unknown): Promise<Score[]> } {
  const child = spawn(python ?? 'python3', ['-c', DRIVER, String(connectSeconds)], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PYTHONPATH: join(root, 'server/python'), ...env } });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  test.after(async () => {
    child.stdin.end();
    await ended;
  });
  return {
    ask: async (batch) => {
      child.stdin.write(`${JSON.stringify(batch)}\n`);
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
        if (line.value.startsWith('[')) return JSON.parse(line.value) as Score[];
      }
      throw new Error('the driver ended');
    },
  };
}

/** `count` rollouts of which every second is right. */
const batch = (count: number): unknown => ({
  data_sources: Array.from({ length: count }, () => 'math'),
  solution_strs: Array.from({ length: count }, (_, i) => `Hm.</think>\\boxed{${i % 2 === 0 ? i : -1 - i}}`),
  ground_truths: Array.from({ length: count }, (_, i) => String(i)),
});
const right = (scores: readonly Score[]): number => scores.filter(({ score, verifier_error: error }) => score === 1 && error === 0).length;

describe('rlvr_reward.py', { skip }, () => {
  it('asks a process of its own', async (t) => {
    const folder = tempDir(t);
    const problems = join(folder, 'problems.jsonl');
    writeFileSync(problems, `${JSON.stringify({ id: 'p', domain: 'math', problem: '1+1?', answer: '2' })}\n`);
    const reward = start(t, { RLVR_REWARD_COMMAND: `${process.execPath} ${join(root, 'dist/server/main.mjs')}`, RLVR_REWARD_PROBLEMS: problems });
    const scores = await reward.ask(batch(100));
    assert.deepEqual([right(scores), scores.length], [50, 100]);
  });

  it('asks the service of the node, and its successor after a restart or a kill', async (t) => {
    const folder = tempDir(t);
    const first = await startService(t, folder);
    const reward = start(t, { RLVR_VERIFIER_SOCKET: first.socket, RLVR_REWARD_COMMAND: '/nonexistent' });
    assert.equal(right(await reward.ask(batch(500))), 250);
    const metrics = await (await fetch(`${first.http}/metrics`)).text();
    assert.match(metrics, /^rlvr_verifier_requests_total 500$/m);
    assert.equal(await first.stop(), 0, first.log());
    const later = reward.ask(batch(200)); // nobody listens yet: it waits
    const second = await startService(t, folder);
    assert.equal(right(await later), 100);
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
    await startService(t, folder);
    assert.equal(right(await reward.ask(batch(200))), 100);
  });

  it('never takes a missing verifier for a wrong answer', async (t) => {
    const reward = start(t, { RLVR_VERIFIER_SOCKET: join(tempDir(t), 'nobody.sock') }, 0);
    const scores = await reward.ask(batch(2));
    assert.deepEqual(scores.map(({ score, verifier_error: error }) => [score, error]), [[0, 1], [0, 1]]);
  });
});
