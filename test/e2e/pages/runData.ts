// A run for looking at the dashboard: made up here.
import type { RunEvent, RunInfo } from '../../../server/protocol/training.ts';
import { listRecipes } from '../../../server/training/recipes/recipes.ts';

const stage = listRecipes()[0]?.stages[1];
if (!stage) throw new Error('no recipe');

export const sampleRun: RunInfo = {
  runId: 'math-16k-7b-sample', directory: '/lab/runs/math-16k-7b-sample', recipeId: 'acereason-7b', stageId: 'math-16k', title: 'Math 16K', checkpoint: null, engine: 'verl-ray', engineLabel: 'veRL on Ray', status: 'running', message: '', step: 214, plannedSteps: 500, lastSeq: 0,
  startedAt: new Date(Date.now() - 33_000_000).toISOString(), updatedAt: new Date().toISOString(), latest: {}, settings: stage.settings, problems: [], issues: [],
};

export const stageRuns = (listRecipes()[0]?.stages ?? []).map(({ id, title }, index) => ({
  id, title, run: index > 1 ? null : index === 0 ? { directory: '/lab/runs/first', status: 'succeeded' as const, step: 2000, plannedSteps: 2000 } : { directory: sampleRun.directory, status: 'running' as const, step: 214, plannedSteps: 500 },
}));

/** Events of `steps` steps: metrics, a rollouts file each, some log lines, an alert. */
export function sampleEvents(steps: number): RunEvent[] {
  const events: RunEvent[] = [];
  const start = Date.now() - steps * 150_000;
  const add = (step: number, body: RunEvent['body']): void => { events.push({ seq: events.length + 1, time: new Date(start + step * 150_000).toISOString(), body }); };
  add(0, { type: 'status', status: 'running', message: 'started' });
  for (let step = 1; step <= steps; step++) {
    const noise = (n: number): number => Math.sin(step * n) * Math.cos(step * n * 1.7);
    const cut = 0.22 * Math.exp(-step / 230) + 0.01 * noise(3.1);
    add(step, { type: 'step', step, metrics: {
      'critic/score/mean': 0.35 + 0.08 * (step / 214) + 0.02 * noise(1.3), 'response_length/mean': 4000 + 9 * step + 200 * noise(2.1), 'response_length/max': 16384, 'response_length/clip_ratio': Math.max(0, cut), 'actor/entropy': 0.25 + 0.0001 * step + 0.01 * noise(1.9),
      'actor/ppo_kl': 0, 'actor/pg_clipfrac': 0, 'actor/grad_norm': 0.12 + 0.01 * noise(2.7), 'groups/no_signal': 0.33 - 0.0002 * step + 0.02 * noise(1.1), 'groups/all_correct': 0.18, 'groups/all_wrong': 0.12, 'timing_s/step': 151 + 5 * noise(0.7), 'timing_s/gen': 119, 'timing_s/reward': 0.21, 'timing_s/update_actor': 27,
    } });
    add(step, { type: 'rollouts', step, path: `/lab/runs/math-16k-7b-sample/rollouts/${step}.jsonl`, count: 2048 });
    if (step % 10 === 0) add(step, { type: 'log', stream: 'stdout', text: `step ${step} generate 119.3 s\nstep ${step} update 27.1 s\n` });
  }
  add(steps, { type: 'alert', severity: 'warning', code: 'cut-responses', message: 'a sample of an alert', step: steps });
  return events;
}
