import { resolve } from 'node:path';
import { Decontaminator } from '../curation/decontamination/decontaminator.ts';
import { LONGEST_GRAM, SHORTEST_GRAM } from '../curation/decontamination/part.ts';
import { SetChecks } from '../curation/decontamination/setChecks.ts';
import { ruleLabels } from '../curation/ruleLabels.ts';
import type { Contamination } from '../protocol/decontamination.ts';
import { ProblemStore } from '../problems/store.ts';
import { EXIT_DONE, EXIT_UNDONE, EXIT_USAGE, parseCommandArgs, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { Complaints } from './complaints.ts';
import { isLoss, issueLine } from './issues.ts';
import { writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { spooled } from './spool.ts';

export const decontaminateCommand: Command = {
  name: 'decontaminate',
  summary: 'find problems that overlap a benchmark',
  usage: `rlvr decontaminate FILE [--against FILE...] [options]

  FILE                a problem set in any known schema; - is standard input
  --against FILE...   compare with these test sets instead of the shipped benchmarks
  --shipped           compare with the shipped benchmarks too
  --n N               length of the n-grams, ${SHORTEST_GRAM} to ${LONGEST_GRAM} (default: 9 for math, 14 for code)
  --mode MODE         balanced (default) or paper: any shared n-gram of words, as published procedures do

One JSON line for each problem, in input order: id, contaminated (null: not compared with anything), benchmark, item, overlap (share
of the item's distinctive n-grams), span (start, end and text in the statement), kind (contaminated, variant, overlaps), others.
Exit code 2 when records or test sets could not be read, 3 when there was nothing to compare some problems with.`,
  run: decontaminate,
};

async function decontaminate(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readOptions(args);
  const store = new ProblemStore({ labels: ruleLabels });
  try {
    // A problem set is read by place.
    return options.file === '-' ? await spooled(io.stdin, io.signal, (path) => check(store, path, options, io)) : await check(store, resolve(options.file), options, io);
  } finally {
    await store.dispose();
  }
}

interface Options {
  readonly file: string;
  readonly against: string[];
  readonly shipped: boolean;
  readonly n: number | null;
  readonly mode: 'balanced' | 'paper';
}

function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseCommandArgs(args, {
    against: { type: 'string', multiple: true, default: [] },
    shipped: { type: 'boolean', default: false },
    n: { type: 'string' },
    mode: { type: 'string', default: 'balanced' },
  });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('decontaminate needs a file of problems; - is standard input');
  if (more.length > 0 && values.against.length === 0) throw new UsageError(`decontaminate takes one file, not also ${JSON.stringify(more[0])}`);
  const { mode } = values;
  if (mode !== 'balanced' && mode !== 'paper') throw new UsageError(`--mode is balanced or paper, not ${JSON.stringify(mode)}`);
  // "--against A B": what follows the file and its test sets belongs to the test sets.
  const against = [...values.against, ...more].map((path) => resolve(path));
  const n = values.n === undefined ? null : wholeNumber('n', values.n, 0, SHORTEST_GRAM, LONGEST_GRAM);
  return { file, against, shipped: values.shipped || against.length === 0, n, mode };
}

async function check(store: ProblemStore, path: string, { file, ...options }: Options, io: CommandIo): Promise<number> {
  const bar = new ProgressBar(io.stderr, 'problems');
  const complaints = new Complaints(io.stderr);
  const set = await store.set(path, { signal: io.signal }).catch((error: unknown) => {
    io.signal.throwIfAborted();
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const report = await new SetChecks(new Decontaminator()).report(set, options, { signal: io.signal, progress: ({ done, total }) => bar.update(done, total) });
  bar.end();
  const found = new Map(report.contaminations.map((contamination) => [contamination.id, contamination]));
  for (const { id, domain } of set.entries) await writeLine(io.stdout, recordOf(id, found.get(id), !report.unchecked.includes(domain)));
  const { issues } = set.info();
  for (const issue of issues) complaints.add(isLoss(issue) ? 'records could not be read' : 'remarks', issueLine(file, issue));
  complaints.end();
  for (const { message } of report.remarks) io.stderr.write(`rlvr: ${message}\n`);
  const { contaminations: { length: hits }, checked, benchmarks } = report;
  io.stderr.write(`rlvr: ${hits} of ${checked} problems overlap ${benchmarks.length} ${benchmarks.length === 1 ? 'benchmark' : 'benchmarks'} (paraphrases are not looked for)\n`);
  if (issues.some(isLoss) || report.remarks.some((remark) => remark.path !== null)) return EXIT_USAGE;
  return checked < set.entries.length ? EXIT_UNDONE : EXIT_DONE;
}

/** Null where a problem was compared with nothing: that is not clean. */
function recordOf(id: string, hit: Contamination | undefined, checked: boolean): Record<string, unknown> {
  if (hit === undefined) return { id, contaminated: checked ? false : null, benchmark: null, item: null, overlap: checked ? 0 : null, span: null };
  const { best, others } = hit;
  return {
    id, contaminated: true, benchmark: best.benchmark, item: best.item, overlap: best.containment, span: best.span,
    kind: best.kind, others: others.map(({ benchmark, item, kind, containment }) => ({ benchmark, item, kind, overlap: containment })),
  };
}
