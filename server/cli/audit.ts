import * as v from 'valibot';
import { createMathVerifier } from '../verifiers/math/verifier.ts';
import { disagreements, summarise, type AuditedPair } from '../verifiers/secondOpinion/audit.ts';
import { defaultPeerFolder, findPeer, installPeer, PEER_PACKAGES } from '../verifiers/secondOpinion/environment.ts';
import { createPeerPool } from '../verifiers/secondOpinion/peerPool.ts';
import { EXIT_DONE, EXIT_USAGE, parseCommandArgs, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { openInput, readJsonLines } from './jsonLines.ts';
import { writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { overWindow } from './window.ts';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'compare the math verifier with a second checker',
  usage: `rlvr audit math FILE [options]

  FILE               lines of {gold, pred}, with how often each was seen in n (default 1); - is standard input
  --install          install the second checker (${PEER_PACKAGES.join(', ')}) with pip first, if it is missing
  --environment DIR  its Python environment (default: ${defaultPeerFolder()})
  --python PATH      Python that makes the environment (default: python3)
  --workers N        processes of the second checker, 1 to 64 (default: 2)

One JSON line for each pair on which the two would pay differently, the most frequent first: gold, pred, n, verdict, rule,
reason, other (equal, different, failed). A summary goes to standard error.`,
  run: audit,
};

const PairSchema = v.object({
  gold: v.union([v.string(), v.number()]),
  pred: v.union([v.string(), v.number()]),
  n: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
});

async function audit(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, {
    install: { type: 'boolean', default: false }, environment: { type: 'string', default: defaultPeerFolder() }, python: { type: 'string', default: 'python3' }, workers: { type: 'string' },
  });
  const [subject, file, ...more] = positionals;
  if (subject !== 'math' || file === undefined || more.length > 0) throw new UsageError('usage: rlvr audit math FILE');
  const workers = wholeNumber('workers', values.workers, 2, 1, 64);
  const python = await peerPython(values, io);
  let bad = 0;
  const pairs = new Map<string, { gold: string; answer: string; count: number }>();
  for await (const { value } of readJsonLines(await openInput(file, io.stdin), file, PairSchema, (message) => {
    bad++;
    io.stderr.write(`rlvr: ${message}\n`);
  })) {
    const [gold, answer] = [String(value.gold), String(value.pred)];
    const key = JSON.stringify([gold, answer]);
    pairs.set(key, { gold, answer, count: (pairs.get(key)?.count ?? 0) + value.n });
  }
  const audited = await judgeAll([...pairs.values()], python, workers, io);
  for (const { gold, answer, count, verdict, opinion } of disagreements(audited)) {
    await writeLine(io.stdout, { gold, pred: answer, n: count, verdict: verdict.verdict, rule: verdict.rule, reason: verdict.reason, other: opinion });
  }
  const { agreed, onlyOurs, onlyTheirs, failed } = summarise(audited);
  io.stderr.write(`rlvr: ${audited.length} distinct pairs: ${agreed} agree, ${onlyOurs} only ours correct, ${onlyTheirs} only the other equal; the other failed on ${failed}\n`);
  return bad > 0 ? EXIT_USAGE : EXIT_DONE;
}

async function peerPython(values: { install: boolean; environment: string; python: string }, io: CommandIo): Promise<string> {
  const found = await findPeer(values.environment);
  if (found !== null) return found;
  if (!values.install) {
    throw new UsageError(`the second checker is not installed in ${values.environment}; --install fetches ${PEER_PACKAGES.join(', ')} from the package index and puts them there`);
  }
  return installPeer(values.environment, { python: values.python, onProgress: (line) => io.stderr.write(`rlvr: ${line}\n`), signal: io.signal });
}

async function judgeAll(pairs: readonly { gold: string; answer: string; count: number }[], python: string, workers: number, io: CommandIo): Promise<AuditedPair[]> {
  const math = createMathVerifier();
  const peer = createPeerPool({ python, workers });
  const bar = new ProgressBar(io.stderr, 'pairs');
  const results: AuditedPair[] = [];
  let done = 0;
  try {
    await overWindow(each(pairs), 4 * workers, async (pair) => {
      const [verdict, opinion] = await Promise.all([math.verifyPair(pair.gold, pair.answer, io.signal), peer.check(pair.gold, pair.answer, io.signal)]);
      bar.update(++done, pairs.length);
      return { ...pair, verdict, opinion };
    }, (result) => {
      results.push(result);
      return Promise.resolve();
    });
  } finally {
    bar.end();
    await Promise.all([math.dispose(), peer.dispose()]);
  }
  return results;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the window takes any asynchronous source
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
