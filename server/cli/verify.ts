import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { FileIssue } from '../protocol/problem.ts';
import type { Verified } from '../protocol/rollout.ts';
import { verifyRollouts } from '../rollouts/verifyRollouts.ts';
import { Services } from '../rpc/services.ts';
import { DEFAULT_LIMITS as SERVICE_LIMITS } from '../service/verifierService.ts';
import { EXIT_DONE, EXIT_UNDONE, EXIT_USAGE, parseCommandArgs, thinkingChoice, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { InOrder, writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { verifyPairs } from './verifyPairs.ts';
import { verifyPrograms } from './verifyPrograms.ts';
import { verifyService } from './verifyService.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'verify rollouts, answers or programs of a file',
  usage: `rlvr verify FILE [--problems FILE]... [options]       rollouts in any recognised schema
rlvr verify --math-pairs FILE                         lines of {id, gold, pred}
rlvr verify --programs FILE --problems FILE           lines of {question_id, candidate_id, code}
rlvr verify --socket PATH | --http HOST:PORT          a service that training jobs ask (docs/verifier-service.md)

  FILE - is standard input. One JSON line a verdict, in input order.

  --problems FILE    problem set where answers and tests are looked up; may be repeated
  --verifier ID      auto (default: by domain), math, code, or a custom verifier's JavaScript file
  --thinking-opened X  yes or no: the chat template opened <think> (no <think> in the response, its end marks the thought), or not;
                     auto (default): as each record shows. In a run directory the stage's word is taken
  --second-opinion   for evaluations: ask the second checker (rlvr audit math --install) about math answers that cannot be
                     read; rewards of a service or a run are never made with it
  --python FILE      Python that runs programs (default: python3 on PATH)
  --unsafe-code      run code without a sandbox where none works
  --early-tests      run the code tests that failed most before their turn where order cannot matter (docs/code-verifier.md)

  --socket PATH      serve JSON lines and HTTP on a Unix socket that only its owner may open
  --http HOST:PORT   serve HTTP (HOST defaults to 127.0.0.1); beyond loopback --token-file is needed
  --token-file FILE  secret that HTTP clients must present; made on first use, mode 0600
  --max-in-flight N  rollouts under way at the same time before senders are held back (default ${SERVICE_LIMITS.inFlight})
  --max-request-mb N largest request (default ${SERVICE_LIMITS.requestBytes / 1024 / 1024})
  --grace SECONDS    on SIGTERM, how long what runs may take to finish (default 30)`,
  run: verify,
};

async function verify(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, {
    problems: { type: 'string', multiple: true, default: [] },
    'math-pairs': { type: 'boolean', default: false },
    programs: { type: 'boolean', default: false },
    verifier: { type: 'string', default: 'auto' },
    'thinking-opened': { type: 'string' },
    'second-opinion': { type: 'boolean', default: false },
    python: { type: 'string' },
    'unsafe-code': { type: 'boolean', default: false },
    'early-tests': { type: 'boolean', default: false },
    socket: { type: 'string' },
    http: { type: 'string' },
    'token-file': { type: 'string' },
    'max-in-flight': { type: 'string' },
    'max-request-mb': { type: 'string' },
    grace: { type: 'string' },
  });
  for (const path of values.problems) if (!existsSync(path)) throw new UsageError(`${path}: no such file`);
  if (values.socket !== undefined || values.http !== undefined) {
    if (values['second-opinion']) throw new UsageError('--second-opinion is for evaluations: a service gives rewards');
    if (positionals.length > 0 || values['math-pairs'] || values.programs) throw new UsageError('--socket and --http take no FILE: rollouts come in over the connection');
    return await verifyService({
      socket: values.socket ?? null,
      http: values.http ?? null,
      problems: values.problems,
      tokenFile: values['token-file'] ?? null,
      inFlight: wholeNumber('max-in-flight', values['max-in-flight'], SERVICE_LIMITS.inFlight, 1, 100_000),
      requestMb: wholeNumber('max-request-mb', values['max-request-mb'], SERVICE_LIMITS.requestBytes / 1024 / 1024, 1, 1_024),
      graceSeconds: wholeNumber('grace', values.grace, 30, 0, 86_400),
      python: values.python ?? null,
      unsafeCode: values['unsafe-code'],
      order: values['early-tests'] ? 'early' : 'list',
    }, io);
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('verify takes one FILE (or - for standard input)');
  if (values['second-opinion'] && (values['math-pairs'] || values.programs)) throw new UsageError('--second-opinion is for rollouts');
  if (values['math-pairs'] && values.programs) throw new UsageError('--math-pairs and --programs exclude each other');
  if (file !== '-' && !existsSync(file)) throw new UsageError(`${file}: no such file`);
  const services = new Services({ python: values.python ?? null, unsafeCode: values['unsafe-code'], order: values['early-tests'] ? 'early' : 'list', thinkingOpened: thinkingChoice(values['thinking-opened']) });
  try {
    if (values['math-pairs']) return await verifyPairs(file, services.verifiers.math, io);
    const problems = values.problems.map((path) => resolve(path));
    if (values.programs) return await verifyPrograms(file, problems, services, io);
    return await onDisk(file, io, (path) => verifyFile(path, file, problems, { verifier: values.verifier, secondOpinion: values['second-opinion'] }, services, io));
  } finally {
    await services.dispose();
  }
}

/** Rollouts are read by place, so standard input is put into a file first. */
async function onDisk(file: string, io: CommandIo, run: (path: string) => Promise<number>): Promise<number> {
  if (file !== '-') return run(resolve(file));
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-stdin-'));
  try {
    const path = join(folder, 'stdin.jsonl');
    await writeFile(path, await buffer(io.stdin));
    return await run(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function verifyFile(path: string, name: string, problems: readonly string[], { verifier, secondOpinion }: { verifier: string; secondOpinion: boolean }, services: Services, io: CommandIo): Promise<number> {
  const verifierOf = await services.verifiers.select(verifier, null, true, { secondOpinion });
  const bar = new ProgressBar(io.stderr, 'rollouts');
  const ordered = new InOrder<unknown>((value) => writeLine(io.stdout, value));
  const { issues: found } = await services.rollouts.open({ path }, { signal: io.signal });
  let total = 0;
  let done = 0;
  const summary = await verifyRollouts(services.rollouts, { targets: [{ kind: 'file', path, refs: null }], problems, verifierOf }, {
    planned: (count) => (total += count),
    verified: (_path, _ref, result, position) => {
      bar.update(++done, total);
      return ordered.add(position, recordOf(result));
    },
    issue: (_path, issue) => void io.stderr.write(`rlvr: ${describe(name, issue)}\n`),
  }, io.signal);
  bar.end();
  if (summary.cancelled) return EXIT_UNDONE;
  if ((summary.byVerdict.error ?? 0) > 0) return EXIT_UNDONE;
  return found.some((issue) => issue.severity === 'error') ? EXIT_USAGE : EXIT_DONE;
}

/** One output line; the fields are a contract (see `docs/cli.md`). */
function recordOf({ id, problemId, thinkingOpened, verdict }: Verified): Record<string, unknown> {
  const { code } = verdict;
  return {
    id,
    problem_id: problemId,
    verdict: verdict.verdict,
    reward: verdict.reward,
    extracted: verdict.extracted?.text ?? null,
    reason: verdict.reason,
    rule: verdict.rule,
    verifier: verdict.verifier,
    thinking_opened: thinkingOpened,
    warnings: verdict.warnings,
    ...(code ? { tests_passed: code.testsPassed, n_tests: code.nTests, failed: code.failed && { index: code.failed.index, kind: code.failed.kind }, cpu_seconds: code.cpuSeconds, near_limit: code.nearLimit, ...(code.order ? { order: code.order } : {}), sandbox: code.sandbox, interpreter: code.interpreter } : {}),
  };
}

function describe(name: string, issue: FileIssue): string {
  const place = issue.line === null ? issue.record === null ? '' : ` record ${issue.record + 1}` : `:${issue.line + 1}`;
  return `${name}${place}: ${issue.field ? `${issue.field}: ` : ''}${issue.message}`;
}
