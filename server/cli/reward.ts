import { readProblems } from '../service/problemTable.ts';
import { VerifierService } from '../service/verifierService.ts';
import { VerifierSet } from '../verifiers/verifierSet.ts';
import { EXIT_DONE, EXIT_USAGE, parseCommandArgs, UsageError, type Command } from './command.ts';

const USAGE = `rlvr reward --problems FILE [--python PATH] [--unsafe-code] [--early-tests]

Reads rollouts from standard input and writes their rewards to standard output, one JSON object a line each, as they are
decided. rlvr_reward.py starts it on the nodes of a training job and keeps it running.

  in    {"id": 1, "problem_id": "p7", "ground_truth": "42", "response": "…"}
  out   {"id": 1, "score": 1, "verdict": "correct", "rule": "…", "reason": "…", "ms": 3}

A line that is no request is answered too, with score null; then the exit code is 2.

  --problems FILE   problems with answers and tests, usually problems.jsonl of the run
  --python PATH     Python for code verification (default: python3)
  --unsafe-code     run programs without a sandbox where none works
  --early-tests     run the code tests that failed most before their turn where order cannot matter`;

export const rewardCommand: Command = {
  name: 'reward',
  summary: 'serve rewards to a training job over standard input and output',
  usage: USAGE,
  async run(args, io) {
    const { values, positionals } = parseCommandArgs(args, { problems: { type: 'string' }, python: { type: 'string' }, 'unsafe-code': { type: 'boolean' }, 'early-tests': { type: 'boolean' } });
    if (positionals.length > 0 || values.problems === undefined) throw new UsageError(USAGE);
    const problems = await readProblems([values.problems], io.signal).catch((error: unknown) => {
      io.signal.throwIfAborted();
      throw new UsageError(error instanceof Error ? error.message : String(error));
    });
    const verifiers = new VerifierSet({ python: values.python ?? null, unsafeCode: values['unsafe-code'] === true, order: values['early-tests'] === true ? 'early' : 'list' });
    const service = new VerifierService({ problems, verifierOf: (domain) => verifiers.ofDomain(domain) });
    const interrupt = (): void => void service.stop(0);
    io.signal.addEventListener('abort', interrupt, { once: true });
    try {
      const bad = await service.stream(io.stdin, io.stdout, { peer: 'pipe' });
      return bad > 0 ? EXIT_USAGE : EXIT_DONE;
    } finally {
      io.signal.removeEventListener('abort', interrupt);
      await verifiers.dispose();
    }
  },
};
