import type { VerifyTarget } from '../protocol/methods.ts';
import type { Domain, FileIssue } from '../protocol/problem.ts';
import type { Rollout, Verified, VerifySummary } from '../protocol/rollout.ts';
import type { Verdict, VerdictKind } from '../protocol/verdict.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { RolloutStore } from './store.ts';
import { withThinkingDoubt } from './thinkingDoubt.ts';

export interface VerifyRequest {
  readonly targets: readonly VerifyTarget[];
  /** Problem sets where answers and tests are looked up. */
  readonly problems: readonly string[];
  readonly verifierOf: (domain: Domain) => Verifier;
}

/** Hears of every result as soon as it is decided. `position` counts the selected rollouts of all targets in file order. */
export interface VerifySink {
  planned(total: number): void;
  verified(path: string, ref: number, result: Verified, position: number): void | Promise<void>;
  issue(path: string, issue: FileIssue): void;
}

/** Enough to keep every worker busy; few enough that responses and tests under way stay a small part of memory. */
const UNDER_WAY = 96;

/**
 * Verifies rollouts: reads them one by one, finds each one's problem, and has it judged, many at a time. A rollout that cannot
 * be judged (no problem, no answer) gets a verdict that says so. When cancelled, what was decided before has been handed
 * out and the summary says `cancelled`.
 */
export async function verifyRollouts(store: RolloutStore, request: VerifyRequest, sink: VerifySink, signal?: AbortSignal): Promise<VerifySummary> {
  const byVerdict: Record<VerdictKind, number> = { correct: 0, incorrect: 0, unverifiable: 0, error: 0 };
  const issues: FileIssue[] = [];
  let total = 0;
  let done = 0;
  let position = 0;
  const failures: Error[] = [];
  const running = new Set<Promise<void>>();
  const work = { signal };

  const verifyOne = async (target: VerifyTarget, ref: number, rollout: Rollout, at: number, othersClose: boolean): Promise<void> => {
    const resolved = await store.resolve(rollout, request.problems, work);
    const verdict = resolved.ok ? withThinkingDoubt(await request.verifierOf(resolved.task.domain).verify(resolved.task, signal), rollout, othersClose) : withoutProblem(resolved.issue.message);
    if (!resolved.ok) report(target.path, resolved.issue);
    if (target.kind === 'file') store.setVerdict(target.path, ref, verdict);
    byVerdict[verdict.verdict] += 1;
    done += 1;
    await sink.verified(target.path, ref, {
      index: rollout.index,
      sample: rollout.sample,
      line: rollout.line,
      id: rollout.id,
      problemId: resolved.ok ? resolved.problemId : rollout.problemId,
      title: resolved.ok ? resolved.title : rollout.problemId ?? rollout.id,
      gold: resolved.ok ? resolved.gold : rollout.gold,
      storedScore: rollout.storedScore,
      thinkingOpened: rollout.thinking.opened,
      verdict,
    }, at);
  };
  const report = (path: string, issue: FileIssue): void => {
    if (issues.length < 1000) issues.push(issue);
    sink.issue(path, issue);
  };

  try {
    for (const target of request.targets) {
      const count = await store.count(target, work);
      total += count;
      sink.planned(count);
      const othersClose = await store.hasR1Style(target, work);
      for await (const selected of store.select(target, work)) {
        if (failures[0]) throw failures[0];
        if ('issue' in selected) {
          report(target.path, selected.issue);
          continue;
        }
        const task = verifyOne(target, selected.ref, selected.rollout, position++, othersClose)
          .catch((error: unknown) => void failures.push(error instanceof Error ? error : new Error(String(error))))
          .finally(() => running.delete(task));
        running.add(task);
        if (running.size >= UNDER_WAY) await Promise.race(running);
      }
    }
    await Promise.all(running);
    if (failures[0]) throw failures[0];
  } catch (error) {
    await Promise.all(running);
    if (!signal?.aborted) throw error;
  }
  return { total, done, byVerdict, cancelled: signal?.aborted ?? false, issues };
}

function withoutProblem(reason: string): Verdict {
  return { verdict: 'unverifiable', reward: 0, verifier: 'none', extracted: null, reason, rule: 'problem.missing', warnings: [], durationMs: 0 };
}
