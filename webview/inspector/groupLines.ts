// The lines of the left list as elements: a problem with the picture of its rollouts, or one rollout.
import type { RolloutGroup, RolloutRow } from '../../server/protocol/rollout.ts';
import { h, icon } from '../ui/dom.ts';
import { percent, plural, shortTokens, signed } from '../ui/format.ts';
import { describeSquares, squares, stateWord } from '../ui/squares.ts';
import type { LineRef } from './listGeometry.ts';

/** How a line stands in the list now. */
export interface LineState {
  readonly cursor: boolean;
  readonly open: boolean;
  readonly selected: boolean;
  /** The rollout of this group that the cursor is on. */
  readonly here: number | undefined;
  /** Groups in the list. */
  readonly total: number;
  /** The file holds several steps, so that a group's step is worth its place. */
  readonly step: boolean;
}

const SIGNS = { correct: 'check', incorrect: 'close', unverifiable: 'question', error: 'warning', unverified: 'circle-outline' } as const;
const TONES = { correct: 'right', incorrect: 'wrong', unverifiable: 'warn', error: 'warn', unverified: 'dim' } as const;

/** Everything a line's picture depends on, so that an equal key means an equal element. */
export function lineKey(line: LineRef, group: RolloutGroup | undefined, state: LineState): string {
  if (!group) return `${line.group}/${line.row}/…/${state.cursor}`;
  if (line.row < 0) {
    const picture = group.rows.map((row) => `${row.state.slice(0, 3)}${row.cut ? 'x' : ''}`).join('');
    return `${line.group}/${group.key}/${state.open}/${state.cursor}/${state.here ?? ''}/${state.total}/${group.correct}/${group.judged}/${picture}`;
  }
  const row = group.rows[line.row];
  return row ? `${line.group}/${line.row}/${row.ref}/${row.state}/${row.advantage ?? ''}/${row.extracted ?? ''}/${state.selected}/${state.cursor}` : `${line.group}/${line.row}/gone`;
}

/** The element of a line; one that is still being fetched says so. */
export function lineElement(line: LineRef, group: RolloutGroup | undefined, state: LineState): HTMLElement {
  const row = line.row < 0 ? undefined : group?.rows[line.row];
  if (!group) return h('div', { class: 'line group', id: lineId(line), role: 'treeitem', attributes: { ...places(line), 'aria-busy': 'true' } }, h('span', 'dim', 'loading …'));
  return row ? rolloutLine(line, row, group, state) : groupLine(line, group, state);
}

export function lineId({ group, row }: LineRef): string {
  return `line-${group}-${row}`;
}

function places({ group, row }: LineRef): Record<string, number> {
  return { 'data-group': group, 'data-row': row };
}

function groupLine(line: LineRef, group: RolloutGroup, { cursor, open, here, total, step }: LineState): HTMLElement {
  const judged = group.judged > 0;
  const quiet = !group.signal && group.judged > 1;
  return h('div', {
    class: `line group${cursor ? ' cursor' : ''}${here === undefined ? '' : ' holds-cursor'}`, id: lineId(line), role: 'treeitem',
    attributes: {
      ...places(line), 'aria-level': 1, 'aria-expanded': open, 'aria-posinset': line.group + 1, 'aria-setsize': total, 'aria-selected': cursor ? 'true' : 'false',
      'aria-label': `${group.title}. ${judged ? `${group.correct} of ${group.judged} right` : 'not verified'}, ${describeSquares(group.rows)}, ${shortTokens(group.meanTokens)} tokens on average${quiet ? ', no signal' : ''}`,
    },
  },
  h('div', 'group-top',
    h('span', 'group-fold', icon(open ? 'chevron-down' : 'chevron-right')),
    h('span', { class: 'grow ellipsis', title: group.title }, group.title),
    h('span', { class: 'num', title: judged ? `pass rate ${percent(group.correct / group.judged)}` : '' }, judged ? `${group.correct}/${group.judged}` : 'not verified')),
  h('div', 'group-bottom',
    squares(group.rows, here),
    h('span', 'grow'),
    h('span', 'dim num', `${step && group.step !== null ? `step ${group.step} · ` : ''}${shortTokens(group.meanTokens)} avg${quiet ? ' · no signal' : ''}`)));
}

function rolloutLine(line: LineRef, row: RolloutRow, group: RolloutGroup, { cursor, selected }: LineState): HTMLElement {
  const longest = Math.max(1, ...group.rows.map((other) => other.tokens.value));
  const word = stateWord(row.state, row.cut);
  const answer = row.extracted ?? (row.cut ? 'cut' : group.domain === 'code' ? 'no program' : 'no answer');
  return h('div', {
    class: `line rollout${cursor ? ' cursor' : ''}${selected ? ' selected' : ''}`, id: lineId(line), role: 'treeitem',
    attributes: {
      ...places(line), 'aria-level': 2, 'aria-posinset': line.row + 1, 'aria-setsize': group.rows.length, 'aria-selected': selected || cursor ? 'true' : 'false',
      'aria-label': `sample ${row.sample + 1}, ${word}, ${plural(row.tokens.value, 'token')}, answer ${answer}${row.reward === null ? '' : `, reward ${row.reward}`}${row.advantage === null ? '' : `, advantage ${signed(row.advantage)}`}`,
    },
  },
  h('span', { class: TONES[row.state], title: word }, icon(SIGNS[row.state])),
  h('span', 'dim num', `#${row.sample + 1}`),
  h('span', { class: 'length', title: plural(row.tokens.value, 'token') + (row.tokens.estimated ? ' (estimated)' : '') },
    h('i', { class: row.cut ? 'length-cut' : '', style: { width: `${Math.max(2, (100 * row.tokens.value) / longest)}%` } })),
  h('span', 'dim num', shortTokens(row.tokens.value)),
  h('span', { class: `ellipsis mono answer${row.extracted === null ? ' dim' : ''}`, title: answer }, row.cut && row.extracted === null ? [icon('screen-cut'), ' cut'] : answer.replace(/\s+/g, ' ').slice(0, 60)),
  h('span', { class: 'num', title: row.reward === null ? 'no reward known' : `reward ${row.reward}` }, row.reward === null ? '–' : row.reward),
  h('span', { class: `num ${row.advantage === null || row.advantage === 0 ? 'dim' : row.advantage > 0 ? 'right' : 'wrong'}`, title: 'advantage' }, row.advantage === null ? '' : signed(row.advantage)));
}
