// A rollout at a glance: thinking, tags, answer by their tokens; where the answer first appears; the cut. A click jumps there.
import type { RolloutPage } from '../../server/protocol/rollout.ts';
import { h, icon } from '../ui/dom.ts';
import { count, percent, plural } from '../ui/format.ts';
import { offsetAt, placeOf, stripParts } from './parts.ts';

export interface StripMarks {
  readonly firstAt: number | null;
  readonly answerAt: number | null;
  /** Stretches that repeat an earlier passage. */
  readonly repeats: readonly { readonly start: number; readonly end: number }[];
}

export function tokenStrip(page: RolloutPage, marks: StripMarks, jump: (offset: number) => void): HTMLElement {
  const parts = stripParts(page.segments);
  const at = (place: number): string => `${(100 * place).toFixed(2)}%`;
  const track = h('div', { class: `strip${page.row.cut ? ' strip-cut' : ''}`, title: 'Where the tokens went; click to jump', on: { click: (event) => {
    const box = track.getBoundingClientRect();
    jump(offsetAt(parts, (event.clientX - box.left) / box.width));
  } } },
  parts.map((part) => h('span', { class: `strip-${part.kind}`, style: { left: at(part.from), width: at(part.to - part.from) } })),
  marks.repeats.slice(0, 200).map((repeat) => h('span', { class: 'strip-repeat', style: { left: at(placeOf(parts, repeat.start)), width: at(placeOf(parts, repeat.end - 1) - placeOf(parts, repeat.start)) } })),
  marks.firstAt === null ? null : h('span', { class: 'strip-first', style: { left: at(placeOf(parts, marks.firstAt)) } }),
  marks.answerAt === null ? null : h('span', { class: 'strip-found', style: { left: at(placeOf(parts, marks.answerAt)) } }));
  const tokens = (kind: string): number => parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.tokens, 0);
  const total = Math.max(1, page.row.tokens.value);
  const thinking = tokens('thinking');
  const legend = (className: string, text: string, offset: number | null): HTMLElement =>
    offset === null ? h('span', className, text) : h('button', { class: `link ${className}`, attributes: { type: 'button' }, on: { click: () => { jump(offset); } } }, text);
  return h('div', 'strip-box', track, h('div', 'strip-legend',
    thinking > 0 ? legend('key key-thinking', `thinking ${count(thinking)} (${percent(Math.min(1, thinking / total))})`, parts.find((part) => part.kind === 'thinking')?.start ?? null) : h('span', 'dim', 'no thinking part'),
    h('span', 'grow'),
    marks.firstAt === null ? null : legend('key key-first', `answer first appears at ${percent(placeOf(parts, marks.firstAt))}`, marks.firstAt),
    marks.repeats.length > 0 ? legend('key key-repeat', plural(marks.repeats.length, 'repeated passage'), marks.repeats[0]?.start ?? null) : null,
    page.row.cut ? h('span', 'key warn', icon('screen-cut'), ' cut at the length limit') : null,
    tokens('answer') > 0 ? legend('key key-answer', `answer ${count(tokens('answer'))}`, parts.findLast((part) => part.kind === 'answer')?.start ?? null) : h('span', 'warn', 'no answer part')));
}
