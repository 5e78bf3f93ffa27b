// The little markdown that models write, with LaTeX, parsed into blocks that remember where they came from. Pure and linear
// in the text's length. It is deliberately not a full markdown: no HTML, no links, no images.

/** Offsets are UTF-16 units in the whole response: `base` is where the parsed text starts in it. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string; readonly start: number }
  | { readonly kind: 'math'; readonly tex: string; readonly source: string; readonly display: boolean; readonly start: number };

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'item'; readonly marker: string; readonly depth: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string; readonly start: number }
  | { readonly kind: 'math'; readonly tex: string; readonly source: string; readonly start: number }
  | { readonly kind: 'rule' };

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+/;
const ITEM = /^([ \t]*)([-*+]|\d{1,4}[.)])[ \t]+/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const ENVIRONMENT = /^\s*\\begin\{(align\*?|aligned|gather\*?|equation\*?|cases|array|pmatrix|bmatrix|matrix)\}/;

/** Longest display formula, in characters: more than can be typeset anyway. */
const MAX_DISPLAY = 5000;

interface Line { readonly text: string; readonly start: number }

export function parseRichText(text: string, base = 0): Block[] {
  const blocks: Block[] = [];
  const lines = splitLines(text);
  let paragraph: Line[] = [];
  const flush = (): void => {
    const first = paragraph[0];
    if (first) blocks.push({ kind: 'paragraph', inlines: parseInline(paragraph.map((line) => line.text).join('\n'), base + first.start) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    const fence = FENCE.exec(line.text);
    if (fence) {
      flush();
      const marker = fence[1] ?? '```';
      let end = i + 1;
      while (end < lines.length && !closesFence(lines[end]?.text ?? '', marker)) end++;
      const start = lines[i + 1]?.start ?? text.length;
      blocks.push({ kind: 'code', language: fence[2] ?? '', text: text.slice(start, Math.max(start, (lines[end]?.start ?? text.length + 1) - 1)), start: base + start });
      i = end;
      continue;
    }
    if (line.text.trim() === '') {
      flush();
      continue;
    }
    const display = paragraph.length === 0 ? displayMath(text, line) : null;
    if (display) {
      flush();
      blocks.push({ kind: 'math', tex: display.tex, source: display.source, start: base + display.start });
      while (i + 1 < lines.length && (lines[i + 1]?.start ?? Infinity) < display.end) i++;
      continue;
    }
    if (RULE.test(line.text)) {
      flush();
      blocks.push({ kind: 'rule' });
      continue;
    }
    const heading = HEADING.exec(line.text);
    const item = heading ? null : ITEM.exec(line.text);
    if (heading || item) flush();
    if (heading) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, inlines: parseInline(line.text.slice(heading[0].length), base + line.start + heading[0].length) });
    else if (item) blocks.push({ kind: 'item', marker: item[2] ?? '-', depth: Math.min(4, Math.floor((item[1] ?? '').length / 2)), inlines: parseInline(line.text.slice(item[0].length), base + line.start + item[0].length) });
    else paragraph.push(line);
  }
  flush();
  return blocks;
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    lines.push({ text: text.slice(start, stop), start });
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}

function closesFence(line: string, marker: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= marker.length && trimmed.startsWith(marker) && trimmed.replaceAll(marker[0] ?? '`', '') === '';
}

/** A display formula that begins on this line and ends at a line's end; null if it does not. */
function displayMath(text: string, line: Line): { tex: string; source: string; start: number; end: number } | null {
  const indent = line.text.length - line.text.trimStart().length;
  const start = line.start + indent;
  const opener = text.startsWith('$$', start) ? '$$' : text.startsWith('\\[', start) ? '\\[' : null;
  const environment = opener ? null : ENVIRONMENT.exec(line.text);
  if (!opener && !environment) return null;
  const closer = opener === '$$' ? '$$' : opener ? '\\]' : `\\end{${environment?.[1] ?? ''}}`;
  // A formula ends before a blank line and has a bounded length, which also keeps the whole parse linear.
  const reach = text.slice(start, start + MAX_DISPLAY);
  const blank = reach.indexOf('\n\n');
  const at = (blank < 0 ? reach : reach.slice(0, blank)).indexOf(closer, 2);
  if (at < 0) return null;
  const end = start + at + closer.length;
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  if (!/^[\s.,;]*$/.test(rest)) return null;
  const source = text.slice(start, end);
  return { tex: opener ? source.slice(2, -2) : source, source: source + rest.trim(), start, end };
}

const DELIMITERS: readonly { open: string; close: string; kind: 'math' | 'display' | 'code' | 'strong' | 'emphasis' }[] = [
  { open: '$$', close: '$$', kind: 'display' },
  { open: '\\[', close: '\\]', kind: 'display' },
  { open: '\\(', close: '\\)', kind: 'math' },
  { open: '$', close: '$', kind: 'math' },
  { open: '`', close: '`', kind: 'code' },
  { open: '**', close: '**', kind: 'strong' },
  { open: '*', close: '*', kind: 'emphasis' },
];

export function parseInline(text: string, base: number): Inline[] {
  const inlines: Inline[] = [];
  /** Closers known not to occur any more: remembered so that many openers stay linear. */
  const absent = new Set<string>();
  const next = /[$`*\\]/g;
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    next.lastIndex = at;
    const found = next.exec(text);
    if (!found) break;
    at = found.index;
    const span = match(text, at, absent);
    if (!span) {
      at += text[at] === '\\' ? 2 : 1;
      continue;
    }
    if (at > plainFrom) inlines.push({ kind: 'text', text: text.slice(plainFrom, at), start: base + plainFrom });
    const inner = text.slice(at + span.open.length, span.end - span.close.length);
    if (span.kind === 'math' || span.kind === 'display') inlines.push({ kind: 'math', tex: inner, source: text.slice(at, span.end), display: span.kind === 'display', start: base + at });
    else inlines.push({ kind: span.kind, text: inner, start: base + at + span.open.length });
    at = plainFrom = span.end;
  }
  if (plainFrom < text.length) inlines.push({ kind: 'text', text: text.slice(plainFrom), start: base + plainFrom });
  return inlines;
}

function match(text: string, at: number, absent: Set<string>): ((typeof DELIMITERS)[number] & { end: number }) | null {
  for (const delimiter of DELIMITERS) {
    if (!text.startsWith(delimiter.open, at) || absent.has(delimiter.close)) continue;
    const from = at + delimiter.open.length;
    const close = text.indexOf(delimiter.close, from);
    if (close < 0) {
      absent.add(delimiter.close);
      continue;
    }
    if (close === from || !plausible(delimiter.open, text, from, close)) continue;
    return { ...delimiter, end: close + delimiter.close.length };
  }
  return null;
}

/** Prices and products are not markup: `$5 and $6`, `2 * 3 * 4`. */
function plausible(open: string, text: string, from: number, close: number): boolean {
  if (open !== '$' && open !== '*' && open !== '**') return true;
  const inner = text.slice(from, close);
  if (/^\s|\s$/.test(inner)) return false;
  if (open === '$') return !/\d/.test(text[close + 1] ?? '') && !inner.includes('\n\n');
  return !inner.includes('$');
}
