import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileIssue } from '../protocol/problem.ts';
import type { Verified, VerifySummary } from '../protocol/rollout.ts';
import { THINKING_UNKNOWN } from '../rollouts/thinkingDoubt.ts';
import { verifyRollouts, verifyStream, type VerifySink } from '../rollouts/verifyRollouts.ts';
import { Services } from '../rpc/services.ts';
import { DEFAULT_LIMITS as SERVICE_LIMITS } from '../service/verifierService.ts';
import { EXIT_DONE, EXIT_UNDONE, EXIT_USAGE, parseCommandArgs, thinkingChoice, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { Complaints } from './complaints.ts';
import { isLoss, issueLine } from './issues.ts';
import { linesOf, requireFile } from './jsonLines.ts';
import { InOrder, writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { spooled } from './spool.ts';
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

  FILE - is standard input: JSON lines are judged as they come. One JSON line a verdict, in input order. Exit code 3 when
  rollouts could not be judged (no problem known, a failure of the verifier): their reward is null.

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
  for (const path of values.problems) await requireFile(path);
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
  if (file !== '-') await requireFile(file);
  const services = new Services({ python: values.python ?? null, unsafeCode: values['unsafe-code'], order: values['early-tests'] ? 'early' : 'list', thinkingOpened: thinkingChoice(values['thinking-opened']) });
  try {
    if (values['math-pairs']) return await verifyPairs(file, services.verifiers.math, io);
    const problems = values.problems.map((path) => resolve(path));
    if (values.programs) return await verifyPrograms(file, problems, services, io);
    const verifying: Verifying = { problems, verifier: values.verifier, secondOpinion: values['second-opinion'], services, io };
    return file === '-' ? await verifyInput(verifying) : await verifyFile(resolve(file), file, verifying);
  } finally {
    await services.dispose();
  }
}

interface Verifying {
  readonly problems: readonly string[];
  readonly verifier: string;
  readonly secondOpinion: boolean;
  readonly services: Services;
  readonly io: CommandIo;
}

async function verifyInput(verifying: Verifying): Promise<number> {
  const { stdin, signal } = verifying.io;
  // Waiting for input does not hear of Ctrl-C by itself.
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  const { input, areLines } = await beginningOf(stdin).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  // Rollouts are read by place.
  if (!areLines) return spooled(input, signal, (path) => verifyFile(path, '-', verifying));
  const { services: { rollouts, verifiers }, problems, verifier, secondOpinion, io } = verifying;
  const verifierOf = await verifiers.select(verifier, null, true, { secondOpinion });
  const report = new Report('-', io);
  return report.end(await verifyStream(rollouts, { problems, verifierOf }, '-', rollouts.stream('-', linesOf(input, '-')), report, io.signal));
}

async function verifyFile(path: string, name: string, { services: { rollouts, verifiers }, problems, verifier, secondOpinion, io }: Verifying): Promise<number> {
  const verifierOf = await verifiers.select(verifier, null, true, { secondOpinion });
  const report = new Report(name, io);
  return report.end(await verifyRollouts(rollouts, { targets: [{ kind: 'file', path, refs: null }], problems, verifierOf }, report, io.signal));
}

/** Prints verdicts in input order as they are decided; messages and the sum go to standard error. */
class Report implements VerifySink {
  readonly #name: string;
  readonly #io: CommandIo;
  readonly #bar: ProgressBar;
  readonly #ordered: InOrder<unknown>;
  readonly #complaints: Complaints;
  #total = 0;
  #done = 0;
  #lost = 0;
  #withoutProblem = 0;
  #doubted = 0;

  constructor(name: string, io: CommandIo) {
    this.#name = name;
    this.#io = io;
    this.#bar = new ProgressBar(io.stderr, 'rollouts');
    this.#ordered = new InOrder((value) => writeLine(io.stdout, value));
    this.#complaints = new Complaints(io.stderr);
  }

  planned(count: number): void {
    this.#total += count;
  }

  verified(_path: string, _ref: number, result: Verified, position: number): Promise<void> {
    this.#bar.update(++this.#done, this.#total);
    if (result.verdict.warnings.some(({ code }) => code === THINKING_UNKNOWN)) this.#doubted += 1;
    return this.#ordered.add(position, recordOf(result));
  }

  issue(_path: string, issue: FileIssue): void {
    const withoutProblem = issue.code === 'no-problem';
    if (withoutProblem) this.#withoutProblem += 1;
    else if (isLoss(issue)) this.#lost += 1;
    this.#complaints.add(withoutProblem ? 'rollouts have no problem to be judged by' : isLoss(issue) ? 'records could not be read' : 'remarks', issueLine(this.#name, issue));
  }

  end({ cancelled, byVerdict, done }: VerifySummary): number {
    const say = (message: string): void => void this.#io.stderr.write(`rlvr: ${message}\n`);
    this.#bar.end();
    this.#complaints.end();
    const { correct = 0, incorrect = 0, unverifiable = 0, error = 0 } = byVerdict;
    say(`${cancelled ? 'interrupted after ' : ''}${done} ${done === 1 ? 'rollout' : 'rollouts'}: ${correct} correct, ${incorrect} incorrect, ${unverifiable} unverifiable${error > 0 ? `, ${error} with a failure of the verifier` : ''}`);
    if (this.#doubted > 0) say(`${this.#doubted} rewards of 1 rest on a guess: --thinking-opened yes or no says whether the chat template opens <think>`);
    if (cancelled || error > 0 || this.#withoutProblem > 0) return EXIT_UNDONE;
    return this.#lost > 0 ? EXIT_USAGE : EXIT_DONE;
  }
}

/** Reads the first line of a stream: one that is a whole object begins JSON lines. Nothing is lost of what was read. */
async function beginningOf(stream: Readable): Promise<{ readonly input: AsyncIterable<Buffer>; readonly areLines: boolean }> {
  const chunks: Buffer[] = [];
  // Safe: no encoding is set, so chunks are buffers.
  const rest = stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  const line: Buffer[] = [];
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    chunks.push(next.value);
    const part = line.length === 0 ? withoutSpaceBefore(next.value) : next.value;
    const end = part.indexOf('\n');
    if (part.length > 0) line.push(end < 0 ? part : part.subarray(0, end));
    // A list may have no line's end for gigabytes.
    if (end >= 0 || (line[0] !== undefined && !BEGINNINGS.includes(line[0][0] ?? 0))) break;
  }
  const input = (async function* () {
    yield* chunks;
    yield* rest;
  })();
  return { input, areLines: isObject(Buffer.concat(line).toString('utf8')) };
}

/** First bytes of an object: its brace, or a byte order mark before it. */
const BEGINNINGS: readonly number[] = [0x7b, 0xef];

function withoutSpaceBefore(bytes: Buffer): Buffer {
  const at = bytes.findIndex((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d));
  return at < 0 ? bytes.subarray(bytes.length) : bytes.subarray(at);
}

function isObject(line: string): boolean {
  if (!/^\uFEFF?\{/.test(line)) return false;
  try {
    JSON.parse(line.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** One output line; the fields are a contract. */
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
