// What is known about a problem: pass rate with its uncertainty, difficulty, where it came from, notes of the importer.
import type { Problem, ProblemRow } from '../../server/protocol/problem.ts';
import { h, type Child } from '../ui/dom.ts';
import { percent, value } from '../ui/format.ts';
import { wilson } from '../ui/wilson.ts';
import type { ProblemRecord } from './contract.ts';

export function factsPanel(problem: Problem, row: ProblemRow): HTMLElement {
  const { provenance } = problem;
  const rows: [string, Child][] = [
    ['domain', problem.domain],
    ['pass rate', passRate(row)],
    ['difficulty', row.difficulty === null ? 'unknown' : `${value(row.difficulty.value)} (${row.difficulty.scale})`],
  ];
  const origin: [string, Child][] = [
    ['data set', provenance.dataset],
    ['file', h('span', 'mono', provenance.file)],
    ['record', `${provenance.row + 1}${provenance.line === null ? '' : `, line ${provenance.line + 1}`}`],
    ['id in the file', provenance.id ?? null], ['source', provenance.url ?? null], ['licence', provenance.licence ?? null], ['revision', provenance.revision ?? null], ['date', provenance.date ?? null],
  ];
  return h('section', { attributes: { 'aria-label': 'Facts' } },
    h('h2', {}, 'Difficulty'), list(rows), h('h2', {}, 'Origin'), list(origin),
    problem.notes.length > 0 ? [h('h2', {}, 'Notes of the import'), h('ul', 'notes', problem.notes.map((note) => h('li', {}, note)))] : null);
}

function list(rows: readonly [string, Child][]): HTMLElement {
  return h('dl', 'facts', rows.filter(([, fact]) => fact !== null).map(([name, fact]) => [h('dt', {}, name), h('dd', {}, fact)]));
}

function passRate(row: ProblemRow): Child {
  const rate = row.passRate;
  if (rate === null || rate.attempts === 0) return 'unknown';
  const { low, high } = wilson(rate.correct, rate.attempts);
  return [h('b', {}, `${rate.correct} of ${rate.attempts}`), ` (${percent(rate.correct / rate.attempts)})`, rate.model ? ` by ${rate.model}` : '', interval(low, high, rate.correct / rate.attempts),
    h('span', 'dim', `95 %: ${percent(low)} to ${percent(high)}`)];
}

/** The Wilson interval as a bar from 0 to 1 with a tick at the measured share. */
function interval(low: number, high: number, at: number): HTMLElement {
  const place = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return h('span', { class: 'interval', attributes: { 'aria-hidden': 'true' } }, h('i', { class: 'interval-range', style: { left: place(low), width: place(high - low) } }), h('i', { class: 'interval-at', style: { left: place(at) } }));
}

/** The problem's groups over files and steps: each square is a rollout and leads to it. */
export function recordPanel(record: ProblemRecord | null, issue: string | null, open: (path: string, ref: number) => void): HTMLElement {
  const body = record === null ? h('p', 'dim', 'Looking for its rollouts …')
    : record.length === 0 ? h('p', 'dim', 'No rollout of this problem in the workspace yet.')
    : h('table', 'record',
      h('caption', 'sr-only', 'Rollouts of this problem by file and step'),
      h('thead', {}, h('tr', {}, ['file', 'step', 'rollouts', 'right'].map((title, index) => h('th', { class: index % 2 ? 'num' : '', attributes: { scope: 'col' } }, title)))),
      h('tbody', {}, [...record].sort((a, b) => a.name.localeCompare(b.name) || (a.group.step ?? 0) - (b.group.step ?? 0)).map(({ path, name, group }) => h('tr', {},
        h('td', { title: path }, h('button', { class: 'link', attributes: { type: 'button' }, on: { click: () => { if (group.rows[0]) open(path, group.rows[0].ref); } } }, name)),
        h('td', 'num', group.step ?? '–'),
        h('td', {}, h('span', 'squares', group.rows.slice(0, 64).map((row) => h('button', {
          class: `sq sq-${row.state}${row.cut ? ' sq-cut' : ''}`, title: `sample ${row.sample + 1}: ${row.state}${row.cut ? ', cut' : ''}`,
          attributes: { type: 'button', 'aria-label': `sample ${row.sample + 1}, ${row.state}${row.cut ? ', cut' : ''}: open` }, on: { click: () => { open(path, row.ref); } },
        })))),
        h('td', 'num', group.judged > 0 ? `${group.correct}/${group.judged}` : '–')))));
  return h('section', { attributes: { 'aria-label': 'Rollouts' } }, h('h2', {}, 'Its rollouts'), issue ? h('p', 'warn', issue) : null, body);
}
