import type { AuditedPair, RolloutAudit } from '../protocol/audit.ts';
import { isAbort } from '../protocol/errors.ts';
import type { FileIssue } from '../protocol/problem.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { limits } from '../verifiers/math/limits.ts';
import { extractAnswer, type MathVerifier } from '../verifiers/math/verifier.ts';
import { askAll, AuditTally, PairCounter } from '../verifiers/secondOpinion/audit.ts';
import type { SecondOpinion } from '../verifiers/secondOpinion/peerPool.ts';
import type { VerificationTask } from '../verifiers/verifier.ts';
import type { RolloutStore } from './store.ts';

export interface AuditRequest {
  readonly path: string;
  /** Problem sets where gold answers are looked up. */
  readonly problems: readonly string[];
  readonly math: MathVerifier;
  readonly peer: SecondOpinion;
  /** Processes of the second checker. */
  readonly workers: number;
  /** Its name and versions. */
  readonly checker: string;
}

/** Hears what happens: first every rollout is read and judged by our verifier, then the other one is asked about each distinct pair. */
export interface AuditSink {
  read(done: number, total: number): void;
  /** One more pair has both judgements; the most frequent pairs come first. */
  asked(done: number, total: number, pair: AuditedPair): void;
}

/** Enough to keep every isolate busy. */
const UNDER_WAY = 96;
/** More issues than anybody reads. */
const MAX_ISSUES = 200;

/**
 * Compares the math verifier with the second checker on the rollouts of a file. Our verdicts are those of a verification, of
 * the whole response; the other checker is given the answer that was extracted. When cancelled, what was decided before has
 * been handed on and the summary says `cancelled`.
 */
export async function auditRollouts(store: RolloutStore, request: AuditRequest, sink: AuditSink, signal?: AbortSignal): Promise<RolloutAudit> {
  const counts = { rollouts: 0, withoutAnswer: 0, notMath: 0 };
  const issues: FileIssue[] = [];
  const found = new PairCounter();
  const tally = new AuditTally();
  try {
    await judgeAll(store, request, sink, found, counts, issues, signal);
  } catch (error) {
    if (!signal?.aborted || !isAbort(error)) throw error;
  }
  const pairs = found.pairs();
  let asked = 0;
  if (!signal?.aborted) {
    await askAll(pairs, request.peer, 2 * request.workers, (pair) => {
      tally.add(pair);
      sink.asked(++asked, pairs.length, pair);
    }, signal);
  }
  return { ...tally.summary(pairs), ...counts, beyondLimit: found.beyondLimit, cancelled: signal?.aborted ?? false, issues, checker: request.checker };
}

async function judgeAll(
  store: RolloutStore, { path, problems, math }: AuditRequest, sink: AuditSink, found: PairCounter,
  counts: { rollouts: number; withoutAnswer: number; notMath: number }, issues: FileIssue[], signal: AbortSignal | undefined,
): Promise<void> {
  const target = { kind: 'file', path, refs: null } as const;
  const total = await store.count(target, { signal });
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const note = (issue: FileIssue): void => { if (issues.length < MAX_ISSUES) issues.push(issue); };
  let done = 0;
  for await (const selected of store.select(target, { signal })) {
    if (failures.length > 0) break;
    if ('issue' in selected) {
      note(selected.issue);
      continue;
    }
    counts.rollouts++;
    const resolved = await store.resolve(selected.rollout, problems, { signal });
    if (!resolved.ok) note(resolved.issue);
    if (!resolved.ok || resolved.task.domain !== 'math' || resolved.task.gold === null || resolved.task.gold.trim() === '') {
      counts.notMath++;
      sink.read(++done, total);
      continue;
    }
    const { task } = resolved;
    const { gold } = resolved.task;
    const job = math.verify(task, signal).then((verdict) => {
      const answer = answerOf(task, verdict);
      if (answer === null) counts.withoutAnswer++;
      else found.add(gold, answer, verdict, { ref: selected.ref });
      sink.read(++done, total);
    }).catch((error: unknown) => void failures.push(error)).finally(() => running.delete(job));
    running.add(job);
    if (running.size >= UNDER_WAY) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/** What the verifier took as the answer: the last box, or a row of them where it read them as one list. */
function answerOf(task: VerificationTask, verdict: Verdict): string | null {
  if (verdict.extracted === null) return null;
  const found = verdict.warnings.some(({ code }) => code === 'several-boxes') ? extractAnswer(task.response, task.thinkingOpened) : null;
  const text = found !== null && 'joined' in found ? found.joined.map((box) => box.text).join(', ') : verdict.extracted.text;
  return text.slice(0, limits.inputLength + 1);
}
