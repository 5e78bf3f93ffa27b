// The latest steps as numbers, newest first; a row leads to its rollouts.
import { h } from '../ui/dom.ts';
import { count, duration, percent, value as exact } from '../ui/format.ts';
import type { RunModel, StepRecord } from './runModel.ts';

const SHOWN = 40;

const COLUMNS: readonly { readonly title: string; readonly metric: string; readonly format: (value: number) => string }[] = [
  { title: 'reward', metric: 'critic/score/mean', format: (value) => value.toFixed(3) },
  { title: 'all right', metric: 'groups/all_correct', format: percent },
  { title: 'all wrong', metric: 'groups/all_wrong', format: percent },
  { title: 'tokens', metric: 'response_length/mean', format: (value) => count(Math.round(value)) },
  { title: 'cut', metric: 'response_length/clip_ratio', format: percent },
  { title: 'entropy', metric: 'actor/entropy', format: (value) => value.toFixed(3) },
  { title: 'ppo_kl', metric: 'actor/ppo_kl', format: exact },
  { title: 'clip', metric: 'actor/pg_clipfrac', format: percent },
  { title: 'grad norm', metric: 'actor/grad_norm', format: exact },
  { title: 'verify', metric: 'timing_s/reward', format: duration },
  { title: 'time', metric: 'timing_s/step', format: duration },
];

export function stepsTable(model: RunModel, open: (path: string) => void): HTMLElement {
  const rows = model.steps.slice(-SHOWN).reverse();
  const columns = COLUMNS.filter((column) => rows.some((row) => typeof row.metrics[column.metric] === 'number'));
  return h('section', { class: 'steps', attributes: { 'aria-label': 'Latest steps' } },
    h('table', {}, h('caption', 'sr-only', 'Latest steps, newest first'),
      h('thead', {}, h('tr', {}, ['step', ...columns.map((column) => column.title), 'rollouts'].map((title) => h('th', { class: 'num', attributes: { scope: 'col' } }, title)))),
      h('tbody', {}, rows.map((row) => line(row, columns, model.rollouts.get(row.step), open)))));
}

function line(row: StepRecord, columns: typeof COLUMNS, path: string | undefined, open: (path: string) => void): HTMLElement {
  return h('tr', { title: new Date(row.time).toLocaleString() }, h('td', 'num', count(row.step)), columns.map(({ metric, format }) => {
    const value = row.metrics[metric];
    return h('td', 'num', typeof value === 'number' ? format(value) : '–');
  }), h('td', 'num', path === undefined ? '–' : h('button', { class: 'link', attributes: { type: 'button', 'aria-label': `Rollouts of step ${row.step}` }, on: { click: () => { open(path); } } }, 'open')));
}
