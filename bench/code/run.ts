/**
 * Wall time, CPU time and overhead of the code verifier beside a plain checker with LiveCodeBench's process model
 * (baseline.py), on the same programs in the same call; verdicts must agree.
 *
 *     npm run bench:code [-- --shared FOLDER] [--livecodebench CHECKOUT] [--python PATH] [--jobs N] [--only overhead|sample|groups|jobs]
 *
 * Downloads nothing. Prints Markdown tables.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { TestSuite } from '../../server/protocol/problem.ts';
import { createCodeVerifier } from '../../server/verifiers/code/codeVerifier.ts';
import { groups, type Candidate } from './groups.ts';
import { memoryOfTree, ours, SECONDS, warm, type Job, type Outcome } from './ours.ts';
import { manyJobs } from './manyJobs.ts';
import { peer } from './peer.ts';

const { values } = parseArgs({ options: { shared: { type: 'string' }, livecodebench: { type: 'string' }, python: { type: 'string', default: 'python3' }, jobs: { type: 'string', default: '10000' }, only: { type: 'string' } } });
const data = join(values.shared ?? join(import.meta.dirname, '../../../shared'), 'data/code');
if (!existsSync(data)) {
  process.stdout.write('skipped: needs shared data\n');
  process.exit(0);
}
const python = { python: values.python };
const cores = availableParallelism();
const print = (text: string): void => { process.stdout.write(`${text}\n`); };

const TestsSchema = v.array(v.object({ input: v.string(), output: v.string() }));
const ProblemSchema = v.object({ question_id: v.string(), public_test_cases: TestsSchema, private_test_cases: TestsSchema, metadata: v.object({ func_name: v.optional(v.string()) }) });
const CandidateSchema = v.object({ question_id: v.string(), candidate_id: v.string(), code: v.string(), lcb_pass: v.boolean(), near_limit: v.boolean(), unstable: v.boolean() });

async function* rows<T>(file: string, schema: v.GenericSchema<unknown, T>): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(join(data, file)), crlfDelay: Infinity })) yield v.parse(schema, JSON.parse(line));
}

function compare(name: string, mine: Outcome, other: Outcome, names: readonly string[]): void {
  const different = names.filter((_, i) => mine.passed[i] !== other.passed[i]);
  print(`Verdicts of ${name} that differ from ours: ${different.length} of ${names.length}${different.length === 0 ? '' : ` (${different.slice(0, 10).join(', ')})`}`);
}

const ms = (seconds: number, count: number): string => ((1000 * seconds) / count).toFixed(1);

/** Programs that do nothing: what remains is the checker's own cost. */
async function overhead(): Promise<void> {
  const count = 100;
  const suite: TestSuite = { funcName: null, cases: [{ input: '3\n1 2 3\n', output: '6\n' }, { input: '2\n10 20\n', output: '30\n' }] };
  const jobs = Array.from({ length: count }, (_, i) => ({ suite, code: `n = input()\nprint(sum(map(int, input().split())))\n# ${i}` }));
  const mine = await ours(jobs, 1, python);
  const plain = (megabytes: number): Outcome => peer(values.python, 'baseline.py', ['1', String(SECONDS), String(megabytes)], jobs);
  const rows: [string, Outcome][] = [['ours', mine], ['plain', plain(0)], ['plain, 200 MB held by the parent', plain(200)], ['plain, 1000 MB', plain(1000)]];
  if (values.livecodebench !== undefined) rows.push(['LiveCodeBench', peer(values.python, 'livecodebench.py', [values.livecodebench, '1', String(SECONDS)], jobs)]);
  print(`\n${count} programs with two tiny tests, one at a time:\n\n| checker | wall ms a candidate | CPU ms a candidate | wall ratio | CPU ratio |\n|---|---|---|---|---|`);
  for (const [name, outcome] of rows) print(`| ${name} | ${ms(outcome.wall, count)} | ${ms(outcome.cpu, count)} | ${(outcome.wall / mine.wall).toFixed(1)} | ${(outcome.cpu / mine.cpu).toFixed(1)} |`);
}

async function sample(suites: ReadonlyMap<string, TestSuite>): Promise<void> {
  const wanted = v.parse(v.array(v.tuple([v.string(), v.string()])), JSON.parse(readFileSync(join(data, 'bench_sample.dev.json'), 'utf8')));
  const keys = new Set(wanted.map((pair) => pair.join(' ')));
  const jobs: Job[] = [];
  const names: string[] = [];
  for await (const row of rows('verdicts.dev.jsonl', CandidateSchema)) {
    const name = `${row.question_id} ${row.candidate_id}`;
    const suite = suites.get(row.question_id);
    if (!keys.has(name) || suite === undefined) continue;
    jobs.push({ suite, code: row.code });
    names.push(name);
  }
  print(`\n${jobs.length} programs of the shared sample, limit ${SECONDS} s:\n\n| checker | slots | wall s | CPU s | programs' own CPU s | wall / floor |\n|---|---|---|---|---|---|`);
  const lines: (() => void)[] = [];
  for (let slots = 1; slots <= cores; slots *= 2) {
    const mine = await ours(jobs, slots, python);
    const floor = mine.programs / slots;
    const row = (name: string, outcome: Outcome): void => { print(`| ${name} | ${slots} | ${outcome.wall.toFixed(1)} | ${outcome.cpu.toFixed(1)} | ${mine.programs.toFixed(1)} | ${(outcome.wall / floor).toFixed(2)} |`); };
    row('ours', mine);
    const plain = peer(values.python, 'baseline.py', [String(slots), String(SECONDS)], jobs);
    row('plain', plain);
    lines.push(() => { compare(`the plain checker with ${slots} workers`, mine, plain, names); });
    if (values.livecodebench !== undefined) {
      const real = peer(values.python, 'livecodebench.py', [values.livecodebench, String(slots), String(SECONDS)], jobs);
      row('LiveCodeBench', real);
      lines.push(() => { compare(`LiveCodeBench with ${slots} workers`, mine, real, names); });
    }
  }
  print('');
  for (const line of lines) line();
}

async function slotCost(): Promise<void> {
  const starts: number[] = [];
  let memory = 0;
  for (let i = 0; i < 5; i++) {
    const verifier = createCodeVerifier({ slots: 1, python: values.python });
    await verifier.status();
    const begun = performance.now();
    await warm(verifier, 1);
    starts.push(performance.now() - begun);
    memory = verifier.boxPids().reduce((sum, pid) => sum + memoryOfTree(pid), 0);
    await verifier.dispose();
  }
  print(`\nFirst verdict of a new slot: ${Math.min(...starts).toFixed(0)} ms (best of ${starts.length}), median ${(starts.sort((a, b) => a - b)[2] ?? 0).toFixed(0)} ms. Memory of an idle slot: ${memory.toFixed(0)} MB (proportional set size).`);
}

/** Programs of which neither time nor chance decides the verdict. */
async function candidates(): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for await (const row of rows('verdicts.dev.jsonl', CandidateSchema)) {
    const suite = suites.get(row.question_id);
    if (suite !== undefined && !row.near_limit && !row.unstable) found.push({ problem: row.question_id, suite, code: row.code, passes: row.lcb_pass });
  }
  return found;
}

const verifier = createCodeVerifier({ slots: 1, python: values.python });
const status = await verifier.status();
await verifier.dispose();
if (status.problem !== null) throw new Error(status.problem);
print(`Python ${status.python?.version ?? ''}, Node ${process.versions.node}, ${cores} cores (${cpus()[0]?.model.trim() ?? ''}), sandbox: ${status.sandbox.detail}`);
const suites = new Map<string, TestSuite>();
for await (const problem of rows('problems.dev.jsonl', ProblemSchema)) {
  suites.set(problem.question_id, { funcName: problem.metadata.func_name ?? null, cases: [...problem.public_test_cases, ...problem.private_test_cases] });
}
const wants = (part: string): boolean => values.only === undefined || values.only === part;
if (wants('overhead')) {
  await overhead();
  await slotCost();
}
if (wants('sample')) await sample(suites);
if (wants('groups')) await groups(await candidates(), cores, python, print);
if (wants('jobs')) for (const remember of [false, true]) await manyJobs(Number(values.jobs), cores, python, remember, print);
