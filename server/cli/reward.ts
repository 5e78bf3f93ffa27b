import { ProblemStore } from '../problems/store.ts';
import type { Problem } from '../protocol/problem.ts';
import { failedReply, RewardRequestSchema, rewardReply, rewardTask, type RewardReply } from '../training/reward/rewardTask.ts';
import { VerifierSet } from '../verifiers/verifierSet.ts';
import { EXIT_DONE, EXIT_USAGE, parseCommandArgs, UsageError, type Command } from './command.ts';
import { readJsonLines } from './jsonLines.ts';
import { writeLine } from './output.ts';
import { overWindow } from './window.ts';

const USAGE = `rlvr reward --problems FILE [--python PATH] [--unsafe-code]

Reads rollouts from standard input and writes their rewards to standard output, one JSON object a line each, as they are
decided. rlvr_reward.py starts it on the nodes of a training job and keeps it running.

  in    {"id": 1, "problem_id": "p7", "ground_truth": "42", "response": "…"}
  out   {"id": 1, "score": 1, "verdict": "correct", "rule": "…", "reason": "…", "ms": 3}

  --problems FILE   problems with answers and tests, usually problems.jsonl of the run
  --python PATH     Python for code verification (default: python3)
  --unsafe-code     run programs without a sandbox where none works`;

const UNDER_WAY = 256;

export const rewardCommand: Command = {
  name: 'reward',
  summary: 'serve rewards to a training job over standard input and output',
  usage: USAGE,
  async run(args, io) {
    const { values, positionals } = parseCommandArgs(args, { problems: { type: 'string' }, python: { type: 'string' }, 'unsafe-code': { type: 'boolean' } });
    if (positionals.length > 0 || values.problems === undefined) throw new UsageError(USAGE);
    const problems = await readProblems(values.problems, io.signal);
    const verifiers = new VerifierSet({ python: values.python ?? null, unsafeCode: values['unsafe-code'] === true });
    let bad = 0;
    try {
      const requests = readJsonLines(io.stdin, 'standard input', RewardRequestSchema, (message) => {
        bad += 1;
        io.stderr.write(`rlvr: ${message}\n`);
      });
      await overWindow(requests, UNDER_WAY, async ({ value }): Promise<RewardReply> => {
        const task = rewardTask(value, problems);
        if (typeof task === 'string') return failedReply(value.id, task);
        return rewardReply(value.id, await verifiers.ofDomain(task.domain).verify(task, io.signal));
      }, (reply) => writeLine(io.stdout, reply));
    } finally {
      await verifiers.dispose();
    }
    return bad > 0 ? EXIT_USAGE : EXIT_DONE;
  },
};

async function readProblems(path: string, signal: AbortSignal): Promise<Map<string, Problem>> {
  const store = new ProblemStore();
  const problems = new Map<string, Problem>();
  try {
    for await (const { problem } of store.problems(path, { signal })) problems.set(problem.id, problem);
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await store.dispose();
  }
  return problems;
}
