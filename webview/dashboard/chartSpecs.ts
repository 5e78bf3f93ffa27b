// Which charts a run has: those of every run, before them validation where the run validates.
import type { RunInfo } from '../../server/protocol/training.ts';
import { count } from '../ui/format.ts';
import { type ChartSpec, FORMATS } from './charts.ts';
import { ENTROPY_GAUGE } from './tiles.ts';
import type { ValidationMetric } from './validation.ts';

export function chartSpecs({ settings, engine }: RunInfo, validation: readonly ValidationMetric[]): ChartSpec[] {
  const limit = settings.maxResponseLength;
  return [
    ...validation.map(({ metric, title, share }): ChartSpec => ({ metric, title: `Validation ${title}`, format: share ? FORMATS.points : FORMATS.number, color: '--vscode-charts-green', sparse: true })),
    { metric: 'critic/score/mean', title: 'Reward', format: FORMATS.number, color: '--vscode-charts-blue' },
    { metric: 'response_length/mean', title: 'Response tokens', format: FORMATS.tokens, color: '--vscode-charts-purple', line: { at: limit, label: `cut at ${count(limit)}` } },
    { metric: 'actor/entropy', title: 'Entropy', format: FORMATS.number, color: '--vscode-charts-foreground', ...(engine === 'rehearsal' ? {} : { line: { at: ENTROPY_GAUGE, label: `gauge ${ENTROPY_GAUGE}` }, floor: [0.2, 0.35] as const }) },
    { metric: 'response_length/clip_ratio', title: 'Cut responses', format: FORMATS.share, color: '--vscode-charts-red', floor: [0, 0.05] },
    { metric: 'groups/no_signal', title: 'Groups without signal', format: FORMATS.share, color: '--vscode-charts-yellow', floor: [0, 0.1] },
    { metric: 'timing_s/step', title: 'Step time', format: FORMATS.seconds, color: '--vscode-charts-green', floor: [0, 0] },
  ];
}
