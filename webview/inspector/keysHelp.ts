import { h } from '../ui/dom.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'next, previous rollout'], ['← →', 'fold, unfold a group'], ['n', 'next wrong one'], ['f', 'search and filter'],
  ['c', 'compare: keep this one on the left, choose another; again to end'], ['r', 'raw text'], ['t', 'thinking: fold, unfold'], ['e', 'thinking: paragraphs, or all of it as one text'], ['p', 'prompt: fold, unfold'],
  ['space', 'select for Verify Selection; Shift with ↑ ↓ extends'], ['v', 'verify the selected ones'], ['Esc', 'close, end compare, clear selection'], ['?', 'these keys'],
];

/** The sheet of keys; Escape closes it (a native dialog gives back the focus by itself). */
export function showKeys(): void {
  const open = document.querySelector<HTMLDialogElement>('dialog.keys');
  if (open) return open.close();
  const dialog = h('dialog', { class: 'keys', attributes: { 'aria-label': 'Keys' }, on: { close: () => { dialog.remove(); }, keydown: (event) => { if (event.key === '?') dialog.close(); event.stopPropagation(); } } },
    h('h2', {}, 'Keys'),
    h('dl', 'keys-list', KEYS.map(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])));
  document.body.append(dialog);
  dialog.showModal();
}
