import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ivm from 'isolated-vm';
import type { Extracted, Verdict } from '../../protocol/verdict.ts';
import { lastBoxed } from '../extract/boxed.ts';
import { splitThinking } from '../extract/thinking.ts';
import { isolateCode } from '../isolates/isolateCode.ts';
import { createIsolatePool, type Outcome } from '../isolates/pool.ts';
import type { VerificationTask, Verifier } from '../verifier.ts';
import { parseReturned } from './result.ts';
import { customRunner } from './runner.ts';

/** Larger files are no reward functions. */
const MAX_FILE_BYTES = 1024 * 1024;

export interface CustomVerifierFile {
  readonly file: string;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
}

export interface CustomVerifierOptions {
  readonly workers?: number;
  /** Script with the built-in verifiers for the isolate; default: the built `custom.isolate.js`. */
  readonly code?: string;
  readonly memoryMb?: number;
  /** Wall time of one call, milliseconds. */
  readonly timeoutMs?: number;
}

/** The `*.js` files of a folder, in order of their names, each compiled to see whether it is a module. A missing folder has none. */
export async function listCustomVerifiers(folder: string): Promise<CustomVerifierFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.js') || name.endsWith('.mjs')).sort().map((name) => join(folder, name));
  return Promise.all(files.map(async (file) => ({ file, problem: await problemOf(file) })));
}

async function problemOf(file: string): Promise<string | null> {
  const isolate = new ivm.Isolate({ memoryLimit: 16 });
  try {
    const module = await isolate.compileModule(await readSource(file), { filename: file });
    return module.dependencySpecifiers.length > 0 ? `${file}: imports ${module.dependencySpecifiers.join(', ')}; a custom verifier is one file without imports` : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
}

async function readSource(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_FILE_BYTES) throw new Error(`${file}: larger than ${MAX_FILE_BYTES} bytes`);
  return readFile(file, 'utf8');
}

/**
 * A verifier from a workspace's reward function (docs/custom-verifiers.md). The file is read once, here; it runs in
 * isolates without input or output, a fresh context for every response. Rejects when the file cannot be read.
 */
export async function createCustomVerifier(file: string, options: CustomVerifierOptions = {}): Promise<Verifier> {
  const source = await readSource(file);
  const id = `custom:${basename(file)}`;
  const pool = createIsolatePool({
    // Only our own code goes into the snapshot, never the user's.
    snapshot: ivm.Isolate.createSnapshot([{ code: options.code ?? isolateCode('custom'), filename: 'custom.isolate.js' }]),
    prepare: (isolate) => Promise.resolve(customRunner(isolate, source, file)),
    workers: options.workers ?? 2,
    memoryMb: options.memoryMb ?? 64,
    taskTimeoutMs: options.timeoutMs ?? 1_000,
    batchSize: 1,
  });
  return {
    id,
    async verify(task, signal) {
      const started = performance.now();
      const { input, box } = inputOf(task);
      const outcome = await pool.run(JSON.stringify(input), signal);
      return { ...verdictOf(outcome, box), verifier: id, durationMs: performance.now() - started };
    },
    dispose: () => pool.dispose(),
  };
}

/** The argument of a reward function; the shape is a promise to users. */
function inputOf(task: VerificationTask): { input: object; box: Extracted | null } {
  const { answer: span, segments } = splitThinking(task.response, task.thinkingOpened);
  const search = span === null ? null : lastBoxed(task.response, span.start, span.end);
  const box = search?.kind === 'found' ? search.box : null;
  const thinking = segments.filter((segment) => segment.kind === 'thinking').map((segment) => task.response.slice(segment.start, segment.end)).join('\n');
  return {
    box,
    input: {
      problem: { id: task.problemId, statement: task.statement, gold: task.gold, domain: task.domain },
      response: task.response,
      thinking: thinking === '' ? null : thinking,
      final: span === null ? null : task.response.slice(span.start, span.end),
      answer: box?.text ?? null,
    },
  };
}

function verdictOf(outcome: Outcome, box: Extracted | null): Omit<Verdict, 'verifier' | 'durationMs'> {
  const base = { extracted: box, warnings: [] };
  if (outcome.kind !== 'done') return { ...base, ...broken(outcome) };
  const result = parseReturned(outcome.output);
  if (result === null) {
    return { ...base, verdict: 'error', reward: null, rule: 'custom.result', reason: `The reward function returned ${outcome.output.slice(0, 200)}; allowed are 0, 1, true, false, null or { reward, reason }.` };
  }
  const extracted = result.extracted === null ? box : { text: result.extracted, start: box?.start ?? 0, end: box?.end ?? 0 };
  if (result.reward === null) return { ...base, extracted, verdict: 'unverifiable', reward: 0, rule: 'custom.unverifiable', reason: result.reason ?? 'The reward function cannot verify this response.' };
  const verdict = result.reward === 1 ? 'correct' : 'incorrect';
  return { ...base, extracted, verdict, reward: result.reward, rule: `custom.${verdict}`, reason: result.reason ?? `The reward function returned ${result.reward}.` };
}

function broken(outcome: Exclude<Outcome, { kind: 'done' }>): Pick<Verdict, 'verdict' | 'reward' | 'rule' | 'reason'> {
  switch (outcome.kind) {
    case 'time': return { verdict: 'unverifiable', reward: 0, rule: 'limit.time', reason: 'The reward function took too long and was stopped.' };
    case 'memory': return { verdict: 'unverifiable', reward: 0, rule: 'limit.memory', reason: 'The reward function took too much memory and was stopped.' };
    case 'error': return { verdict: 'error', reward: null, rule: 'custom.exception', reason: outcome.message };
  }
}
