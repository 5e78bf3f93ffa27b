// The rollout inspector: why did this rollout get this reward? Wires list, detail, search and host together.
import '../ui/base.css';
import './inspector.css';
import type { RolloutFileInfo, RolloutQuery, RolloutRow } from '../../server/protocol/rollout.ts';
import { progressRing } from '../ui/controls.ts';
import { append, fill, h } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { CallError, type CallReason, isCancelled } from '../ui/messages.ts';
import { Notices } from '../ui/notices.ts';
import { announce, debounce, startPage } from '../ui/page.ts';
import { searchWords } from './appearance.ts';
import { Comparison } from './comparison.ts';
import { Groups, type InspectorAction, type InspectorEvent, InspectorEventSchema, OneRollout, RolloutText } from './contract.ts';
import { DetailPane } from './detailPane.ts';
import { mistypedFilter, noRollouts, nothingMatches, readingFile, unreadableFile, unreadableList } from './emptyStates.ts';
import { GroupList } from './groupList.ts';
import { GroupStore } from './groupStore.ts';
import { issuesNotice } from './issuesNotice.ts';
import { showKeys } from './keysHelp.ts';
import { ListHead } from './listHead.ts';
import { onPageKey } from './pageKeys.ts';
import { parseState } from './state.ts';
import { TopBar } from './topBar.ts';

const { channel, state } = startPage<InspectorAction, InspectorEvent>(InspectorEventSchema, onEvent);
const stored = state(parseState);
const restored = stored.read();

let query: RolloutQuery = restored?.query ?? { sort: 'file' };
const arrangement = { raw: restored?.raw ?? false, promptOpen: restored?.promptOpen ?? false, thinkingOpen: restored?.thinkingOpen ?? false, thinkingWhole: restored?.thinkingWhole ?? false };
let info: RolloutFileInfo | null = null;
let trusted = false;
/** News that would move lines under the reader's eyes wait here until asked for. */
let pendingInfo: RolloutFileInfo | null = null;
/** A rollout to show as soon as the file is open. */
let wanted: number | null = null;
/** Why the present query has no list; null where it has one. */
let queryFailed: CallReason | null = null;

const store = new GroupStore(
  (asked, offset, limit, signal) => channel.call(Groups, { query: asked, offset, limit }, signal),
  { onPage, onError: showFailedQuery });

const list = new GroupList(store, {
  onCursor: (group, row) => {
    if (row) void detail.show(row, group.count).then(() => { tellSelection(); });
    else {
      detail.showGroup(group);
      tellSelection();
    }
    save();
  },
  onSelection: (refs) => {
    if (refs.length > 0) announce(plural(refs.length, 'rollout') + ' selected');
    listHead.showSelected(refs.length);
    tellSelection();
  },
});

const detail = new DetailPane({
  fetch: (ref, signal) => channel.call(OneRollout, { ref }, signal),
  onEndCompare: () => { comparison.end(); },
  openFirst: () => void list.goTo({ group: list.cursor?.group ?? 0, row: 0 }),
  context: (groupSize, ref) => ({
    arrangement, onArrange: save, groupSize, canVerify: trusted, words: searchWords(query.query ?? ''),
    fetchText: (of, offset, length, signal) => channel.call(RolloutText, { ref: of, offset, length }, signal).then((answer) => answer.text),
    verify: () => { channel.send({ type: 'verifySelection', refs: [ref] }); },
    openLine: (line) => { channel.send({ type: 'openLine', line }); },
    openProblem: (problemId) => { channel.send({ type: 'openProblem', problemId }); },
    copy: (text) => void text.then((whole) => {
      channel.send({ type: 'copy', text: whole });
      announce('copied');
    }).catch((error: unknown) => {
      if (!isCancelled(error)) notices.show('copy', { kind: 'error', text: `Not copied: ${error instanceof Error ? error.message : String(error)}` });
    }),
  }),
});

const comparison = new Comparison(list, detail, store);

const top = new TopBar(query.query ?? '', {
  onQuery: debounce((text: string) => { void start({ ...query, query: text }); }, 200),
  onVerifyAll: () => { channel.send({ type: 'verifyAll' }); },
});

const notices = new Notices();
const listHead = new ListHead(query, {
  onSort: (sort) => { void start({ ...query, sort }); },
  onTerms: setText,
});

append(document.body, [
  top.element, notices.element,
  h('div', 'columns',
    h('section', { class: 'left', attributes: { 'aria-label': 'Problems' } }, listHead.element, list.element),
    h('section', 'right-column',
      h('div', { class: 'toolbar row wrap', role: 'toolbar', attributes: { 'aria-label': 'Rollout' } },
        tool('Next Wrong', 'n', nextWrong), tool('Compare', 'c', () => { comparison.toggle(); }), tool('Raw', 'r', toggleRaw), tool('Keys', '?', showKeys)),
      detail.element)),
]);
fill(detail.element, h('div', 'empty', progressRing('Opening'), h('p', {}, 'Opening …')));
document.addEventListener('keydown', (event) => { onPageKey(event, { keys, move: (by) => void list.move(by), escape }); });
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
      if (!info) detail.showEmpty(readingFile(event.done, event.total));
      return;
    case 'opened': return opened(event.info);
    case 'changed': return changed(event.info);
    case 'failed':
      return detail.showEmpty(unreadableFile(event.message, () => { channel.send({ type: 'retry' }); }));
    case 'connection':
      if (event.since === null && queryFailed === 'unavailable') void start(query);
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
  const issues = issuesNotice(info, (line) => { channel.send({ type: 'openLine', line }); });
  if (issues) notices.show('issues', issues);
  else notices.clear('issues');
}

// ---- query

async function start(next: RolloutQuery, cursor: { group: number; row: number } | null = null): Promise<void> {
  query = next;
  queryFailed = null;
  comparison.forget();
  listHead.showQuery(query.query ?? '');
  list.reset();
  top.showSearching();
  await store.reset(query);
  save();
  const { totals } = store;
  if (!totals) return;
  announce(top.showTotals(totals, filtered()));
  if (store.total === 0) return showNothing();
  if (wanted !== null) return reveal();
  await list.goTo(cursor ?? { group: 0, row: 0 });
}

function onPage(): void {
  if (store.totals) top.showTotals(store.totals, filtered());
  list.update();
}

function filtered(): boolean {
  return (query.query ?? '').trim() !== '';
}

function showNothing(): void {
  detail.showEmpty(filtered() ? nothingMatches(query.query ?? '', clearFilter) : noRollouts());
}

/** The query has no answer: an empty list and why, instead of lines that would load for ever. */
function showFailedQuery(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  queryFailed = error instanceof CallError ? error.reason : 'failed';
  list.update();
  top.showFailed(queryFailed === 'refused');
  announce(message);
  detail.showEmpty(queryFailed === 'refused' ? mistypedFilter(message, clearFilter) : unreadableList(message, () => void start(query)));
}

function clearFilter(): void {
  setText('');
}

/** Another text in the search line, by a chip or a button. */
function setText(text: string): void {
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
    query = { ...query, query: '' };
    listHead.showQuery('');
    await store.reset(query);
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

const keys: Readonly<Record<string, () => void>> = {
  n: nextWrong, f: () => { top.focusSearch(); }, '/': () => { top.focusSearch(); }, c: () => { comparison.toggle(); }, r: toggleRaw, '?': showKeys, v: verifySelected,
  t: () => { detail.current?.toggleThinking(); }, e: () => { detail.current?.toggleWhole(); }, p: () => { detail.current?.togglePrompt(); },
};

function escape(typing: boolean): void {
  if (!typing && detail.comparing) comparison.end();
  else if (!typing && list.selected.length > 0) list.clearSelection();
  else list.element.focus();
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
