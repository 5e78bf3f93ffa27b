import { availableParallelism } from 'node:os';
import * as v from 'valibot';
import type { Extracted, Verdict, VerdictWarning } from '../../protocol/verdict.ts';
import { lastBoxed } from '../extract/boxed.ts';
import { fallbackAnswer } from '../extract/fallback.ts';
import { splitThinking } from '../extract/thinking.ts';
import { isolateCode } from '../isolates/isolateCode.ts';
import { createIsolatePool, scriptRunner, type Outcome } from '../isolates/pool.ts';
import type { Verifier } from '../verifier.ts';
import { JudgementSchema, type Pair } from './judgement.ts';
import { limits } from './limits.ts';
import { REWARD_OPTIONS, type MathOptions } from './options.ts';

export interface MathVerifierOptions {
  /** Isolates; default: one for each core, at most 8. */
  readonly workers?: number;
  /** Script of the isolates; default: the built `math.isolate.js`. */
  readonly code?: string;
  /** Heap of one isolate, megabytes. */
  readonly memoryMb?: number;
  /** Wall time of one pair, milliseconds; the judge bounds its own work far below. */
  readonly timeoutMs?: number;
  /** Leniencies for evaluations; default: none of them, as in rewards. */
  readonly options?: MathOptions;
}

export interface MathVerifier extends Verifier {
  readonly workers: number;
  /** Judges one answer against one gold, without extraction. Options as `verify`. */
  verifyPair(gold: string, answer: string, signal?: AbortSignal): Promise<Verdict>;
  /** Starts the isolates ahead of the first task. */
  warmUp(): Promise<void>;
}

/**
 * The math verifier: takes the last box after `</think>` here, in linear time, and judges it in an isolate.
 * `unverifiable` (reward 0) when there is no answer to read or a limit was broken; `error` only when an isolate could not run.
 */
export function createMathVerifier(options: MathVerifierOptions = {}): MathVerifier {
  const pool = createIsolatePool({
    prepare: scriptRunner(options.code ?? isolateCode('math'), 'math.isolate.js'),
    workers: options.workers ?? Math.min(8, availableParallelism()),
    memoryMb: options.memoryMb ?? 64,
    taskTimeoutMs: options.timeoutMs ?? 5_000,
  });

  const rules = options.options ?? REWARD_OPTIONS;

  async function judge(pair: Pair, extracted: Extracted, signal?: AbortSignal): Promise<Verdict> {
    const started = performance.now();
    const outcome = await pool.run(JSON.stringify(pair), signal);
    return verdictOf(pair, outcome, extracted, performance.now() - started);
  }

  return {
    id: 'math',
    workers: pool.workers,
    warmUp: () => pool.warmUp(),
    dispose: () => pool.dispose(),
    async verify(task, signal) {
      const found = extractAnswer(task.response, task.thinkingOpened, rules.fallback);
      if ('rule' in found) return withoutJudgement('unverifiable', found.rule, found.reason);
      if (task.gold === null || task.gold.trim() === '') {
        return { ...withoutJudgement('unverifiable', 'gold.empty', 'The problem has no gold answer, so nothing can be paid.'), extracted: found.box };
      }
      const pair = {
        gold: clip(task.gold), answer: clip(found.box.text), joined: found.joined.length > 1 ? found.joined.map((b) => clip(b.text)) : [],
        statement: task.statement === null ? null : task.statement.slice(0, limits.statementLength), options: rules,
      };
      const verdict = await judge(pair, found.box, signal);
      return found.fallback === true ? { ...verdict, warnings: [...verdict.warnings, FALLBACK] } : verdict;
    },
    verifyPair(gold, answer, signal) {
      if (gold.trim() === '') return Promise.resolve(withoutJudgement('unverifiable', 'gold.empty', 'The gold answer is empty, so nothing can be paid.'));
      // A whole response as the answer: only its box can be meant.
      const found = answer.length > limits.inputLength ? extractAnswer(answer) : null;
      const extracted = found !== null && 'box' in found ? found.box : { text: answer, start: 0, end: answer.length };
      return judge({ gold: clip(gold), answer: clip(extracted.text), joined: [], statement: null, options: rules }, extracted, signal);
    },
  };
}

const FALLBACK: VerdictWarning = { code: 'option.fallback', message: 'The response has no box; the answer was taken from elsewhere.' };

interface Found {
  readonly box: Extracted;
  readonly joined: readonly Extracted[];
  readonly fallback?: boolean;
}

/** The answer of a response by the extraction policy, or the rule by which there is none. */
export function extractAnswer(response: string, thinkingOpened = false, fallback = false): Found | { readonly rule: string; readonly reason: string } {
  const { answer, shape } = splitThinking(response, thinkingOpened);
  if (answer === null) return { rule: 'extract.unclosed-think', reason: 'The thinking part never closes, so the response gives no answer.' };
  const search = lastBoxed(response, answer.start, answer.end);
  if (search.kind === 'found') return search;
  const elsewhere = fallback && search.kind === 'none' ? fallbackAnswer(response, answer.start, answer.end) : null;
  if (elsewhere !== null) return { box: elsewhere, joined: [elsewhere], fallback: true };
  return {
    none: { rule: 'extract.no-box', reason: `There is no \\boxed{} ${shape === 'none' ? 'in the response' : 'after the thinking part'}.` },
    unclosed: { rule: 'extract.unclosed-box', reason: 'The last \\boxed{} is cut off; an earlier one is never taken instead.' },
    empty: { rule: 'extract.empty-box', reason: 'The last \\boxed{} is empty.' },
  }[search.kind];
}

/** Longer texts are refused by the judge; one unit over its limit is enough for it to see that. */
function clip(text: string): string {
  return text.length > limits.inputLength ? text.slice(0, limits.inputLength + 1) : text;
}

function verdictOf(pair: Pair, outcome: Outcome, extracted: Extracted, durationMs: number): Verdict {
  if (outcome.kind === 'done') {
    const judgement = v.parse(JudgementSchema, JSON.parse(outcome.output));
    return {
      verdict: judgement.verdict, reward: judgement.verdict === 'correct' ? 1 : 0, verifier: 'math', extracted,
      reason: judgement.reason, rule: judgement.rule, warnings: judgement.warnings, math: judgement.detail, durationMs,
    };
  }
  const reasons = {
    time: ['unverifiable', 'limit.time', 'Comparing the answer took too long and was stopped.'],
    memory: ['unverifiable', 'limit.memory', 'Comparing the answer took too much memory and was stopped.'],
    error: ['error', 'verifier.failed', `The verifier failed on ${JSON.stringify(pair.answer.slice(0, 80))}: ${outcome.message}`],
  } as const;
  const [verdict, rule, reason] = reasons[outcome.kind];
  return { ...withoutJudgement(verdict, rule, reason), extracted, durationMs };
}

function withoutJudgement(verdict: 'unverifiable' | 'error', rule: string, reason: string): Verdict {
  const warnings: VerdictWarning[] = [];
  return { verdict, reward: verdict === 'error' ? null : 0, verifier: 'math', extracted: null, reason, rule, warnings, durationMs: 0 };
}
