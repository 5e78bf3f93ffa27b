// What the right column says when there is no rollout to show, each with what can be done about it.
import { chipButton, progressRing } from '../ui/controls.ts';
import { type Child, h, icon } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';

/** `total`: bytes, where they are known; `done` counts rollouts otherwise. */
export function readingFile(done: number, total: number | null): Child[] {
  return [progressRing('Reading'), h('p', {}, total ? `Reading the file: ${Math.round((100 * done) / Math.max(1, total))} %` : `Reading the file: ${plural(done, 'rollout')} so far`)];
}

export function unreadableFile(message: string, retry: () => void): Child[] {
  return [h('h2', {}, icon('error'), ' This file could not be opened'), h('p', 'mono', message), chipButton('Try Again', retry)];
}

export function nothingMatches(query: string, clear: () => void): Child[] {
  return [h('h2', {}, 'Nothing matches'), h('p', {}, 'No rollout satisfies ', h('code', {}, query), '.'), chipButton('Clear Filter', clear)];
}

export function noRollouts(): Child[] {
  return [h('h2', {}, 'No rollouts yet'), h('p', {}, 'The file holds no rollout that could be read. When a run writes to it, they appear here.')];
}

export function mistypedFilter(message: string, clear: () => void): Child[] {
  return [h('h2', {}, 'This filter is not understood'), h('p', {}, message), chipButton('Clear Filter', clear)];
}

export function unreadableList(message: string, retry: () => void): Child[] {
  return [h('h2', {}, icon('error'), ' The list could not be read'), h('p', 'mono', message), chipButton('Try Again', retry)];
}
