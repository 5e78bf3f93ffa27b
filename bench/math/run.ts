/**
 * CPU time and agreement of the math verifier beside Math-Verify, on the same pairs in the same call.
 *
 *     npm run bench:math [-- SHARED_FOLDER]
 *
 * Installs Math-Verify from the package registry into .cache/bench-math when it is not there. Prints a Markdown table.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { judgePair } from '../../server/verifiers/math/judge.ts';
import { createMathVerifier } from '../../server/verifiers/math/verifier.ts';
import { bundleIsolate } from '../../test/unit/verifiers/support/isolateBundle.ts';

const PEER = 'math-verify[antlr4_13_2]==0.9.0';
const root = join(import.meta.dirname, '../..');
const shared = process.argv[2] ?? join(root, '../shared');
if (!existsSync(join(shared, 'data/math'))) {
  process.stdout.write('skipped: needs shared data\n');
  process.exit(0);
}

const PairSchema = v.object({ gold: v.string(), pred: v.string(), label: v.optional(v.boolean()), exclude: v.optional(v.boolean()) });
const RolloutSchema = v.object({ gold: v.unknown(), response: v.string() });
type Row = v.InferOutput<typeof PairSchema>;

const lines = <T>(file: string, schema: v.GenericSchema<unknown, T>): T[] =>
  readFileSync(join(shared, file), 'utf8').trim().split('\n').map((line) => v.parse(schema, JSON.parse(line)));

/** Python of the environment with the peer, made when it is missing. */
function peerPython(): string {
  const folder = join(root, '.cache/bench-math/venv');
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) {
    mkdirSync(join(root, '.cache/bench-math'), { recursive: true });
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  }
  if (spawnSync(python, ['-c', 'import math_verify']).status !== 0) execFileSync(python, ['-m', 'pip', 'install', '-q', PEER], { stdio: ['ignore', 'inherit', 'inherit'] });
  return python;
}

interface Timed {
  readonly equal: boolean;
  readonly ms: number;
}

const PeerSchema = v.object({ equal: v.nullable(v.boolean()), ms: v.number() });
const READY = '{"ready": true}';

function theirs(rows: readonly Row[], python: string): Timed[] {
  const result = spawnSync(python, [join(root, 'server/python/math_peer.py')], { input: rows.map((row) => JSON.stringify(row)).join('\n'), encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) throw new Error(result.stderr);
  return result.stdout.trim().split('\n').filter((line) => line !== READY).map((line) => v.parse(PeerSchema, JSON.parse(line))).map(({ equal, ms }) => ({ equal: equal === true, ms }));
}

/** Ours in a warm thread, each pair judged afresh. The clock of CPU time is too coarse for one pair: see `cpuMean`. */
function ours(rows: readonly Row[]): Timed[] {
  for (const row of rows) judge(row);
  return rows.map((row) => {
    let best = Infinity;
    let equal = false;
    for (let run = 0; run < 3; run++) {
      const before = performance.now();
      equal = judge(row);
      best = Math.min(best, performance.now() - before);
    }
    return { equal, ms: best };
  });
}

const judge = (row: Row): boolean => judgePair({ gold: row.gold, answer: row.pred, joined: [], statement: null }).verdict === 'correct';

/** CPU milliseconds of one pair, from one run over all of them. */
function cpuMean(rows: readonly Row[]): number {
  const before = process.cpuUsage();
  for (const row of rows) judge(row);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rows.length;
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const mean = (timed: readonly Timed[]): number => timed.reduce((sum, { ms }) => sum + ms, 0) / timed.length;

function report(name: string, rows: readonly Row[], python: string): void {
  const [us, them] = [ours(rows), theirs(rows, python)];
  const means = { ours: cpuMean(rows), peer: mean(them) };
  const row = (label: string, timed: readonly Timed[], cpu: number): string => {
    const sorted = timed.map(({ ms }) => ms).sort((a, b) => a - b);
    const scored = rows.some((each) => each.label !== undefined);
    const wrong = (label2: boolean): number => timed.filter(({ equal }, index) => rows[index]?.label === !label2 && equal === label2).length;
    const accuracy = scored ? `${(100 * timed.filter(({ equal }, index) => equal === rows[index]?.label).length / rows.length).toFixed(2)} %, ${wrong(true)}, ${wrong(false)}` : '';
    return `| ${name} | ${label} | ${cpu.toFixed(4)} | ${at(sorted, 0.5).toFixed(4)} | ${at(sorted, 0.99).toFixed(3)} | ${at(sorted, 1).toFixed(1)} | ${accuracy} |`;
  };
  process.stdout.write(`${row('ours', us, means.ours)}\n${row('Math-Verify', them, means.peer)}\n| ${name} | ratio of the means | ${(means.peer / means.ours).toFixed(0)}x | | | | |\n`);
}

async function pool(): Promise<void> {
  const code = await bundleIsolate(join(root, 'server/verifiers/math/math.isolate.ts'));
  const recorded = lines('data/rollouts/math500_r1_and_distills.jsonl', RolloutSchema);
  const tasks = Array.from({ length: 1024 }, (_, index) => recorded[index % recorded.length]).filter((each) => each !== undefined)
    .map((each) => ({ domain: 'math' as const, problemId: null, statement: null, gold: String(each.gold), tests: null, response: each.response }));
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const verifier = createMathVerifier({ code, workers: 2 });
  await verifier.warmUp();
  const start = performance.now() - started;
  const times: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < 7; run++) {
    const clock = process.cpuUsage();
    const from = performance.now();
    await Promise.all(tasks.map((task) => verifier.verify(task)));
    times.push(performance.now() - from);
    const { user, system } = process.cpuUsage(clock);
    cpu.push((user + system) / 1000);
  }
  const memory = (process.memoryUsage.rss() - before) / 2 / 1e6;
  await verifier.dispose();
  const length = tasks.reduce((sum, task) => sum + task.response.length, 0) / tasks.length;
  const [first = 0] = times;
  const [firstCpu = 0] = cpu;
  const median = (values: readonly number[]): number => at([...values].sort((a, b) => a - b), 0.5);
  process.stdout.write(`\n1,024 rollouts (${Math.round(length / 1000)} kB on average) through the pool of 2 isolates: first ${first.toFixed(0)} ms, best ${Math.min(...times).toFixed(0)} ms, median ${median(times).toFixed(0)} ms; CPU of all threads, first ${firstCpu.toFixed(0)} ms, median ${median(cpu).toFixed(0)} ms; start of the isolates ${start.toFixed(0)} ms; at most ${memory.toFixed(0)} MB for each isolate.\n`);
}

const python = peerPython();
const versions = execFileSync(python, ['-c', 'import importlib.metadata as m; print(", ".join(f"{p} {m.version(p)}" for p in ("math-verify", "sympy", "latex2sympy2_extended")))'], { encoding: 'utf8' }).trim();
process.stdout.write(`Node ${process.versions.node}, ${versions}, ${cpus()[0]?.model ?? 'unknown processor'}\n\n| pairs | verifier | CPU ms, mean | p50 | p99 | max | accuracy, false accepts, false rejects |\n|---|---|---|---|---|---|---|\n`);
report('labelled', lines('data/math/equivalence.dev.jsonl', PairSchema).filter((row) => row.exclude !== true), python);
report('as models write them', lines('data/math/agreement.dev.jsonl', PairSchema), python);
await pool();
