// The rollout inspector: why did this rollout get this reward? Wires list, detail, search and host together.
import '../ui/base.css';
import './inspector.css';
import type { FileIssue } from '../../server/protocol/problem.ts';
import type { RolloutFileInfo, RolloutQuery, RolloutRow } from '../../server/protocol/rollout.ts';
import { chipButton, choice, isTyping, progressRing } from '../ui/controls.ts';
import { append, fill, h, icon } from '../ui/dom.ts';
import { count, plural } from '../ui/format.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { Notices } from '../ui/notices.ts';
import { announce, debounce, startPage } from '../ui/page.ts';
import { searchWords } from './appearance.ts';
import { Groups, type InspectorAction, type InspectorEvent, InspectorEventSchema, OneRollout, RolloutText } from './contract.ts';
import { DetailPane } from './detailPane.ts';
import { GroupList } from './groupList.ts';
import { GroupStore } from './groupStore.ts';
import { showKeys } from './keysHelp.ts';
import { parseState } from './state.ts';
import { TopBar } from './topBar.ts';

const SORTS = [
  { value: 'file', label: 'file order' }, { value: 'spread', label: 'mixed results first' }, { value: 'passRate', label: 'pass rate, low first' },
  { value: 'tokens', label: 'longest first' }, { value: 'title', label: 'title' },
] as const;

const { channel, state } = startPage<InspectorAction, InspectorEvent>(InspectorEventSchema, onEvent);
const stored = state(parseState);
const restored = stored.read();

let query: RolloutQuery = restored?.query ?? { sort: 'file' };
const arrangement = { raw: restored?.raw ?? false, promptOpen: restored?.promptOpen ?? false, thinkingOpen: restored?.thinkingOpen ?? false };
let info: RolloutFileInfo | null = null;
let trusted = false;
/** News that would move lines under the reader's eyes wait here until asked for. */
let pendingInfo: RolloutFileInfo | null = null;
/** A rollout to show as soon as the file is open. */
let wanted: number | null = null;

const store = new GroupStore(
  (asked, offset, limit, signal) => channel.call(Groups, { query: asked, offset, limit }, signal),
  { onPage, onError: (message) => { notices.show('query', { kind: 'error', text: message, action: { label: 'Try Again', run: () => void start(query) } }); } });

const list = new GroupList(store, {
  onCursor: (group, row) => {
    if (row) void detail.show(row, group.count).then(() => { tellSelection(); });
    else detail.showGroup(group);
    save();
  },
  onSelection: (refs) => {
    if (refs.length > 0) announce(plural(refs.length, 'rollout') + ' selected');
    fill(selectionCount, refs.length > 0 ? `${count(refs.length)} selected` : '');
    tellSelection();
  },
});

const detail = new DetailPane({
  fetch: (ref, signal) => channel.call(OneRollout, { ref }, signal),
  openRollout: (row) => void list.goTo({ group: list.cursor?.group ?? 0, row: 0 }).then(() => detail.show(row, row.sample + 1)),
  context: (groupSize, ref) => ({
    arrangement, onArrange: save, groupSize, canVerify: trusted, words: searchWords(query.query ?? ''),
    fetchText: (of, offset, length, signal) => channel.call(RolloutText, { ref: of, offset, length }, signal).then((answer) => answer.text),
    verify: () => { channel.send({ type: 'verifySelection', refs: [ref] }); },
    openLine: (line) => { channel.send({ type: 'openLine', line }); },
    openProblem: (problemId) => { channel.send({ type: 'openProblem', problemId }); },
    copy: (text) => {
      channel.send({ type: 'copy', text });
      announce('copied');
    },
  }),
});

const top = new TopBar(query.query ?? '', {
  onQuery: debounce((text: string) => { void start({ ...query, query: text }); }, 200),
  onVerifyAll: () => { channel.send({ type: 'verifyAll' }); },
});

const notices = new Notices();
const selectionCount = h('span', 'dim num');
const quick = [['wrong', 'reward:0'], ['cut', 'cut:true'], ['unverifiable', 'verdict:unverifiable']] as const;
const quickChips = quick.map(([label, term]) => chipButton(label, () => { toggleTerm(term); }, { title: term, pressed: false }));

append(document.body, [
  top.element, notices.element,
  h('div', 'columns',
    h('section', { class: 'left', attributes: { 'aria-label': 'Problems' } },
      h('div', 'list-head row wrap', h('h2', {}, 'Problems'), selectionCount, h('span', 'grow'), quickChips,
        choice('Sort', SORTS, query.sort ?? 'file', (sort) => { void start({ ...query, sort: SORTS.find((entry) => entry.value === sort)?.value ?? 'file' }); })),
      list.element),
    h('section', 'right-column',
      h('div', { class: 'toolbar row wrap', role: 'toolbar', attributes: { 'aria-label': 'Rollout' } },
        tool('Next Wrong', 'n', nextWrong), tool('Compare', 'c', compare), tool('Raw', 'r', toggleRaw), tool('Keys', '?', showKeys)),
      detail.element)),
]);
fill(detail.element, h('div', 'empty', progressRing('Opening'), h('p', {}, 'Opening …')));
document.addEventListener('keydown', onKey);
channel.ready();
tellWhenHostIsGone(channel, notices, 'Close this tab and open the file in the inspector again.');

// ---- host events

function onEvent(event: InspectorEvent): void {
  switch (event.type) {
    case 'start':
      trusted = event.trusted;
      top.showFile(event.file, null);
      top.canVerify(trusted);
      return;
    case 'opening':
      if (!info) detail.showEmpty(progressRing('Reading'), h('p', {}, event.total ? `Reading the file: ${Math.round((100 * event.done) / Math.max(1, event.total))} %` : `Reading the file: ${plural(event.done, 'rollout')} so far`));
      return;
    case 'opened': return opened(event.info);
    case 'changed': return changed(event.info);
    case 'failed':
      detail.showEmpty(h('h2', {}, icon('error'), ' This file could not be opened'), h('p', 'mono', event.message),
        chipButton('Try Again', () => { channel.send({ type: 'retry' }); }));
      return;
    case 'connection':
      return notices.showConnection(event.since, 'What is shown here stays; it reconnects by itself.');
    case 'reveal':
      wanted = event.ref;
      if (info) void reveal();
      return;
    case 'verifying':
      top.showVerifying(event.active);
      top.canVerify(trusted && !event.active);
      announce(event.active ? 'verifying' : 'verification ended');
  }
}

function opened(opened: RolloutFileInfo): void {
  info = opened;
  showInfo();
  void start(query, restored?.cursor ?? null);
}

function changed(next: RolloutFileInfo): void {
  if (!info) return opened(next);
  if (next.generation === info.generation) return;
  const more = next.rollouts - info.rollouts;
  const moves = more !== 0 || next.groups !== info.groups || (query.query ?? '').trim() !== '' || query.sort === 'passRate' || query.sort === 'spread';
  if (!moves) {
    // Only verdicts changed and the order does not depend on them: the same lines get new colours.
    info = next;
    showInfo();
    detail.forget();
    void store.refresh().then(showAgain);
    return;
  }
  pendingInfo = next;
  const what = more > 0 ? `${plural(more, 'new rollout')} in the file.` : more < 0 ? 'The file became shorter.' : 'New verdicts change what the list shows.';
  notices.show('changed', { kind: 'info', text: what, action: { label: 'Show Now', run: applyPending } });
}

function applyPending(): void {
  notices.clear('changed');
  if (!pendingInfo) return;
  info = pendingInfo;
  pendingInfo = null;
  detail.forget();
  showInfo();
  void start(query, list.cursor);
}

function showInfo(): void {
  if (!info) return;
  list.showSteps = info.steps.length > 1;
  top.showFile(info.path.split(/[\\/]/).pop() ?? info.path, info);
  const errors = info.issues.filter((issue) => issue.severity === 'error').length;
  if (info.issues.length === 0) notices.clear('issues');
  else {
    notices.show('issues', { kind: errors > 0 ? 'warning' : 'info', text: `${plural(info.issues.length, 'record')} could not be read fully. The rest works.`, more: issueList(info.issues) });
  }
}

function issueList(issues: readonly FileIssue[]): HTMLElement {
  return h('details', {}, h('summary', {}, 'Which'), h('ul', 'issues', issues.slice(0, 200).map((issue) => h('li', {},
    issue.line === null ? null : h('button', { class: 'link', attributes: { type: 'button' }, on: { click: () => { if (issue.line !== null) channel.send({ type: 'openLine', line: issue.line }); } } }, `line ${issue.line + 1}`),
    `${issue.field ? ` ${issue.field}` : ''}: ${issue.message}`))));
}

// ---- query

async function start(next: RolloutQuery, cursor: { group: number; row: number } | null = null): Promise<void> {
  query = next;
  notices.clear('query');
  const terms = new Set((query.query ?? '').split(/\s+/));
  quickChips.forEach((chip, index) => { chip.setAttribute('aria-pressed', String(terms.has(quick[index]?.[1] ?? ''))); });
  list.reset();
  top.showTotals(null, filtered());
  await store.reset({ ...query, descending: query.sort === 'tokens' || query.sort === 'spread' });
  save();
  if (!store.totals) return;
  announce(top.showTotals(store.totals, filtered()));
  if (store.total === 0) return showNothing();
  if (wanted !== null) return reveal();
  await list.goTo(cursor ?? { group: 0, row: 0 });
}

function onPage(): void {
  top.showTotals(store.totals, filtered());
  list.update();
}

function filtered(): boolean {
  return (query.query ?? '').trim() !== '';
}

function showNothing(): void {
  if (filtered()) {
    detail.showEmpty(h('h2', {}, 'Nothing matches'), h('p', {}, 'No rollout satisfies ', h('code', {}, query.query ?? ''), '.'),
      chipButton('Clear Filter', () => { top.query = ''; void start({ ...query, query: '' }); }));
  } else {
    detail.showEmpty(h('h2', {}, 'No rollouts yet'), h('p', {}, 'The file holds no rollout that could be read. When a run writes to it, they appear here.'));
  }
}

function toggleTerm(term: string): void {
  const terms = (query.query ?? '').split(/\s+/).filter((word) => word !== '');
  const text = (terms.includes(term) ? terms.filter((word) => word !== term) : [...terms, term]).join(' ');
  top.query = text;
  void start({ ...query, query: text });
}

/** Finds a rollout by its ref; the filter gives way if it hides it. */
async function reveal(): Promise<void> {
  const ref = wanted;
  wanted = null;
  if (ref === null) return;
  if (filtered()) {
    top.query = '';
    await store.reset({ ...query, query: '' });
    query = { ...query, query: '' };
    list.reset();
  }
  for (let group = 0; group < store.total; group++) {
    const row = (await store.wait(group))?.rows.findIndex((candidate) => candidate.ref === ref) ?? -1;
    if (row >= 0) return list.goTo({ group, row }, { focus: true });
  }
}

// ---- keys and tools

function tool(label: string, key: string, run: () => void): HTMLElement {
  return h('button', { class: 'chip', title: `${label} (${key})`, attributes: { type: 'button', 'aria-keyshortcuts': key }, on: { click: run } }, label, h('kbd', 'dim', key));
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (isTyping(event)) return list.element.focus();
    if (detail.comparing) return compare();
    if (list.selected.length > 0) return list.clearSelection();
    return list.element.focus();
  }
  if (isTyping(event) || document.querySelector('dialog[open]')) return;
  const inControl = event.target instanceof Element && event.target.closest('vscode-dropdown, button, vscode-button, summary, pre') !== null;
  const keys: Record<string, () => void> = {
    n: nextWrong, f: () => { top.focusSearch(); }, '/': () => { top.focusSearch(); }, c: compare, r: toggleRaw, '?': showKeys, v: verifySelected,
    t: () => { detail.current?.toggleThinking(); }, p: () => { detail.current?.togglePrompt(); },
  };
  // Up and down always move through rollouts, unless a control or a scrolling box of its own wants them.
  if (!inControl) Object.assign(keys, { ArrowDown: () => { list.move(1); }, ArrowUp: () => { list.move(-1); } });
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function nextWrong(): void {
  const wrong = (row: RolloutRow): boolean => row.state === 'incorrect' || row.state === 'unverifiable';
  void list.goToNext(wrong).then((found) => { if (!found) announce('no further wrong rollout'); });
}

function toggleRaw(): void {
  arrangement.raw = !arrangement.raw;
  detail.redraw();
  save();
}

function compare(): void {
  const began = detail.toggleCompare();
  const left = detail.currentPage?.row;
  const { cursor } = list;
  if (!began || !left || !cursor) return;
  // The most telling neighbour first: the nearest sibling with another result.
  void store.wait(cursor.group).then((group) => {
    const others = group?.rows.map((row, index) => ({ row, index })).filter(({ row }) => row.state !== left.state) ?? [];
    const nearest = others.sort((a, b) => Math.abs(a.index - cursor.row) - Math.abs(b.index - cursor.row))[0];
    if (nearest) void list.goTo({ group: cursor.group, row: nearest.index });
  });
}

function selectedRefs(): number[] {
  const { selected } = list;
  const shown = detail.currentPage;
  return selected.length > 0 ? [...selected] : shown ? [shown.row.ref] : [];
}

function verifySelected(): void {
  const refs = selectedRefs();
  if (trusted && refs.length > 0) channel.send({ type: 'verifySelection', refs });
}

function tellSelection(): void {
  channel.send({ type: 'selection', refs: selectedRefs(), line: detail.currentPage?.row.line ?? null });
}

/** Shows the rollout under the cursor again with what is known now, without losing the place. */
function showAgain(): void {
  list.update();
  const { cursor } = list;
  if (cursor) void list.goTo(cursor);
}

function save(): void {
  stored.write({ version: 1, query, cursor: list.cursor, topGroup: list.topGroup, ...arrangement });
}
