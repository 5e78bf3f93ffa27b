// The problem page: what is asked, what counts as the answer, may it be trained on, and how did the policy do so far?
import '../ui/base.css';
import './problem.css';
import * as v from 'valibot';
import type { Problem, ProblemRow } from '../../server/protocol/problem.ts';
import { button, chipButton, progressRing } from '../ui/controls.ts';
import { append, fill, h, icon } from '../ui/dom.ts';
import { mathNode } from '../ui/math.ts';
import { isCancelled } from '../ui/messages.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { Notices } from '../ui/notices.ts';
import { announce, startPage } from '../ui/page.ts';
import { codeBlock, richText } from '../ui/richTextView.ts';
import { Decide, type ProblemAction, type ProblemEvent, ProblemEventSchema, type ProblemRecord, ProblemStateSchema } from './contract.ts';
import { answerBox, type NewDecision, stateBox } from './decisions.ts';
import { drawnFrom, NOTHING_DRAWN } from './drawn.ts';
import { factsPanel, recordPanel } from './facts.ts';
import { testsPanel } from './testsPanel.ts';

const { channel, state } = startPage<ProblemAction, ProblemEvent>(ProblemEventSchema, onEvent);
const stored = state((value) => (v.is(ProblemStateSchema, value) ? value : null));

let problem: Problem | null = null;
let row: ProblemRow | null = null;
let fileAnswer: string | null = null;
let drawn = NOTHING_DRAWN;
let drawnRecord = '';
/** The set, as people know it. */
let name = '';
let path = '';

const title = h('h1', 'ellipsis');
const origin = h('span', 'dim ellipsis');
const line = button('Go to Line', () => { channel.send({ type: 'openLine' }); });
line.hidden = true;
const notices = new Notices();
const stateSlot = h('div');
const body = h('div', 'body');
const facts = h('div');
const record = h('div');
const main = h('main', 'problem', stateSlot, h('div', 'columns', body, h('aside', { class: 'side', attributes: { 'aria-label': 'About this problem' } }, record, facts)));

append(document.body, [h('header', 'top', h('div', 'grow', title, origin), line), notices.element, main]);
fill(body, h('div', 'empty', progressRing('Opening'), h('p', {}, 'Opening …')));
channel.ready();
tellWhenHostIsGone(channel, notices, 'Close this tab and open the problem again from the Problems view.');

function onEvent(event: ProblemEvent): void {
  switch (event.type) {
    case 'start':
      ({ name, path } = event);
      fill(title, event.id);
      fill(origin, name);
      stored.write({ version: 1, path: event.path, id: event.id });
      return;
    case 'problem':
      notices.clear('failed');
      problem = event.problem;
      row = event.row;
      fileAnswer = event.fileAnswer;
      return draw();
    case 'record':
      return showRecord(event.record, event.issue);
    case 'failed':
      if (problem) return notices.show('failed', { kind: 'error', text: event.message, action: { label: 'Try Again', run: retry } });
      return fill(body, h('div', 'empty', h('h2', {}, icon('error'), ' This problem could not be opened'), h('p', 'mono', event.message), chipButton('Try Again', retry)));
    case 'connection':
      return notices.showConnection(event.since, 'What is shown here stays; decisions wait until it is back.');
  }
}

function retry(): void {
  channel.send({ type: 'retry' });
}

function draw(): void {
  if (!problem || !row) return;
  const shown = problem;
  const before = drawn;
  drawn = drawnFrom(shown, row, fileAnswer);
  // An id that we made says nothing to people: where the file has none, the problem's first words stand for it.
  const named = shown.provenance.id !== undefined || row.title === '';
  fill(title, named ? shown.id : row.title);
  title.title = shown.id;
  fill(origin, named ? name : `${name} · record ${row.row + 1}`);
  line.hidden = row.line === null;
  if (drawn.state !== before.state) fill(stateSlot, stateBox(row, { decide }));
  if (drawn.body !== before.body) drawBody(shown, row);
  // Where the set itself is the origin, by the name that people know.
  if (drawn.facts !== before.facts) fill(facts, factsPanel(shown.provenance.file === path ? { ...shown, provenance: { ...shown.provenance, file: name } } : shown, row));
  if (record.childElementCount === 0) showRecord(null, null);
}

function drawBody(shown: Problem, row: ProblemRow): void {
  fill(body,
    h('section', { class: 'statement', attributes: { 'aria-label': 'Statement' } }, h('h2', {}, 'Statement'), richText(shown.statement.slice(0, 200_000), 0, [])),
    shown.domain === 'math' ? answerBox(row, fileAnswer, (answer) => mathNode(`\\displaystyle ${answer.replace(/^\$+|\$+$/g, '')}`, answer, false), { decide }) : null,
    shown.starterCode ? h('section', {}, h('h2', {}, 'Starter code'), codeBlock(shown.starterCode, 'python', 0, [])) : null,
    shown.tests ? testsPanel(shown.tests) : shown.domain === 'code' ? h('p', 'warn', icon('warning'), ' This problem has no tests, so nothing can be verified against it.') : null,
    shown.solution ? h('details', {}, h('summary', {}, 'Solution in the file'), richText(shown.solution.slice(0, 100_000), 0, [])) : null,
    shown.prompt.length > 0 ? h('details', {}, h('summary', {}, 'Prompt as the file carries it'), shown.prompt.map((message) => h('div', 'message', h('h3', 'dim', message.role), h('pre', {}, message.content.slice(0, 100_000))))) : null);
}

function showRecord(groups: ProblemRecord | null, issue: string | null): void {
  const now = JSON.stringify([groups, issue]);
  if (now === drawnRecord) return;
  drawnRecord = now;
  fill(record, recordPanel(groups, issue, (path, ref) => { channel.send({ type: 'openRollout', path, ref }); }));
}

function decide(decision: NewDecision | null): void {
  notices.clear('decide');
  channel.call(Decide, { decision }).then((answer) => {
    row = answer.row;
    draw();
    announce(`now ${answer.row.state}`);
  }, (error: unknown) => {
    if (!isCancelled(error)) notices.show('decide', { kind: 'error', text: `Not stored: ${error instanceof Error ? error.message : String(error)}` });
  });
}
