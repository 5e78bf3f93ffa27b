// Messages that stay above the page until they are acted on or no longer true. One per id.
import { chipButton } from './controls.ts';
import { h, icon } from './dom.ts';

export interface Notice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly more?: Node;
}

export class Notices {
  readonly element = h('div', { class: 'notices', role: 'status' });

  show(id: string, { kind, text, action, more }: Notice): void {
    this.clear(id);
    this.element.append(h('div', { class: `notice notice-${kind}`, attributes: { 'data-id': id } },
      icon(kind), h('span', 'grow', text, more), action ? chipButton(action.label, action.run) : null));
  }

  clear(id: string): void {
    this.element.querySelector(`[data-id="${id}"]`)?.remove();
  }

  /** The one line about the server that every page has. `since`: ms since the epoch, null when it is there. */
  showConnection(since: number | null, consequence: string): void {
    if (since === null) this.clear('connection');
    else this.show('connection', { kind: 'warning', text: `The server is away since ${new Date(since).toLocaleTimeString()}. ${consequence}` });
  }
}
