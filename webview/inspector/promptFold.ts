// The prompt: folded to its first words, drawn when it is opened.
import type { Message } from '../../server/protocol/problem.ts';
import { h } from '../ui/dom.ts';
import { richText } from '../ui/richTextView.ts';
import { foldHead } from './thinkingView.ts';

/** Characters of a message that are drawn. */
const SHOWN = 100_000;

export interface PromptFold {
  readonly element: HTMLElement;
  toggle(): void;
}

export function promptFold(prompt: readonly Message[], open: boolean, onToggle: (open: boolean) => void): PromptFold {
  const body = h('div', { class: 'fold-body', hidden: true });
  const show = (wanted: boolean): void => {
    body.hidden = !wanted;
    head.setAttribute('aria-expanded', String(wanted));
    if (!wanted || body.childElementCount > 0) return;
    for (const message of prompt) body.append(h('div', 'message', h('h3', 'dim', message.role), richText(message.content.slice(0, SHOWN), 0, [])));
  };
  const toggle = (): void => {
    show(body.hidden !== false);
    onToggle(body.hidden === false);
  };
  const first = prompt.find((message) => message.role === 'user') ?? prompt[0];
  const head = foldHead('Prompt', [h('span', 'dim ellipsis grow', first ? first.content.replace(/\s+/g, ' ').slice(0, 200) : 'The file carries no prompt.')], toggle);
  if (open) show(true);
  return { element: h('section', { class: 'fold', attributes: { 'aria-label': 'Prompt' } }, head, body), toggle };
}
