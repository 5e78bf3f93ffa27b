/** The recorded rollouts of a rehearsal, by problem, and the verdicts on them at the stage's length limit. */
import type { Problem } from '../../../protocol/problem.ts';
import type { VerdictKind } from '../../../protocol/verdict.ts';
import type { Verifier } from '../../../verifiers/verifier.ts';
import type { RecordedRollout, RolloutFile, TrainingPorts } from '../../ports.ts';
import type { ThinkingChoice } from '../../../protocol/thinking.ts';
import { thinkingStart } from '../../../verifiers/extract/thinkingStart.ts';
import { cutResponse, type CutResponse } from './cut.ts';
import { matchRollouts } from './match.ts';
import { TextCache } from './textCache.ts';

export interface CorpusRollout extends RecordedRollout {
  readonly file: RolloutFile;
  readonly path: string;
}

export interface CorpusProblem {
  readonly problem: Problem;
  readonly rollouts: readonly CorpusRollout[];
}

/** What the stage would have seen of one recorded rollout. */
export interface Judged {
  readonly reward: 0 | 1 | null;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly extracted: string | null;
  readonly tokens: number;
  readonly cut: boolean;
  readonly durationMs: number;
}

/** Reads the rollout files and keeps the problems that have rollouts, in the order of the problems. */
export async function openCorpus(problems: readonly Problem[], paths: readonly string[], ports: TrainingPorts, signal: AbortSignal): Promise<CorpusProblem[]> {
  const all: CorpusRollout[] = [];
  for (const path of paths) {
    const file = await ports.rollouts.open(path, signal);
    for (const rollout of file.rollouts) all.push({ ...rollout, file, path });
  }
  const byProblem = matchRollouts(problems, all);
  return problems.flatMap((problem) => {
    const rollouts = byProblem.get(problem.id);
    return rollouts === undefined ? [] : [{ problem, rollouts }];
  });
}

/** Texts of recorded rollouts held at a time: the table draws the same ones again and again. UTF-16 units. */
const TEXT_CACHE = 32 * 1024 * 1024;

/** So many verifications wait on the verifiers at a time; texts of more are not held. */
const AT_ONCE = 64;

/** Verifies recorded rollouts with the real verifier, each once. */
export class Judge {
  readonly #verifier: Verifier;
  readonly #limit: number;
  readonly #thinking: ThinkingChoice;
  readonly #known = new Map<CorpusRollout, Judged>();
  readonly #texts = new TextCache<CorpusRollout>(TEXT_CACHE);

  /** @param thinking what the stage says of its chat template; the job's reward function is told the same */
  constructor(verifier: Verifier, { limit, thinking }: { readonly limit: number; readonly thinking: ThinkingChoice }) {
    this.#verifier = verifier;
    this.#limit = limit;
    this.#thinking = thinking;
  }

  /** Response of a recorded rollout as the stage's limit leaves it. */
  async responseOf(rollout: CorpusRollout): Promise<CutResponse & { readonly thinkingOpened: boolean }> {
    const whole = await this.#texts.get(rollout, () => rollout.file.response(rollout.ref));
    const { opened } = thinkingStart({ choice: this.#thinking, stated: null, prompt: [], response: whole });
    return { ...cutResponse(whole, rollout.tokens, rollout.cut, this.#limit), thinkingOpened: opened };
  }

  known(rollout: CorpusRollout): Judged | undefined {
    return this.#known.get(rollout);
  }

  /** Verifies those not yet known. @returns the new verdicts; a failure of the verifier is not remembered. */
  async judge(wanted: readonly { readonly problem: Problem; readonly rollout: CorpusRollout }[], signal: AbortSignal): Promise<Map<CorpusRollout, Judged>> {
    const fresh = new Map<CorpusRollout, Judged>();
    const queue = [...new Map(wanted.map((item) => [item.rollout, item])).values()].filter(({ rollout }) => !this.#known.has(rollout));
    let next = 0;
    const work = async (): Promise<void> => {
      for (let item = queue[next++]; item !== undefined; item = queue[next++]) {
        const judged = await this.#one(item.problem, item.rollout, signal);
        fresh.set(item.rollout, judged);
        if (judged.verdict !== 'error') this.#known.set(item.rollout, judged);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, work));
    return fresh;
  }

  async #one(problem: Problem, rollout: CorpusRollout, signal: AbortSignal): Promise<Judged> {
    const response = await this.responseOf(rollout);
    signal.throwIfAborted();
    const verdict = await this.#verifier.verify({
      domain: problem.domain, problemId: problem.id, statement: problem.statement, gold: problem.answer, tests: problem.tests, response: response.text, thinkingOpened: response.thinkingOpened,
    }, signal);
    return {
      reward: verdict.verdict === 'error' ? null : verdict.reward, verdict: verdict.verdict, reason: verdict.reason,
      extracted: verdict.extracted?.text ?? null, tokens: response.tokens, cut: response.cut, durationMs: verdict.durationMs,
    };
  }
}
