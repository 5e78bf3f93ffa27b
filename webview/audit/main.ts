// The audit page: where do our math verifier and the second checker pay differently, how often, and which of them is right?
import '../ui/base.css';
import './audit.css';
import * as v from 'valibot';
import type { RolloutAudit } from '../../server/protocol/audit.ts';
import { button, chipButton } from '../ui/controls.ts';
import { append, type Child, fill, h, icon } from '../ui/dom.ts';
import { count, plural } from '../ui/format.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { Notices } from '../ui/notices.ts';
import { announce, startPage } from '../ui/page.ts';
import { type AuditAction, type AuditEvent, AuditEventSchema, type AuditProgress, AuditStateSchema } from './contract.ts';
import { countSides, type Found, shown, type Side, SIDES } from './list.ts';
import { disagreementRow } from './row.ts';

const { channel, state } = startPage<AuditAction, AuditEvent>(AuditEventSchema, onEvent);
const stored = state((value) => (v.is(AuditStateSchema, value) ? value : null));

/** Rows that are drawn at first, and added by each "Show More": the list stays bounded however many there are. */
const PAGE = 100;
/** News are drawn at most this often, milliseconds. */
const DRAW_EVERY_MS = 150;

const SIDE_LABELS: Readonly<Record<Side, string>> = { all: 'All', ours: 'Only ours correct', theirs: 'Only the second checker equal', failed: 'Second checker failed' };

let found: Found[] = [];
let progress: AuditProgress = { phase: 'idle' };
let side: Side = 'all';
let limit = PAGE;
let trusted = true;
let drawing: ReturnType<typeof setTimeout> | undefined;

const title = h('h1', 'ellipsis', 'Audit of the math verifier');
const origin = h('span', 'dim ellipsis');
const run = button('Run Again', () => { channel.send({ type: 'run' }); }, { primary: true });
const cancel = button('Cancel', () => { channel.send({ type: 'cancel' }); });
const report = button('Copy Report', () => { channel.send({ type: 'copyReport' }); }, { title: 'Copy everything as Markdown' });
const bar = h('div', { class: 'bar', role: 'progressbar', attributes: { 'aria-label': 'Audit', 'aria-valuemin': 0, 'aria-valuemax': 100 } }, h('i'));
const notices = new Notices();
const outcome = h('section', { class: 'outcome', attributes: { 'aria-label': 'Outcome' } });
const filters = h('div', { class: 'filters row wrap', role: 'group', attributes: { 'aria-label': 'Which disagreements' } });
const list = h('div', 'list');

append(document.body, [
  h('header', 'top', h('div', 'grow', title, origin), cancel, report, run), bar, notices.element,
  h('main', 'audit', outcome, filters, list),
]);
draw();
channel.ready();
tellWhenHostIsGone(channel, notices, 'What was found stays here; close this tab and start the audit again to go on.');

function onEvent(event: AuditEvent): void {
  switch (event.type) {
    case 'start':
      stored.write({ version: 1, path: event.path });
      trusted = event.trusted;
      fill(origin, event.name);
      origin.title = event.path;
      return draw();
    case 'progress':
      if (event.progress.phase !== progress.phase) announce(sentence(event.progress));
      progress = event.progress;
      return drawSoon();
    case 'found':
      if (event.from === 0) {
        found = [];
        limit = PAGE;
      }
      // What was sent twice is not counted twice.
      found = [...found.slice(0, event.from), ...event.pairs.map((pair, at) => ({ index: event.from + at, pair }))];
      return drawSoon();
    case 'connection':
      return notices.showConnection(event.since, 'What was found stays here; the audit has to be run again.');
  }
}

function drawSoon(): void {
  drawing ??= setTimeout(() => {
    drawing = undefined;
    draw();
  }, DRAW_EVERY_MS);
}

function draw(): void {
  const busy = isBusy();
  run.hidden = busy;
  run.disabled = !trusted;
  run.title = trusted ? '' : 'The second checker runs in trusted workspaces only';
  run.lastChild?.replaceWith(progress.phase === 'idle' ? 'Run' : 'Run Again');
  cancel.hidden = !busy;
  report.disabled = found.length === 0 && progress.phase !== 'ended';
  drawBar(busy);
  fill(outcome, h('p', progress.phase === 'failed' ? 'wrong' : '', sentence(progress)), progress.phase === 'ended' ? facts(progress.audit) : null);
  drawFilters();
  drawList(busy);
}

function isBusy(): boolean {
  return progress.phase === 'preparing' || progress.phase === 'reading' || progress.phase === 'asking';
}

/** Reading is quick, asking is slow: a tenth of the bar and the rest. */
function drawBar(busy: boolean): void {
  const share = progress.phase === 'reading' ? 0.1 * part(progress) : progress.phase === 'asking' ? 0.1 + 0.9 * part(progress) : 0;
  bar.classList.toggle('bar-idle', !busy);
  bar.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  const fillOf = bar.firstElementChild;
  if (fillOf instanceof HTMLElement) fillOf.style.setProperty('width', `${(100 * share).toFixed(1)}%`);
}

function part({ done, total }: { readonly done: number; readonly total: number }): number {
  return total === 0 ? 1 : done / total;
}

function sentence(now: AuditProgress): string {
  switch (now.phase) {
    case 'idle': return 'Not run in this window yet. Our math verifier and the second checker judge every answer of the file; where they would pay differently is listed here.';
    case 'preparing': return 'Looking for the second checker …';
    case 'reading': return `Our verifier judges the rollouts: ${count(now.done)} of ${count(now.total)}`;
    case 'asking': return `The second checker judges each distinct pair of gold and answer, the most frequent first: ${count(now.done)} of ${count(now.total)}`;
    case 'failed': return `Failed: ${now.message}${found.length > 0 ? ' What was found before stands below.' : ''}`;
    case 'ended': return ended(now.audit);
  }
}

function ended(audit: RolloutAudit): string {
  const differ = audit.onlyOurs + audit.onlyTheirs;
  const head = audit.cancelled ? `Cancelled after ${count(audit.asked)} of ${plural(audit.pairs, 'distinct pair')}. ` : '';
  if (audit.pairs === 0 && !audit.cancelled) return 'The file has no math rollout with an answer and a gold answer, so there is nothing to compare.';
  if (differ === 0) return `${head}The checkers agree on all ${plural(audit.asked, 'distinct pair')} that both judged.`;
  return `${head}The checkers would pay ${plural(audit.paidDifferently, 'rollout')} differently: ${count(differ)} of ${plural(audit.asked, 'distinct pair')}.`;
}

function facts(audit: RolloutAudit): Child {
  const entries: [string, string][] = [
    ['rollouts', count(audit.rollouts)], ['with a pair', count(audit.occurrences)], ['without an answer', count(audit.withoutAnswer)],
    ['not of a known math problem', count(audit.notMath)], ['distinct pairs', count(audit.pairs)], ['agree', count(audit.agreed)],
    ['second checker failed', count(audit.failed)], ['second checker', audit.checker],
  ];
  if (audit.beyondLimit > 0) entries.push(['beyond the limit of pairs', count(audit.beyondLimit)]);
  const [issue] = audit.issues;
  return [
    h('dl', 'facts', entries.map(([name, fact]) => h('div', {}, h('dt', {}, name), h('dd', {}, fact)))),
    issue ? h('p', 'warn', `${plural(audit.issues.length, 'record')} left out. The first: ${issue.message}`) : null,
  ];
}

function drawFilters(): void {
  const counts = countSides(found);
  filters.hidden = found.length === 0;
  fill(filters, SIDES.filter((each) => each === 'all' || counts[each].pairs > 0).map((each) => chipButton(`${SIDE_LABELS[each]} ${count(counts[each].pairs)}`, () => {
    side = each;
    limit = PAGE;
    draw();
  }, { pressed: side === each, title: `${plural(counts[each].pairs, 'distinct pair')}, ${plural(counts[each].rollouts, 'rollout')}` })));
}

function drawList(busy: boolean): void {
  const rows = shown(found, side);
  if (rows.length === 0) {
    fill(list, progress.phase === 'ended' && !progress.audit.cancelled && found.length === 0 && progress.audit.pairs > 0 ? h('div', 'empty', icon('pass'), h('h2', {}, 'No disagreement')) : progress.phase === 'asking' ? h('p', 'dim', 'No disagreement so far.') : null);
    return;
  }
  const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement);
  // Drawing under the user's hand would move what is about to be clicked: news wait until the focus has left the list.
  if (focused && busy) return;
  fill(list,
    h('table', {},
      h('caption', 'sr-only', 'Disagreements, the most frequent first'),
      h('thead', {}, h('tr', {}, ['times', 'gold', 'answer', 'our verifier', 'second checker', ''].map((name, at) => h('th', { class: at === 0 ? 'num' : '', attributes: { scope: 'col' } }, name)))),
      h('tbody', {}, rows.slice(0, limit).map((row) => disagreementRow(row, {
        open: (ref) => { channel.send({ type: 'openRollout', ref }); },
        copyTest: (index) => { channel.send({ type: 'copyTest', index }); },
      })))),
    rows.length > limit ? h('p', 'more', chipButton(`Show ${count(Math.min(PAGE, rows.length - limit))} More`, () => {
      limit += PAGE;
      draw();
    }), h('span', 'dim', ` ${count(limit)} of ${count(rows.length)} shown`)) : null);
}
