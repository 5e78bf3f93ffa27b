import type { VerifyTarget } from '../protocol/methods.ts';
import type { Domain, FileIssue } from '../protocol/problem.ts';
import type { Rollout, Verified, VerifySummary } from '../protocol/rollout.ts';
import { NO_PROBLEM_RULE, type Verdict, type VerdictKind, type VerdictWarning } from '../protocol/verdict.ts';
import { firstThinkTag } from '../verifiers/extract/thinkingStart.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { Selected } from './selection.ts';
import type { RolloutStore } from './store.ts';
import { withThinkingDoubt } from './thinkingDoubt.ts';

export interface VerifyRequest {
  /** Problem sets where answers and tests are looked up. */
  readonly problems: readonly string[];
  readonly verifierOf: (domain: Domain) => Verifier;
}

/** Hears of every result as soon as it is decided. `position` counts the selected rollouts of all targets in file order. */
export interface VerifySink {
  /** Once, before the first result: how many rollouts all targets have. */
  planned(total: number): void;
  verified(path: string, ref: number, result: Verified, position: number): void | Promise<void>;
  issue(path: string, issue: FileIssue): void;
}

/** Enough to keep every worker busy; few enough that responses and tests under way stay a small part of memory. */
const UNDER_WAY = 96;
/** More issues than anybody reads. */
const MAX_ISSUES = 1000;

/**
 * Verifies rollouts: reads them one by one, finds each one's problem, and has it judged, many at a time. A rollout that cannot
 * be judged (no problem, no answer) gets a verdict that says so. When cancelled, what was decided before has been handed
 * out and the summary says `cancelled`.
 */
export async function verifyRollouts(store: RolloutStore, request: VerifyRequest & { readonly targets: readonly VerifyTarget[] }, sink: VerifySink, signal?: AbortSignal): Promise<VerifySummary> {
  const verification = new Verification(store, request, sink, signal);
  return verification.run(async () => {
    for (const target of request.targets) {
      verification.plan(await store.count(target, { signal }));
      const othersClose = await store.hasR1Style(target, { signal });
      await verification.take(target.path, store.select(target, { signal }), { keep: target.kind === 'file', othersClose });
    }
  });
}

/** The same for rollouts that come one after the other, from a pipe: each is judged when it has come, and none is kept. */
export async function verifyStream(store: RolloutStore, request: VerifyRequest, path: string, rollouts: AsyncIterable<Selected>, sink: VerifySink, signal?: AbortSignal): Promise<VerifySummary> {
  const verification = new Verification(store, request, sink, signal);
  return verification.run(() => verification.take(path, rollouts, { keep: false, othersClose: null }));
}

interface TakeOptions {
  /** Verdicts are kept for the lists of the file. */
  readonly keep: boolean;
  /** Whether some rollout of the file is of R1's style; null: as far as those before show. */
  readonly othersClose: boolean | null;
}

/** One verification under way: its counts, and what runs. */
class Verification {
  readonly #store: RolloutStore;
  readonly #request: VerifyRequest;
  readonly #sink: VerifySink;
  readonly #signal: AbortSignal | undefined;
  readonly #byVerdict: Record<VerdictKind, number> = { correct: 0, incorrect: 0, unverifiable: 0, error: 0 };
  readonly #issues: FileIssue[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #failures: Error[] = [];
  #total = 0;
  #done = 0;
  #position = 0;

  constructor(store: RolloutStore, request: VerifyRequest, sink: VerifySink, signal: AbortSignal | undefined) {
    this.#store = store;
    this.#request = request;
    this.#sink = sink;
    this.#signal = signal;
  }

  /** Does the work and waits for all that it started. Rejects with the first failure; a cancelled verification has a summary. */
  async run(work: () => Promise<void>): Promise<VerifySummary> {
    try {
      await work();
      await Promise.all(this.#running);
      if (this.#failures[0]) throw this.#failures[0];
    } catch (error) {
      await Promise.all(this.#running);
      if (!this.#signal?.aborted) throw error;
    }
    return { total: this.#total, done: this.#done, byVerdict: this.#byVerdict, cancelled: this.#signal?.aborted ?? false, issues: this.#issues };
  }

  plan(count: number): void {
    this.#total += count;
    this.#sink.planned(count);
  }

  async take(path: string, rollouts: AsyncIterable<Selected>, { keep, othersClose }: TakeOptions): Promise<void> {
    let closes = othersClose ?? false;
    for await (const selected of rollouts) {
      if (this.#failures[0]) throw this.#failures[0];
      if ('issue' in selected) {
        this.#report(path, selected.issue);
        continue;
      }
      if (othersClose === null) {
        this.plan(1);
        closes ||= firstThinkTag(selected.rollout.response) === 'close';
      }
      const task = this.#one(path, selected.ref, selected.rollout, this.#position++, keep, closes)
        .catch((error: unknown) => void this.#failures.push(error instanceof Error ? error : new Error(String(error))))
        .finally(() => this.#running.delete(task));
      this.#running.add(task);
      if (this.#running.size >= UNDER_WAY) await Promise.race(this.#running);
    }
  }

  async #one(path: string, ref: number, rollout: Rollout, at: number, keep: boolean, othersClose: boolean): Promise<void> {
    const resolved = await this.#store.resolve(rollout, this.#request.problems, { signal: this.#signal });
    const verdict = resolved.ok
      ? withThinkingDoubt(withWarnings(await this.#request.verifierOf(resolved.task.domain).verify(resolved.task, this.#signal), resolved.warnings), rollout, othersClose)
      : withoutProblem(resolved.issue.message);
    if (!resolved.ok) this.#report(path, resolved.issue);
    if (keep) this.#store.setVerdict(path, ref, verdict);
    this.#byVerdict[verdict.verdict] += 1;
    this.#done += 1;
    await this.#sink.verified(path, ref, {
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
  }

  #report(path: string, issue: FileIssue): void {
    if (this.#issues.length < MAX_ISSUES) this.#issues.push(issue);
    this.#sink.issue(path, issue);
  }
}

function withWarnings(verdict: Verdict, warnings: readonly VerdictWarning[]): Verdict {
  return warnings.length === 0 ? verdict : { ...verdict, warnings: [...verdict.warnings, ...warnings] };
}

/** There is no reward where there is nothing to judge by: that is no 0. */
function withoutProblem(reason: string): Verdict {
  return { verdict: 'unverifiable', reward: null, verifier: 'none', extracted: null, reason, rule: NO_PROBLEM_RULE, warnings: [], durationMs: 0 };
}
