import type { Extracted } from '../../protocol/verdict.ts';

/** Result of the search for the final box. `joined`: the boxes of a list answer written as several boxes in a row. */
export type BoxSearch =
  | { readonly kind: 'found'; readonly box: Extracted; readonly joined: readonly Extracted[] }
  | { readonly kind: 'none' | 'unclosed' | 'empty' };

interface Box {
  /** Offset of the command's backslash. */
  readonly start: number;
  /** Content, without braces; -1 while the box is open. */
  readonly contentStart: number;
  contentEnd: number;
  /** Index of the box around this one, -1 at the top. */
  readonly parent: number;
}

/**
 * Finds the last `\boxed{}` or `\fbox{}` of `text` between `from` and `to`. One pass, brace counting (escaped braces do
 * not count), so the time is linear in the text however boxes nest.
 *
 * An unclosed last box means that the answer was cut off: the result is `unclosed`, never an earlier box. A box inside
 * another closed box belongs to the outer one. `\boxed 5` (one token without braces) is read as TeX and models mean it.
 * Offsets of the result are UTF-16 units of the content.
 */
export function lastBoxed(text: string, from = 0, to = text.length): BoxSearch {
  const boxes = scan(text, from, to);
  let index = boxes.length - 1;
  const last = boxes[index];
  if (last === undefined) return { kind: 'none' };
  if (last.contentEnd === -1) return { kind: 'unclosed' };
  index = outermostClosed(boxes, index);
  const box = extractedOf(text, boxes[index]);
  if (box.text.trim() === '') return { kind: 'empty' };
  return { kind: 'found', box, joined: row(text, boxes, index) };
}

function scan(text: string, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  // One entry per open brace: the index of the box it opens, or -1.
  const open: number[] = [];
  const openBoxes: number[] = [];
  // No box before this offset: everything up to it can be skipped, which is most of a response.
  let position = firstBox(text, from);
  if (position === -1 || position >= to) return boxes;
  while (position < to) {
    const code = text.charCodeAt(position);
    if (code === 0x5c) {
      const content = boxCommand(text, position, to);
      if (content === -1) {
        position += 2;
      } else if (text.charCodeAt(content) === 0x7b && content < to) {
        boxes.push({ start: position, contentStart: content + 1, contentEnd: -1, parent: openBoxes.at(-1) ?? -1 });
        open.push(boxes.length - 1);
        openBoxes.push(boxes.length - 1);
        position = content + 1;
      } else {
        const end = bareEnd(text, content, to);
        if (end > content) boxes.push({ start: position, contentStart: content, contentEnd: end, parent: openBoxes.at(-1) ?? -1 });
        position = Math.max(end, content);
      }
    } else {
      if (code === 0x7b) open.push(-1);
      else if (code === 0x7d) {
        const index = open.pop() ?? -1;
        const box = boxes[index];
        if (box !== undefined) {
          box.contentEnd = position;
          openBoxes.pop();
        }
      }
      position++;
    }
  }
  return boxes;
}

function firstBox(text: string, from: number): number {
  const boxed = text.indexOf('\\boxed', from);
  const fbox = text.indexOf('\\fbox', from);
  if (boxed === -1) return fbox;
  return fbox === -1 ? boxed : Math.min(boxed, fbox);
}

/** Offset behind `\boxed` or `\fbox` and its blanks, or -1 when another command stands at `position`. */
function boxCommand(text: string, position: number, to: number): number {
  const length = text.startsWith('boxed', position + 1) ? 6 : text.startsWith('fbox', position + 1) ? 5 : 0;
  if (length === 0) return -1;
  let next = position + length;
  if (/[A-Za-z]/.test(text.charAt(next))) return -1;
  while (next < to && isBlank(text.charCodeAt(next))) next++;
  return Math.min(next, to);
}

/** End of the token of a box without braces: up to blank, `$`, `\)`, `\]`, or a full stop that ends a sentence. */
function bareEnd(text: string, start: number, to: number): number {
  let end = start;
  while (end < to && end - start < 64) {
    const code = text.charCodeAt(end);
    if (isBlank(code) || code === 0x24 || code === 0x7d) break;
    if (code === 0x5c && /[)\]]/.test(text.charAt(end + 1))) break;
    end++;
  }
  return end > start && /[.,;]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function outermostClosed(boxes: readonly Box[], index: number): number {
  let best = index;
  for (let at = boxes[index]?.parent ?? -1; at !== -1; at = boxes[at]?.parent ?? -1) {
    if (boxes[at]?.contentEnd !== -1) best = at;
  }
  return best;
}

function extractedOf(text: string, box: Box | undefined): Extracted {
  if (box === undefined) return { text: '', start: 0, end: 0 };
  return { text: text.slice(box.contentStart, box.contentEnd), start: box.contentStart, end: box.contentEnd };
}

/** Only what joins the parts of one list may stand between boxes that are read together. */
const JOINT = /^(?:[\s,;$&~]|\\[)\](\[,;:! ]|\\quad|\\qquad|\\text\{\s*(?:and|or)?,?\s*\}|\\text\{,?\s*(?:and|or)\s*\}|\band\b|\bor\b)*$/;
const MAX_JOINT = 60;
const MAX_JOINED = 64;

/** The boxes directly before `index` that are joined to it by commas, "and", "or" or spacing alone, in order. */
function row(text: string, boxes: readonly Box[], index: number): Extracted[] {
  const result = [extractedOf(text, boxes[index])];
  let next = boxes[index];
  for (let at = index - 1; at >= 0 && next !== undefined && result.length < MAX_JOINED; at--) {
    const box = boxes[at];
    if (box === undefined || box.contentEnd === -1) break;
    // Boxes inside the one just taken belong to it.
    if (box.parent !== -1 && box.parent !== next.parent) continue;
    const between = text.slice(box.contentEnd, next.start).replace(/^\}/, '');
    if (between.length > MAX_JOINT || !JOINT.test(between)) break;
    result.unshift(extractedOf(text, box));
    next = box;
  }
  return result;
}
