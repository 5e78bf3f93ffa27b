/** Client of the Ray Jobs REST interface (API version 4). Collections need their trailing slash. */
import * as v from 'valibot';
import { isAbort } from '../../../protocol/errors.ts';
import { schemaMessage } from '../../../protocol/schemaMessage.ts';
import { httpRequest, type HttpReply } from './httpRequest.ts';

export const JobStatusSchema = v.picklist(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']);
export type JobStatus = v.InferOutput<typeof JobStatusSchema>;

const JobSchema = v.object({
  submission_id: v.nullable(v.string()),
  status: JobStatusSchema,
  message: v.nullish(v.string()),
  error_type: v.nullish(v.string()),
  driver_exit_code: v.nullish(v.number()),
});
export type Job = v.InferOutput<typeof JobSchema>;

export interface JobSubmission {
  readonly submissionId: string;
  readonly entrypoint: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The cluster cannot be reached, or answers with something that is not the Jobs API; trying again may help. */
export class ClusterUnreachable extends Error {
  override readonly name = 'ClusterUnreachable';
}

/** The cluster answers and refuses; trying again will not help. */
export class ClusterRefused extends Error {
  override readonly name: string = 'ClusterRefused';
}

/** The cluster wants a token, or another one. */
export class ClusterUnauthorised extends ClusterRefused {
  override readonly name = 'ClusterUnauthorised';
}

const TIMEOUT_MS = 15_000;
/** Ray sends a Python traceback as text; its last line says what happened. */
const MESSAGE_LIMIT = 500;

export class JobsClient {
  readonly #base: string;
  readonly #headers: () => Readonly<Record<string, string>>;

  /** @param headers go with every request, such as `Authorization`, and are asked for each time; they appear in no message. */
  constructor(address: string, headers: () => Readonly<Record<string, string>>) {
    this.#base = address.replace(/\/+$/, '');
    this.#headers = headers;
  }

  /** Where the cluster is asked, as messages name it. */
  get address(): string {
    return this.#base;
  }

  /** URL and headers of the log stream of a job. */
  logTail(submissionId: string): { url: string; headers: Readonly<Record<string, string>> } {
    return { url: `${this.#base.replace(/^http/, 'ws')}/api/jobs/${encodeURIComponent(submissionId)}/logs/tail`, headers: this.#headers() };
  }

  /** The job, or null when the cluster does not know it. */
  async get(submissionId: string, signal: AbortSignal): Promise<Job | null> {
    const reply = await this.#fetch('GET', `/api/jobs/${encodeURIComponent(submissionId)}`, undefined, signal);
    if (reply.status === 404 && /does not exist/i.test(reply.text)) return null;
    return this.#parse(JobSchema, reply);
  }

  /** Submits a job once: an id that is already taken means that an earlier try arrived. */
  async submit(job: JobSubmission, signal: AbortSignal): Promise<void> {
    const reply = await this.#fetch('POST', '/api/jobs/', {
      entrypoint: job.entrypoint,
      submission_id: job.submissionId,
      runtime_env: { env_vars: job.environment },
      metadata: job.metadata,
    }, signal);
    if (reply.ok) return;
    if (reply.status === 500 && await this.get(job.submissionId, signal) !== null) return;
    throw this.#failure(reply);
  }

  /** Asks a job to stop; returns before it has. False when it had ended already. */
  async stop(submissionId: string, signal: AbortSignal): Promise<boolean> {
    const reply = await this.#fetch('POST', `/api/jobs/${encodeURIComponent(submissionId)}/stop`, undefined, signal);
    if (reply.status === 404 && /does not exist/i.test(reply.text)) return false;
    return this.#parse(v.object({ stopped: v.boolean() }), reply).stopped;
  }

  #parse<T>(schema: v.GenericSchema<unknown, T>, reply: HttpReply): T {
    if (!reply.ok) throw this.#failure(reply);
    let json: unknown;
    try {
      json = JSON.parse(reply.text);
    } catch {
      throw new ClusterUnreachable(`${this.#base} does not answer like the Ray Jobs API (no JSON)`);
    }
    const parsed = v.safeParse(schema, json);
    if (parsed.success) return parsed.output;
    throw new ClusterUnreachable(`${this.#base} does not answer like the Ray Jobs API (${v.getDotPath(parsed.issues[0]) ?? 'reply'}: ${schemaMessage(parsed.issues[0])})`);
  }

  #failure(reply: HttpReply): Error {
    if (reply.status === 401) return new ClusterUnauthorised(`${this.#base} wants a token`);
    if (reply.status === 403) return new ClusterUnauthorised(`${this.#base} refuses the token`);
    const last = reply.text.trim().split('\n').at(-1)?.slice(0, MESSAGE_LIMIT) ?? '';
    const message = `${this.#base} answers ${reply.status}: ${last}`;
    return reply.status >= 500 || reply.status === 429 || reply.status === 404 ? new ClusterUnreachable(message) : new ClusterRefused(message);
  }

  async #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<HttpReply> {
    try {
      return await httpRequest(`${this.#base}${path}`, {
        method,
        headers: { ...this.#headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (error) {
      signal.throwIfAborted();
      const message = isAbort(error) ? `no answer within ${TIMEOUT_MS / 1000} s` : error instanceof Error ? error.message : String(error);
      throw new ClusterUnreachable(`cannot reach ${this.#base}: ${message}`);
    }
  }
}
