import * as v from 'valibot';
import type { Domain, Problem } from '../protocol/problem.ts';
import { isAbort } from '../protocol/errors.ts';
import { schemaMessage } from '../protocol/schemaMessage.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { Metrics } from './metrics.ts';
import { failedReply, rewardReply, RewardRequestSchema, rewardTask, type RewardReply } from './rewardTask.ts';

export interface RewarderOptions {
  readonly problems: ReadonlyMap<string, Problem>;
  readonly verifierOf: (domain: Domain) => Verifier;
  readonly metrics: Metrics;
}

/** Rule of a reply to something that is no request. */
export const MALFORMED_RULE = 'request.malformed';
const RequestIdSchema = v.object({ id: v.union([v.number(), v.pipe(v.string(), v.maxLength(200))]) });

/** Answers requests with rewards: one implementation for pipes, sockets and HTTP. */
export class Rewarder {
  readonly #options: RewarderOptions;

  constructor(options: RewarderOptions) {
    this.#options = options;
  }

  /** The reply to the bytes of one request. Rejects with an AbortError when `signal` fires, and never otherwise. */
  async answer(bytes: Buffer, signal: AbortSignal): Promise<RewardReply> {
    const { metrics, problems, verifierOf } = this.#options;
    metrics.requested();
    const request = readRequest(bytes);
    if ('message' in request) {
      metrics.refused('malformed');
      return failedReply(request.id, MALFORMED_RULE, request.message);
    }
    const task = rewardTask(request.value, problems);
    if (typeof task === 'string') {
      metrics.refused('no-task');
      return failedReply(request.value.id, 'reward.no-task', task);
    }
    const begun = performance.now();
    try {
      const verdict = await verifierOf(task.domain).verify(task, signal);
      metrics.verified(task.domain, verdict.verdict, (performance.now() - begun) / 1000);
      return rewardReply(request.value.id, verdict);
    } catch (error) {
      if (signal.aborted) {
        metrics.cancelled();
        throw error;
      }
      // A verifier never rejects because of a task; whatever this is, it is no answer of 0.
      metrics.verified(task.domain, 'error', (performance.now() - begun) / 1000);
      return failedReply(request.value.id, 'machine.failed', isAbort(error) ? 'the verifier was closed' : error instanceof Error ? error.message : String(error));
    }
  }
}

type Read = { readonly value: v.InferOutput<typeof RewardRequestSchema> } | { readonly id: number | string | null; readonly message: string };

function readRequest(bytes: Buffer): Read {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { id: null, message: error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'is not UTF-8' };
  }
  const parsed = v.safeParse(RewardRequestSchema, json);
  if (parsed.success) return { value: parsed.output };
  const [issue] = parsed.issues;
  const id = v.safeParse(RequestIdSchema, json);
  return { id: id.success ? id.output.id : null, message: `${v.getDotPath(issue) ?? 'request'}: ${schemaMessage(issue)}` };
}
