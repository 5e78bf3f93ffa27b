// The numbers a person looks at first, each with what it is compared to.
import type { RunInfo } from '../../server/protocol/training.ts';
import { h, icon } from '../ui/dom.ts';
import { count, duration, percent, signed } from '../ui/format.ts';
import type { RunModel } from './runModel.ts';
import { trend } from './smooth.ts';
import { validationMetrics } from './validation.ts';

/** Entropy that the follow-up paper (arXiv 2506.13284) aims at by the choice of the training temperature. */
export const ENTROPY_GAUGE = 0.3;

interface Tile { readonly name: string; readonly value: string; readonly note: string; readonly change?: string; readonly warn?: boolean }

export function tiles(run: RunInfo, model: RunModel): HTMLElement {
  const { settings } = run;
  const latest = (metric: string): number | null => model.latest(metric);
  const change = (metric: string, format: (value: number) => string): string | undefined => {
    const moved = trend(model.series(metric));
    return moved ? format(moved.to - moved.from) : undefined;
  };
  const entropy = latest('actor/entropy');
  const time = latest('timing_s/step');
  const list: Tile[] = [
    ...validationMetrics(model.validation).slice(0, 1).map(({ metric, title, share }): Tile => {
      const last = model.steps.findLast((record) => typeof record.metrics[metric] === 'number');
      return { name: title, value: shown(latest(metric), share ? (value) => `${(100 * value).toFixed(1)} %` : (value) => value.toFixed(2)), note: last ? `validation, step ${count(last.step)}` : 'validation' };
    }),
    { name: 'reward', value: shown(latest('critic/score/mean'), (value) => value.toFixed(2)), note: `of ${count(settings.batchSize * settings.rolloutsPerProblem)} rollouts a step`, ...optional(change('critic/score/mean', signed)) },
    { name: 'response tokens', value: shown(latest('response_length/mean'), (value) => count(Math.round(value))), note: shown(latest('response_length/max'), (value) => `longest ${count(Math.round(value))}`), ...optional(change('response_length/mean', (value) => `${value < 0 ? '−' : '+'}${count(Math.round(Math.abs(value)))}`)) },
    { name: `cut at ${count(settings.maxResponseLength)}`, value: shown(latest('response_length/clip_ratio'), percent), note: 'of responses', warn: (latest('response_length/clip_ratio') ?? 0) >= 0.5, ...optional(change('response_length/clip_ratio', (value) => `${signed(100 * value, 0)} pts`)) },
    { name: 'entropy', value: shown(entropy, (value) => value.toFixed(2)), note: run.engine === 'rehearsal' ? 'of the tabular policy' : entropy === null ? `gauge ${ENTROPY_GAUGE}` : `${signed(entropy - ENTROPY_GAUGE)} to the gauge of ${ENTROPY_GAUGE}`, warn: entropy !== null && entropy < 0.05 },
    { name: 'groups without signal', value: shown(latest('groups/no_signal'), percent), note: `${shown(latest('groups/all_correct'), percent)} all right, ${shown(latest('groups/all_wrong'), percent)} all wrong`, warn: (latest('groups/no_signal') ?? 0) >= 0.8 },
    { name: 'step time', value: shown(time, duration), note: timeParts(model) },
  ];
  return h('section', { class: 'tiles', attributes: { 'aria-label': 'Latest numbers' } }, list.map((tile) => h('div', 'tile',
    h('span', 'dim', tile.name), h('span', 'tile-value', h('b', tile.warn ? 'warn' : '', tile.warn ? icon('warning') : null, tile.value), tile.change ? h('span', { class: 'dim', title: 'since the first steps' }, ` ${tile.change}`) : null), h('span', 'dim tile-note', tile.note))));
}

/**
 * Time that is left, from the median distance of the last steps on the clock; null when nothing can be said. `timing_s/step` is
 * less than that where a step also waits for disks, validation or the machine.
 */
export function timeLeft(run: RunInfo, model: RunModel): number | null {
  const ended = model.steps.slice(-31);
  const times = ended.slice(1).flatMap((record, index) => {
    const before = ended[index];
    const seconds = before ? (Date.parse(record.time) - Date.parse(before.time)) / 1000 / (record.step - before.step) : NaN;
    return Number.isFinite(seconds) ? [seconds] : [];
  }).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  return median === undefined || run.status !== 'running' ? null : median * Math.max(0, run.plannedSteps - run.step);
}

function timeParts(model: RunModel): string {
  const parts: readonly (readonly [string, string])[] = [['timing_s/gen', 'generate'], ['timing_s/reward', 'reward'], ['timing_s/update_actor', 'update']];
  const known = parts.flatMap(([metric, name]) => {
    const value = model.latest(metric);
    return value === null ? [] : [`${name} ${duration(value)}`];
  });
  return known.length > 0 ? known.join(' · ') : '–';
}

function shown(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}

function optional(change: string | undefined): { change?: string } {
  return change === undefined ? {} : { change };
}
