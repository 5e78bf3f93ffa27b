// The run dashboard: is this run healthy?
import '../ui/base.css';
import './dashboard.css';
import * as v from 'valibot';
import { FINAL_STATUSES, type RunInfo } from '../../server/protocol/training.ts';
import { button, chipButton, progressRing } from '../ui/controls.ts';
import { append, fill, h, icon } from '../ui/dom.ts';
import { count, duration } from '../ui/format.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { Notices } from '../ui/notices.ts';
import { announce, startPage } from '../ui/page.ts';
import { Chart } from './charts.ts';
import { chartSpecs } from './chartSpecs.ts';
import { type DashboardAction, type DashboardEvent, DashboardEventSchema, DashboardStateSchema, type StageRun } from './contract.ts';
import { healthOf } from './health.ts';
import { RunModel } from './runModel.ts';
import { stepsTable } from './stepsTable.ts';
import { tiles, timeLeft } from './tiles.ts';
import { validationMetrics } from './validation.ts';

/** The page is drawn at most this often, however many events arrive. */
const DRAW_MS = 250;

const { channel, state } = startPage<DashboardAction, DashboardEvent>(DashboardEventSchema, onEvent);
const stored = state((value) => (v.is(DashboardStateSchema, value) ? value : null));

let run: RunInfo | null = null;
let trusted = false;
let model = new RunModel();
let charts: Chart[] = [];
/** Number of validation metrics that the charts were made for. */
let charted = 0;
let away: number | null = null;
let hostGone = false;
let drawTimer: ReturnType<typeof setTimeout> | undefined;
/** The stage after this run's in its recipe. */
let next: StageRun | null = null;
/** What the health line says now, so that it is only drawn and announced when it changes. */
let lastLevel = '';

const notices = new Notices();
const title = h('h1');
const facts = h('span', 'dim ellipsis');
const status = h('span', 'chip');
const connection = h('span', 'dim connection');
const rolloutsButton = button('Rollouts', openNewestRollouts);
const stopButton = button('Stop', () => { channel.send({ type: 'stop' }); });
const resumeButton = button('Resume', () => { channel.send({ type: 'resume' }); }, { primary: true });
const nextButton = button('Launch Next Stage', () => { if (next !== null) channel.send({ type: 'launchStage', stageId: next.id }); }, { primary: true });
const actions = h('div', { class: 'row wrap actions', hidden: true }, button('Open Run Folder', () => { channel.send({ type: 'openFolder' }); }), rolloutsButton, stopButton, resumeButton, nextButton);
const health = h('section', { class: 'health', attributes: { 'aria-label': 'Health' } });
const stages = h('nav', { class: 'stages', attributes: { 'aria-label': 'Stages of the recipe' } });
const tileSlot = h('div');
const chartGrid = h('section', { class: 'charts', attributes: { 'aria-label': 'Charts' } });
const alerts = h('section', { attributes: { 'aria-label': 'Needs a look' } });
const logBox = h('pre', { class: 'log', tabIndex: 0, attributes: { 'aria-label': 'Log' }, on: { scroll: () => { logFollows = logBox.scrollTop + logBox.clientHeight >= logBox.scrollHeight - 4; } } });
let logFollows = true;
new ResizeObserver(followLog).observe(logBox);
const signs = h('section', { attributes: { 'aria-label': 'Signs' } });
const table = h('div');
const main = h('main', 'dashboard', health, stages, tileSlot,
  h('div', 'columns', chartGrid, h('aside', { class: 'side', attributes: { 'aria-label': 'Alerts and log' } }, alerts, signs, h('section', 'log-box', h('h2', {}, 'Log'), logBox))), table);

append(document.body, [h('header', 'top', h('div', 'name row wrap', title, status), actions, h('div', 'about', facts, connection)), notices.element, main]);
fill(health, h('div', 'row', progressRing('Opening'), 'Opening the run …'));
// Themes change classes and variables of the document; canvases do not follow by themselves.
new MutationObserver(() => { for (const chart of charts) chart.recolour(); }).observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
// "Last seen" and "no news for" grow while nothing arrives.
setInterval(() => { if (run && (away !== null || run.status === 'running')) showClock(); }, 1000);
channel.ready();
tellWhenHostIsGone(channel, notices, 'The run goes on: close this tab and open the run again from the Runs view.', (gone) => {
  hostGone = gone;
  document.body.classList.toggle('away', gone || away !== null);
  showClock();
});

function onEvent(event: DashboardEvent): void {
  switch (event.type) {
    case 'start':
      model = new RunModel();
      lastLevel = '';
      trusted = event.trusted;
      run = event.run;
      notices.clear('failed');
      stored.write({ version: 1, directory: event.directory });
      makeCharts(event.run);
      return draw();
    case 'stages': return showStages(event.stages);
    case 'run':
      run = event.run;
      return drawSoon();
    case 'events':
      model.add(event.events);
      return drawSoon();
    case 'failed':
      if (run) return notices.show('failed', { kind: 'error', text: event.message, action: { label: 'Try Again', run: retry } });
      return fill(health, h('div', 'empty', h('h2', {}, icon('error'), ' This run could not be opened'), h('p', 'mono', event.message), chipButton('Try Again', retry)));
    case 'connection':
      away = event.since;
      document.body.classList.toggle('away', hostGone || away !== null);
      return showClock();
  }
}

function retry(): void {
  channel.send({ type: 'retry' });
}

function drawSoon(): void {
  drawTimer ??= setTimeout(() => {
    drawTimer = undefined;
    draw();
  }, DRAW_MS);
}

function draw(): void {
  if (!run) return;
  const now = run;
  fill(title, now.runId);
  title.title = now.directory;
  facts.title = `${now.engineLabel} · ${now.title} · started ${ago(now.startedAt)}`;
  fill(facts, facts.title);
  status.className = `chip status status-${now.status}`;
  fill(status, icon(now.status === 'running' ? 'circle-filled' : now.status === 'succeeded' ? 'pass' : now.status === 'failed' || now.status === 'lost' ? 'error' : 'circle-outline'), now.status);
  actions.hidden = false;
  showActions(now);
  showClock();
  fill(tileSlot, tiles(now, model));
  if (charted !== model.validation.size) makeCharts(now);
  for (const chart of charts) chart.update(model, now.plannedSteps);
  showAlerts();
  showLog();
  fill(table, model.steps.length > 0 ? stepsTable(model, openRollouts) : null);
  if (now.issues.length > 0) notices.show('issues', { kind: 'warning', text: now.issues.slice(0, 5).join('; ') });
  else notices.clear('issues');
}

/** Everything that depends on the time of day: the connection line and the health sentence. */
function showClock(): void {
  if (!run) return;
  const now = Date.now();
  fill(connection, hostGone ? h('span', 'warn', icon('debug-disconnect'), ' no news') : away === null ? `connected · event ${count(model.lastSeq)}` : h('span', 'warn', icon('debug-disconnect'), ` server away: last seen ${duration(Math.max(0, Math.round((now - away) / 1000)))} ago, events are safe on disk`));
  const said = healthOf(run, model, now);
  const left = timeLeft(run, model);
  // Of the steps that the page shows: what is told of the run comes a little later.
  const steps = `step ${count(model.steps.at(-1)?.step ?? run.step)} of ${count(run.plannedSteps)}`;
  const key = `${said.level}${said.word}${said.sentence}${steps}${left === null ? '' : Math.round(left / 10)}`;
  if (key === lastLevel) return;
  if (!lastLevel.startsWith(said.level)) announce(`${said.word}: ${said.sentence}`);
  lastLevel = key;
  const icons = { healthy: 'pass', look: 'warning', broken: 'error', ended: 'circle-outline', unknown: 'clock' } as const;
  health.className = `health health-${said.level}`;
  fill(health, h('span', 'health-word', icon(icons[said.level]), ` ${said.word}`), h('span', 'grow', said.sentence), h('span', 'dim num', steps, left === null ? '' : ` · about ${duration(left)} left`));
  if (run.engine === 'rehearsal') health.append(h('span', 'rehearsal dim', 'A rehearsal trains no model: it samples from recorded rollouts and moves a tabular policy.'));
  fill(signs, said.signs.length > 0 ? [h('h2', {}, 'Signs'), h('ul', 'signs', said.signs.map((sign) => h('li', {}, h('span', sign.good ? 'right' : 'warn', icon(sign.good ? 'check' : 'warning', sign.good ? 'good' : 'look')), sign.text)))] : null);
}

/** The buttons are made once and only change: on a fast run, one that is made anew vanishes between press and release. */
function showActions(now: RunInfo): void {
  const ended = FINAL_STATUSES.includes(now.status) || now.status === 'lost';
  const step = [...model.rollouts.keys()].at(-1);
  rolloutsButton.hidden = step === undefined;
  if (step !== undefined) rolloutsButton.textContent = `Rollouts of Step ${count(step)}`;
  stopButton.hidden = ended;
  stopButton.disabled = now.status === 'stopping';
  resumeButton.hidden = !ended || now.status === 'succeeded';
  nextButton.hidden = now.status !== 'succeeded' || next === null;
  nextButton.title = next === null ? '' : now.checkpoint === null ? `${next.title}; a rehearsal leaves no model to start from` : `${next.title}, from the model of step ${now.checkpoint.step}`;
  resumeButton.disabled = !trusted;
  resumeButton.title = trusted ? 'Goes on from the last checkpoint' : 'Needs a trusted workspace';
}

function openNewestRollouts(): void {
  const path = [...model.rollouts.values()].at(-1);
  if (path !== undefined) openRollouts(path);
}

function showStages(list: readonly StageRun[]): void {
  next = list[list.findIndex(({ id }) => id === run?.stageId) + 1] ?? null;
  if (run) showActions(run);
  fill(stages, h('ol', {}, list.map((stage) => {
    const here = stage.id === run?.stageId;
    const done = stage.run?.status === 'succeeded';
    const newest = stage.run && stage.run.directory !== run?.directory ? stage.run : null;
    const note = newest ? `${here ? 'a newer run ' : ''}${newest.status}, step ${count(newest.step)} of ${count(newest.plannedSteps)}` : here ? 'this run' : 'not run yet: launch it';
    const content = [h('b', {}, done ? icon('check', 'finished') : null, stage.title), h('span', 'dim', note)];
    // Its newest run, or the launcher; this run itself is on the page already.
    const open = (): void => { channel.send(newest ? { type: 'openRun', directory: newest.directory } : { type: 'launchStage', stageId: stage.id }); };
    return h('li', { class: `stage${here ? ' here' : done ? ' done' : ''}`, attributes: { 'aria-current': here ? 'step' : null } },
      here && !newest ? content : h('button', { class: 'link', attributes: { type: 'button' }, on: { click: open } }, content));
  })));
}

function showAlerts(): void {
  fill(alerts, h('h2', {}, 'Needs a look'), model.alerts.length === 0 ? h('p', 'dim', 'Nothing.') : model.alerts.map((alert) => h('div', `alert alert-${alert.severity}`,
    h('b', {}, icon(alert.severity === 'error' ? 'error' : 'warning', alert.severity), ` ${alert.message}`),
    h('span', 'dim', `${alert.step === null ? '' : `step ${count(alert.step)} · `}${new Date(alert.time).toLocaleTimeString('en-GB')}${alert.times > 1 ? ` · ${alert.times} times` : ''}`))));
}

/** The log follows its end only while the reader is at its end. */
function showLog(): void {
  fill(logBox, model.log.length === 0 ? h('span', 'dim', 'Nothing yet.') : model.log.map((line) => h('span', line.stream === 'stderr' ? 'warn' : '', `${new Date(line.time).toLocaleTimeString('en-GB')} ${line.text}\n`)));
  followLog();
}

/** Keeps the newest lines in sight, unless somebody scrolled up to read; also when the box becomes smaller. */
function followLog(): void {
  if (logFollows) logBox.scrollTop = logBox.scrollHeight;
}

/** The charts of this run; made again when validation begins, which a rehearsal never does. */
function makeCharts(now: RunInfo): void {
  for (const chart of charts) chart.dispose();
  charted = model.validation.size;
  charts = chartSpecs(now, validationMetrics(model.validation)).map((spec) => new Chart(spec, (step) => {
    const path = model.rollouts.get(step);
    if (path !== undefined) openRollouts(path);
  }));
  fill(chartGrid, charts.map((chart) => chart.element));
}

function openRollouts(path: string): void {
  channel.send({ type: 'openRollouts', path });
}

function ago(time: string): string {
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  return Number.isFinite(seconds) ? `${duration(Math.max(0, Math.round(seconds)))} ago` : time;
}
