// Blocks of rich text as DOM nodes, with marked ranges (the extracted answer, search hits) highlighted in place.
import { h } from './dom.ts';
import { textNodes } from './hiddenCharacters.ts';
import { mathNode } from './math.ts';
import { type Block, type Inline, parseRichText } from './richText.ts';

/** A range to highlight, in UTF-16 units of the whole text. */
export interface Mark { readonly start: number; readonly end: number; readonly label: string; readonly class: string }

/** Parses and builds one stretch of text; `base` is its offset in the whole text. */
export function richText(text: string, base: number, marks: readonly Mark[]): HTMLElement {
  const near = marks.filter((mark) => mark.end > base && mark.start < base + text.length);
  return h('div', 'rich', parseRichText(text, base).map((block) => blockNode(block, near)));
}

/** Text as it is, in lines, with the same marks. */
export function rawText(text: string, base: number, marks: readonly Mark[]): HTMLElement {
  return h('div', 'raw', marked(text, base, marks.filter((mark) => mark.end > base && mark.start < base + text.length)));
}

function blockNode(block: Block, marks: readonly Mark[]): HTMLElement {
  switch (block.kind) {
    case 'paragraph': return h('p', {}, inlineNodes(block.inlines, marks));
    case 'heading': return h('p', { class: `rich-heading rich-heading-${Math.min(3, block.level)}` }, inlineNodes(block.inlines, marks));
    case 'item': return h('p', { class: `rich-item rich-depth-${block.depth}` }, h('span', 'rich-marker', /\d/.test(block.marker) ? block.marker : '•'), h('span', {}, inlineNodes(block.inlines, marks)));
    case 'code': return codeBlock(block.text, block.language, block.start, marks);
    case 'math': return h('div', 'math-block', markedMath(mathNode(block.tex, block.source, true), block.start, block.source.length, marks));
    case 'rule': return h('hr');
  }
}

export function codeBlock(text: string, language: string, start: number, marks: readonly Mark[]): HTMLElement {
  const whole = marks.find((mark) => mark.start <= start + 3 && mark.end >= start + text.trimEnd().length - 3 && text.trim() !== '');
  const lines = text.split('\n').length;
  const pre = h('pre', { tabIndex: 0, attributes: { 'aria-label': `${language || 'code'}, ${lines} lines` } }, h('code', {}, whole ? text : marked(text, start, marks)));
  const box = h('div', whole ? `code-block ${whole.class}-block` : 'code-block', h('div', 'code-title', language || 'code', whole ? h('span', whole.class, whole.label) : null), pre);
  if (whole) box.dataset['mark'] = whole.class;
  return box;
}

function inlineNodes(inlines: readonly Inline[], marks: readonly Mark[]): Node[] {
  return inlines.flatMap((inline): Node[] => {
    switch (inline.kind) {
      case 'text': return marked(inline.text, inline.start, marks);
      case 'code': return [h('code', {}, marked(inline.text, inline.start, marks))];
      case 'strong': return [h('strong', {}, inlineNodes(nested(inline.text, inline.start), marks))];
      case 'emphasis': return [h('em', {}, marked(inline.text, inline.start, marks))];
      case 'math': return [markedMath(mathNode(inline.tex, inline.source, inline.display), inline.start, inline.source.length, marks)];
    }
  });
}

/** Bold text often holds a formula ("**Answer: $x$**"); one level is enough. */
function nested(text: string, start: number): Inline[] {
  return /[$\\]/.test(text) ? text.split(/(\$[^$]+\$|\\\([^)]*\\\))/).reduce<Inline[]>((list, part) => {
    const at = start + list.reduce((sum, inline) => sum + ('source' in inline ? inline.source.length : inline.text.length), 0);
    if (part === '') return list;
    const math = part.startsWith('$') ? part.slice(1, -1) : part.startsWith('\\(') ? part.slice(2, -2) : null;
    return [...list, math === null ? { kind: 'text', text: part, start: at } : { kind: 'math', tex: math, source: part, display: false, start: at }];
  }, []) : [{ kind: 'text', text, start }];
}

function marked(text: string, start: number, marks: readonly Mark[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, mark.start - start);
    const to = Math.min(text.length, mark.end - start);
    if (to <= from) continue;
    if (from > at) nodes.push(...textNodes(text.slice(at, from)));
    const node = h('mark', { class: mark.class, title: mark.label }, text.slice(from, to));
    node.dataset['mark'] = mark.class;
    nodes.push(node);
    at = to;
  }
  if (at < text.length) nodes.push(...textNodes(text.slice(at)));
  return nodes;
}

/** A formula cannot be marked by characters: its last box is marked if it has one, else the whole of it. */
function markedMath(node: HTMLElement, start: number, length: number, marks: readonly Mark[]): HTMLElement {
  const mark = marks.find((candidate) => candidate.start < start + length && candidate.end > start);
  if (mark) {
    node.classList.add(`${mark.class}-math`);
    node.dataset['mark'] = mark.class;
    node.title = mark.label;
  }
  return node;
}
