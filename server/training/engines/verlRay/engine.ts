/** veRL on a standing Ray cluster, through the Ray Jobs interface. */
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RequestError } from '../../../protocol/errors.ts';
import type { Problem } from '../../../protocol/problem.ts';
import type { LaunchRequest, Lint, VerlRayOptions } from '../../../protocol/training.ts';
import { makeFolder } from '../../../records/makeFolder.ts';
import type { TrainingPorts } from '../../ports.ts';
import type { RunLayout } from '../../runs/layout.ts';
import type { ResolvedStage } from '../../stages/resolve.ts';
import type { Engine, Execution, Outcome } from '../engine.ts';
import { commandFile, entrypoint, jobEnvironment } from './command.ts';
import { followJob } from './followJob.ts';
import { ClusterUnauthorised, JobsClient } from './jobsClient.ts';
import { verlLints } from './lints.ts';
import { verlOverrides } from './overrides.ts';
import { jobPaths, submissionId } from './paths.ts';

export class VerlRayEngine implements Engine {
  readonly label = 'veRL on Ray';

  version({ request }: ResolvedStage): string {
    return `veRL ${options(request).verlVersion}`;
  }

  lints(stage: ResolvedStage): Lint[] {
    return verlLints(stage);
  }

  command({ request, directory }: ResolvedStage): string {
    const chosen = options(request);
    const job = describeJob(request, directory, 1);
    return commandFile(chosen, job.submissionId, job.overrides, job.environment);
  }

  /** Whether the cluster takes our token. @throws RequestError `ray-token` when it does not. */
  async check(request: LaunchRequest, directory: string, ports: TrainingPorts, signal: AbortSignal): Promise<void> {
    const { address } = options(request);
    try {
      await clientOf(address, ports).get(submissionId(directory, 1), signal);
    } catch (error) {
      signal.throwIfAborted();
      // A cluster that does not answer is waited for by the run itself.
      if (error instanceof ClusterUnauthorised) throw new RequestError('ray-token', error.message, { address });
    }
  }

  /** veRL puts the weights beside its shards, since the overrides ask for them. */
  modelOf(request: LaunchRequest, directory: string, step: number): string {
    return join(jobPaths(directory, options(request)).checkpoints, `global_step_${step}`, 'actor', 'huggingface');
  }

  /** Puts what the job reads where the cluster sees it: the reward function, and a copy of the inputs if that is another folder. */
  async prepare({ request }: ResolvedStage, layout: RunLayout, _problems: readonly Problem[], ports: TrainingPorts): Promise<void> {
    const paths = jobPaths(layout.directory, options(request));
    try {
      for (const folder of [paths.directory, paths.rolloutDumps, paths.validationDumps, paths.checkpoints]) await makeFolder(folder);
      await copyFile(ports.rewardFunction, paths.rewardFunction);
      if (paths.directory === layout.directory) return;
      for (const [from, to] of [[layout.train, paths.train], [layout.validation, paths.validation], [layout.problems, paths.problems]] as const) await copyFile(from, to);
    } catch (error) {
      throw new Error(`the shared folder ${paths.directory} cannot be written from here: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  async execute(execution: Execution): Promise<Outcome> {
    const { stage, layout, ports } = execution;
    const chosen = options(stage.request);
    const { attempt } = execution.state();
    const job = describeJob(stage.request, layout.directory, attempt);
    await makeFolder(dirname(job.paths.metrics(attempt)));
    const client = clientOf(chosen.address, ports);
    return followJob(execution, client, {
      submission: {
        submissionId: job.submissionId,
        entrypoint: entrypoint(chosen, job.overrides),
        environment: job.environment,
        metadata: { rlvr_run: basename(layout.directory), rlvr_attempt: String(attempt) },
      },
      paths: job.paths,
    });
  }
}

function clientOf(address: string, ports: TrainingPorts): JobsClient {
  return new JobsClient(address, () => ports.rayHeaders(address));
}

function options(request: LaunchRequest): VerlRayOptions {
  if (request.verlRay !== undefined) return request.verlRay;
  // Without options there is still a preview to show; a lint of severity error says what is missing.
  return { address: '', verlVersion: '0.9.1', nodes: 1, gpusPerNode: 8, sharedRoot: null, tensorParallel: 1, sequenceParallel: 1, python: 'python3', env: {}, extraOverrides: [] };
}

function describeJob(request: LaunchRequest, directory: string, attempt: number) {
  const chosen = options(request);
  const paths = jobPaths(directory, chosen);
  const overrides = verlOverrides({
    settings: request.settings, options: chosen, checkpoint: request.checkpoint, project: request.recipeId, experiment: request.runId,
    train: paths.train, validation: paths.validation, problems: paths.problems, rewardFunction: paths.rewardFunction,
    rolloutDumps: paths.rolloutDumps, validationDumps: paths.validationDumps, checkpoints: paths.checkpoints, attempt,
  });
  return { submissionId: submissionId(directory, attempt), paths, overrides, environment: jobEnvironment(chosen, paths.metrics(attempt)) };
}
