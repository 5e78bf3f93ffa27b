// What every page does first: the editor's API, the channel to the host, small state, a live region.
import type * as v from 'valibot';
import { Channel } from './messages.ts';
import { h } from './dom.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): EditorApi;

/** State that survives hiding and reloading: where the reader is and how the page is arranged. Never content. */
export interface PageState<S> {
  read(): S | null;
  write(state: S): void;
}

export interface Page<Out, In> {
  readonly channel: Channel<Out, In>;
  /** `schema` carries the state's version; an older or foreign state reads as null. */
  state<S>(parse: (stored: unknown) => S | null): PageState<S>;
}

/** Call once. `onEvent` may be called as soon as `channel.ready()` was. */
export function startPage<Out, In>(incoming: v.GenericSchema<unknown, In>, onEvent: (event: In) => void): Page<Out, In> {
  const api = acquireVsCodeApi();
  const channel = new Channel<Out, In>({
    post: (message) => { api.postMessage(message); },
    incoming, onEvent,
    log: (text) => { console.warn(text); },
  });
  window.addEventListener('message', (event) => { channel.receive(event.data); });
  return {
    channel,
    state: (parse) => ({
      read: () => parse(api.getState()),
      write: (state) => { api.setState(state); },
    }),
  };
}

let region: HTMLElement | null = null;

/** Tells screen readers what changed (result counts, verdicts), without moving the focus. */
export function announce(text: string): void {
  if (!region) {
    region = h('div', { class: 'sr-only', role: 'status', attributes: { 'aria-live': 'polite' } });
    document.body.append(region);
  }
  region.textContent = text;
}

/** Calls `fn` once, `ms` after the last call. */
export function debounce<A extends readonly unknown[]>(fn: (...args: A) => void, ms: number): (...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => { fn(...args); }, ms);
  };
}
