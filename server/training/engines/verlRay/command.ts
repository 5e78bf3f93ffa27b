import type { VerlRayOptions } from '../../../protocol/training.ts';
import { hasFileLogger } from './overrides.ts';
import { shellWord } from '../shellWord.ts';

/** The shell line that the job runs. */
export function entrypoint(options: VerlRayOptions, overrides: readonly string[]): string {
  return [options.python, '-m', options.entryModule ?? 'verl.trainer.main_ppo', ...overrides].map(shellWord).join(' ');
}

/** Environment of the job on every node. The user's entries win. */
export function jobEnvironment(options: VerlRayOptions, metricsPath: string): Record<string, string> {
  return {
    PYTHONUNBUFFERED: '1',
    HYDRA_FULL_ERROR: '1',
    RAY_DEDUP_LOGS: '0',
    // Time for the trainer to end its step after a stop; the default of 3 s kills it in the middle of a save.
    RAY_JOB_STOP_WAIT_TIME_S: '30',
    ...(hasFileLogger(options.verlVersion) ? { VERL_FILE_LOGGER_PATH: metricsPath } : {}),
    ...options.env,
  };
}

/** command.sh: the same submission with Ray's own client, for people. Secrets are not in it: Ray reads its token from the environment. */
export function commandFile(options: VerlRayOptions, submissionId: string, overrides: readonly string[], environment: Readonly<Record<string, string>>): string {
  const words = [options.python, '-m', options.entryModule ?? 'verl.trainer.main_ppo', ...overrides].map(shellWord);
  return [
    '#!/bin/sh',
    '# What the engine submits through the Ray Jobs API, written for Ray’s own client.',
    'exec ray job submit \\',
    `  --address ${shellWord(options.address)} \\`,
    `  --submission-id ${shellWord(submissionId)} \\`,
    `  --runtime-env-json ${shellWord(JSON.stringify({ env_vars: environment }))} \\`,
    '  --no-wait -- \\',
    ...words.map((word, index) => `  ${word}${index === words.length - 1 ? '' : ' \\'}`),
    '',
  ].join('\n');
}
