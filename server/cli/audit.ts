import * as v from 'valibot';
import { resolve } from 'node:path';
import type { AuditedPair, AuditSummary } from '../protocol/audit.ts';
import { peek } from '../records/peek.ts';
import { auditRollouts } from '../rollouts/auditRollouts.ts';
import { Services } from '../rpc/services.ts';
import type { MathVerifier } from '../verifiers/math/verifier.ts';
import { askAll, AuditTally, byFrequency, disagrees, PairCounter } from '../verifiers/secondOpinion/audit.ts';
import { defaultPeerFolder, PEER_PACKAGES, PEER_SIZE, type Peer } from '../verifiers/secondOpinion/environment.ts';
import type { PeerEnvironment } from '../verifiers/secondOpinion/peerEnvironment.ts';
import { createPeerPool, type SecondOpinion } from '../verifiers/secondOpinion/peerPool.ts';
import { EXIT_DONE, EXIT_UNDONE, EXIT_USAGE, parseCommandArgs, thinkingChoice, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { Complaints } from './complaints.ts';
import { isLoss, issueLine } from './issues.ts';
import { openInput, readJsonLines } from './jsonLines.ts';
import { writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { overWindow } from './window.ts';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'compare the math verifier with a second checker',
  usage: `rlvr audit math FILE [options]

  FILE               lines of {gold, pred}, with how often each was seen in n (default 1), or rollouts in any recognised
                     schema; - is standard input, pairs only
  --problems FILE    problem set where answers are looked up for rollouts; may be repeated
  --thinking-opened X  yes, no or auto (default): as of rlvr verify
  --install          install the second checker with pip first, if it is missing: ${PEER_PACKAGES.join(', ')}
                     (downloads about ${PEER_SIZE.downloadMb} MB, takes ${PEER_SIZE.diskMb} MB)
  --environment DIR  its Python environment (default: ${defaultPeerFolder()})
  --python PATH      Python that makes the environment (default: python3)
  --workers N        processes of the second checker, 1 to 64 (default: 2)

One JSON line for each pair on which the two would pay differently, the most frequent first: gold, pred, n, verdict, rule,
reason, other (equal, different, failed), and for rollouts the first of them in refs. A summary goes to standard error.`,
  run: audit,
};

const PairSchema = v.object({
  gold: v.union([v.string(), v.number()]),
  pred: v.union([v.string(), v.number()]),
  n: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
});

async function audit(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, {
    install: { type: 'boolean', default: false }, environment: { type: 'string' }, python: { type: 'string' }, workers: { type: 'string' },
    problems: { type: 'string', multiple: true, default: [] }, 'thinking-opened': { type: 'string' },
  });
  const [subject, file, ...more] = positionals;
  if (subject !== 'math' || file === undefined || more.length > 0) throw new UsageError('usage: rlvr audit math FILE');
  const workers = wholeNumber('workers', values.workers, 2, 1, 64);
  const services = new Services({ python: values.python ?? null, unsafeCode: false, peerFolder: values.environment, thinkingOpened: thinkingChoice(values['thinking-opened']) });
  const peer = await peerOf(services.verifiers.peer, values.install, io);
  const pool = createPeerPool({ python: peer.python, workers });
  const found: AuditedPair[] = [];
  const work: Work = { file, peer: pool, workers, io, found, bar: new ProgressBar(io.stderr, 'pairs') };
  try {
    const { summary, code } = await holdsPairs(file)
      ? await auditPairs(services.verifiers.math, work)
      : await auditFile(services, values.problems.map((path) => resolve(path)), peer, work);
    work.bar.end();
    for (const { gold, answer, count, refs, verdict, opinion } of found.sort(byFrequency)) {
      await writeLine(io.stdout, { gold, pred: answer, n: count, verdict: verdict.verdict, rule: verdict.rule, reason: verdict.reason, other: opinion, ...(refs.length > 0 ? { refs } : {}) });
    }
    const undone = summary.asked < summary.pairs;
    io.stderr.write(`rlvr: ${undone ? `cancelled; ${summary.asked} of ` : ''}${summary.pairs} distinct pairs: ${summary.agreed} agree, ${summary.onlyOurs} only ours correct, ${summary.onlyTheirs} only the other equal; the other failed on ${summary.failed} (${peer.versions})\n`);
    return undone ? EXIT_UNDONE : code;
  } finally {
    work.bar.end();
    await Promise.all([pool.dispose(), services.dispose()]);
  }
}

interface Work {
  readonly file: string;
  readonly peer: SecondOpinion;
  readonly workers: number;
  readonly io: CommandIo;
  readonly found: AuditedPair[];
  readonly bar: ProgressBar;
}
interface Outcome {
  readonly summary: AuditSummary;
  readonly code: number;
}

async function peerOf(environment: PeerEnvironment, install: boolean, io: CommandIo): Promise<Peer> {
  const found = install ? await environment.install((line) => io.stderr.write(`rlvr: ${line}\n`), io.signal) : await environment.find(io.signal);
  if (found !== null) return found;
  throw new UsageError(`the second checker is not installed in ${environment.folder}; --install fetches ${PEER_PACKAGES.join(', ')} from the package registry and puts them there`);
}

/** Pairs name both sides; anything else is tried as rollouts. */
async function holdsPairs(file: string): Promise<boolean> {
  if (file === '-') return true;
  const { records } = await peek(file, 1).catch((error: unknown) => {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  return records.length === 0 || v.is(PairSchema, records[0]);
}

async function auditPairs(math: MathVerifier, { file, peer, workers, io, found, bar }: Work): Promise<Outcome> {
  const complaints = new Complaints(io.stderr);
  let bad = 0;
  const counter = new PairCounter();
  const lines = readJsonLines(await openInput(file, io), file, PairSchema, (message) => {
    bad++;
    complaints.add('lines could not be read', message);
  });
  await overWindow(lines, 2_000, async ({ value }) => ({ value, verdict: await math.verifyPair(String(value.gold), String(value.pred), io.signal) }), ({ value, verdict }) => {
    counter.add(String(value.gold), String(value.pred), verdict, { times: value.n });
    return Promise.resolve();
  });
  complaints.end();
  const tally = new AuditTally();
  const pairs = counter.pairs();
  let done = 0;
  await askAll(pairs, peer, 2 * workers, (pair) => {
    tally.add(pair);
    if (disagrees(pair)) found.push(pair);
    bar.update(++done, pairs.length);
  }, io.signal);
  return { summary: tally.summary(pairs), code: bad > 0 ? EXIT_USAGE : EXIT_DONE };
}

async function auditFile(services: Services, problems: readonly string[], { versions }: Peer, { file, peer, workers, io, found, bar }: Work): Promise<Outcome> {
  const audited = await auditRollouts(services.rollouts, { path: resolve(file), problems, math: services.verifiers.math, peer, workers, checker: versions }, {
    read: () => undefined,
    asked: (done, total, pair) => {
      bar.update(done, total);
      if (disagrees(pair)) found.push(pair);
    },
  }, io.signal);
  const complaints = new Complaints(io.stderr);
  for (const issue of audited.issues) complaints.add('issues', issueLine(file, issue));
  complaints.end();
  io.stderr.write(`rlvr: ${audited.rollouts} rollouts: ${audited.withoutAnswer} without an answer, ${audited.notMath} of no math problem that is known\n`);
  const code = audited.issues.some((issue) => issue.code === 'no-problem') ? EXIT_UNDONE : audited.issues.some(isLoss) ? EXIT_USAGE : EXIT_DONE;
  return { summary: audited, code };
}
