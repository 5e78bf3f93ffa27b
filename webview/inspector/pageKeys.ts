// Keys that work anywhere in the page, except where text is typed.
import { isTyping } from '../ui/controls.ts';

export interface PageKeys {
  /** By the key's name: `n`, `/`, … */
  readonly keys: Readonly<Record<string, () => void>>;
  /** One line down or up in the list. */
  readonly move: (by: 1 | -1) => void;
  /** Leaves what is open: `typing` when it is a text field. */
  readonly escape: (typing: boolean) => void;
}

export function onPageKey(event: KeyboardEvent, { keys, move, escape }: PageKeys): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') return escape(isTyping(event));
  if (isTyping(event) || document.querySelector('dialog[open]')) return;
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  // Up and down always move through rollouts, unless a control or a scrolling box of its own wants them.
  const taken = event.target instanceof Element && event.target.closest('vscode-dropdown, pre') !== null;
  const action = by === 0 ? keys[event.key] : taken ? undefined : () => { move(by); };
  if (!action) return;
  event.preventDefault();
  action();
}
