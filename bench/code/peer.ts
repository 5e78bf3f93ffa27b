// Runs programs through a checker in Python (baseline.py, livecodebench.py).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Job, Outcome } from './ours.ts';

const OutcomeSchema = v.object({ passed: v.array(v.boolean()), wall: v.number(), cpu: v.number() });

export function peer(python: string, script: string, args: readonly string[], jobs: readonly Job[]): Outcome {
  const input = jobs.map((job) => JSON.stringify({ code: job.code, func_name: job.suite.funcName, inputs: job.suite.cases.map((test) => test.input), outputs: job.suite.cases.map((test) => test.output) })).join('\n');
  const { stdout, stderr, status } = spawnSync(python, [join(import.meta.dirname, script), ...args], { input, maxBuffer: 1 << 28, encoding: 'utf8', cwd: '/tmp' });
  if (status !== 0) throw new Error(`${script} failed: ${stderr.slice(-2000)}`);
  return v.parse(OutcomeSchema, JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}
