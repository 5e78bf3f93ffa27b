/** From submission to the end of one job, across lost connections and restarts of this server. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunStatus } from '../../../protocol/training.ts';
import type { Execution, Outcome } from '../engine.ts';
import { JobLog } from './jobLog.ts';
import { ClusterRefused, ClusterUnauthorised, ClusterUnreachable, type Job, type JobsClient, type JobSubmission } from './jobsClient.ts';
import type { JobPaths } from './paths.ts';
import { JobResults } from './results.ts';

/** How patient the engine is, milliseconds. */
export interface Pace {
  readonly poll: number;
  readonly slowestPoll: number;
  /** A cluster that does not answer for so long makes the run `lost`; it is still asked, less and less often. */
  readonly lostAfter: number;
  /** A launch gives up after this; a run that is under way never does. */
  readonly submitFor: number;
  /** Ray cannot stop a job that waits for a place: after this the run counts as stopped. */
  readonly stopPending: number;
  /** Time for the rest of the log after the job has ended. */
  readonly lastLog: number;
}

const PACE: Pace = { poll: 2000, slowestPoll: 60_000, lostAfter: 60_000, submitFor: 30_000, stopPending: 30_000, lastLog: 10_000 };

export interface JobPlan {
  readonly submission: JobSubmission;
  readonly paths: JobPaths;
}

/** Submits the job unless it has been, follows it, and stops it when asked. Rejects with an AbortError when this server goes away. */
export async function followJob(execution: Execution, client: JobsClient, plan: JobPlan, pace: Pace = PACE): Promise<Outcome> {
  const { submissionId } = plan.submission;
  const refused = await submitOnce(execution, client, plan.submission, pace);
  if (refused !== null) return refused;

  const results = await JobResults.open(execution, plan.paths);
  const log = new JobLog(execution, results);
  const over = new AbortController();
  const logSignal = AbortSignal.any([over.signal, execution.detach]);
  let logFailure: Error | null = null;
  const following = log.follow(client, submissionId, logSignal).catch((error: unknown) => { logFailure = error instanceof Error ? error : new Error(String(error)); });
  try {
    const ended = await watch(execution, client, submissionId, results, pace, () => { if (logFailure !== null) throw logFailure; });
    over.abort();
    await following;
    if (ended.job !== null) {
      await log.once(client, submissionId, AbortSignal.any([AbortSignal.timeout(pace.lastLog), execution.detach]));
      await log.end();
    }
    await results.collect(true);
    return ended.outcome ?? outcomeOf(execution, ended.job);
  } finally {
    over.abort();
    await following;
  }
}

/** @returns an outcome when the job could not be submitted, else null. */
async function submitOnce({ state, emit, detach, stop }: Execution, client: JobsClient, submission: JobSubmission, pace: Pace): Promise<Outcome | null> {
  // Only a run that waits for its job may start one: a job that ran and is unknown now has been lost.
  const { status } = state();
  if (status !== 'pending' && status !== 'preparing') return null;
  const until = performance.now() + pace.submitFor;
  // Said before the first request: an address that drops packets does not answer for as long as a request may take.
  await emit({ type: 'status', status: 'pending', message: `submitting to ${client.address}` });
  for (;;) {
    detach.throwIfAborted();
    try {
      // Looked for first, even when a stop is wanted: an earlier server may have submitted it.
      const known = await client.get(submission.submissionId, detach);
      if (known === null && stop.aborted) return { status: 'stopped', message: 'stopped before it was submitted' };
      if (known === null) await client.submit(submission, detach);
      await emit({ type: 'status', status: 'pending', message: `submitted as ${submission.submissionId}` });
      return null;
    } catch (error) {
      if (error instanceof ClusterUnauthorised) {
        // A server that was restarted has no token until a client gives it again; the job may run already.
        if (stop.aborted) return { status: 'stopped', message: `stopped; whether the job runs is not known: ${error.message}` };
        if (state().message !== error.message) await emit({ type: 'status', status: 'pending', message: error.message });
        await delay(pace.poll, undefined, { signal: wakeOf(stop, detach) }).catch(() => undefined);
        continue;
      }
      if (error instanceof ClusterRefused || (error instanceof ClusterUnreachable && performance.now() > until)) return { status: 'failed', message: error.message };
      if (!(error instanceof ClusterUnreachable)) throw error;
      const waits = `${error.message}; asked again for ${Math.ceil(pace.submitFor / 1000)} s`;
      if (!stop.aborted && state().message !== waits) await emit({ type: 'status', status: 'pending', message: waits });
      await delay(pace.poll, undefined, { signal: wakeOf(stop, detach) }).catch(() => undefined);
    }
  }
}

interface Ended {
  /** The job as Ray last described it; null when Ray does not know it any more. */
  readonly job: Job | null;
  /** Set when the outcome does not follow from the job alone. */
  readonly outcome: Outcome | null;
}

/** Polls until the job has ended. The status of the run follows the job's; a silent cluster is `lost` until it answers again. */
async function watch(execution: Execution, client: JobsClient, submissionId: string, results: JobResults, pace: Pace, check: () => void): Promise<Ended> {
  const { state, emit, stop, detach } = execution;
  let silentSince: number | null = null;
  let stopAskedAt: number | null = null;
  let wait = pace.poll;
  const tell = async (status: RunStatus, message: string): Promise<void> => {
    if (state().status !== status || state().message !== message) await emit({ type: 'status', status, message });
  };
  for (;;) {
    detach.throwIfAborted();
    check();
    try {
      if (stop.aborted && stopAskedAt === null) {
        await client.stop(submissionId, detach);
        stopAskedAt = performance.now();
      }
      const job = await client.get(submissionId, detach);
      silentSince = null;
      wait = pace.poll;
      await results.collect(false);
      if (job === null && stop.aborted) return { job, outcome: { status: 'stopped', message: `stopped after step ${state().step}` } };
      if (job === null) return { job, outcome: { status: 'lost', message: 'the cluster does not know the job any more (was Ray restarted?); resume goes on from the last checkpoint' } };
      if (job.status === 'SUCCEEDED' || job.status === 'FAILED' || job.status === 'STOPPED') return { job, outcome: null };
      if (job.status === 'PENDING' && stopAskedAt !== null && performance.now() - stopAskedAt > pace.stopPending) {
        return { job, outcome: { status: 'stopped', message: 'stopped; Ray still lists the job as waiting for a place' } };
      }
      if (stop.aborted) await tell('stopping', state().status === 'stopping' ? state().message : 'asked to stop');
      else if (job.status === 'RUNNING') await tell('running', 'the job runs');
      else await tell('pending', job.message?.trim() || 'waiting for the cluster');
    } catch (error) {
      if (!(error instanceof ClusterUnreachable) && !(error instanceof ClusterRefused)) throw error;
      const now = performance.now();
      silentSince ??= now;
      wait = Math.min(pace.slowestPoll, wait * 1.5);
      await results.collect(false);
      if (now - silentSince > pace.lostAfter || error instanceof ClusterRefused) await tell('lost', error.message);
    }
    await delay(wait, undefined, { signal: wakeOf(stop, detach) }).catch(() => undefined);
  }
}

/** What ends a pause early: a wish to stop is acted on at once, but only once. */
function wakeOf(stop: AbortSignal, detach: AbortSignal): AbortSignal {
  return stop.aborted ? detach : AbortSignal.any([detach, stop]);
}

function outcomeOf({ state, stage, stop }: Execution, job: Job | null): Outcome {
  const { step } = state();
  const planned = stage.request.settings.steps;
  if (job?.status === 'STOPPED') return { status: 'stopped', message: `stopped after step ${step}` };
  if (job?.status === 'SUCCEEDED') {
    // Resuming at an epoch's end can exit cleanly without a step: success means that the planned step was reached.
    return step >= planned ? { status: 'succeeded', message: `reached step ${step}` } : { status: 'failed', message: `the job ended by itself after step ${step} of ${planned}` };
  }
  if (stop.aborted) return { status: 'stopped', message: `stopped after step ${step}` };
  const why = [job?.message?.trim(), job?.error_type ? `(${job.error_type})` : ''].filter(Boolean).join(' ');
  return { status: 'failed', message: why === '' ? 'the job failed' : why.slice(-2000) };
}
