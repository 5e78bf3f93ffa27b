// LaTeX from models as MathML nodes. KaTeX makes the tree; we walk it and create allow-listed elements ourselves, because
// its own DOM output sets style attributes, which the content-security policy refuses, and because nothing a model wrote
// may decide which elements exist here. Whatever cannot be typeset within the bounds stays readable as its source.
import katex from 'katex';
import { h } from './dom.ts';

/** Longest formula that is typeset, in characters; longer ones are not formulas but accidents. */
export const MAX_TEX_LENGTH = 4000;
const MAX_EXPANSIONS = 300;
const MAX_NODES = 6000;
/** Milliseconds of typesetting in one go before the rest waits for the next task. */
const SLICE_MS = 12;

const MATHML = 'http://www.w3.org/1998/Math/MathML';

const ELEMENTS: ReadonlySet<string> = new Set([
  'math', 'semantics', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'ms', 'mfrac', 'msqrt', 'mroot', 'mstyle', 'mpadded', 'mphantom',
  'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mtable', 'mtr', 'mtd', 'mlabeledtr', 'menclose',
]);

const ATTRIBUTES: ReadonlySet<string> = new Set([
  'display', 'displaystyle', 'scriptlevel', 'mathvariant', 'notation', 'fence', 'separator', 'stretchy', 'symmetric', 'largeop', 'movablelimits',
  'minsize', 'maxsize', 'accent', 'accentunder', 'linethickness', 'rowspacing', 'columnalign', 'columnspacing', 'rowlines', 'columnlines',
  'width', 'height', 'depth', 'voffset', 'lspace', 'rspace', 'form',
]);

/** Commands that define others: the one way to make a short formula huge. Such a formula is shown as source. */
const DEFINES = /\\(?:[egx]?def|let|futurelet|global|(?:re|provide)?newcommand|newenvironment|DeclareMathOperator)\b|\\renewcommand\b/;

/** A node of KaTeX's output tree, as far as we read it. */
interface TreeNode {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly TreeNode[];
}

// Safe: exported by the pinned version, though not in its types; test/unit/webview/math.test.ts fails if it goes away.
const internals = katex as unknown as { __renderToDomTree(tex: string, options: object): TreeNode };

export type Typeset = { ok: true; tree: TreeNode } | { ok: false; reason: string };

/** Parses a formula into KaTeX's tree, bounded in input and output. Pure: needs no DOM. */
export function typeset(tex: string, display: boolean): Typeset {
  if (tex.length > MAX_TEX_LENGTH) return { ok: false, reason: `formula of ${tex.length} characters, shown as source` };
  if (DEFINES.test(tex)) return { ok: false, reason: 'formula defines commands, shown as source' };
  try {
    const tree = internals.__renderToDomTree(tex, { output: 'mathml', displayMode: display, throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: MAX_EXPANSIONS });
    return size(tree, 0) > MAX_NODES ? { ok: false, reason: 'formula too large, shown as source' } : { ok: true, tree };
  } catch (error) {
    // A KaTeX parse error, or a RangeError from absurd nesting.
    return { ok: false, reason: error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '').slice(0, 200) : 'cannot be typeset' };
  }
}

function size(node: TreeNode, sum: number): number {
  let total = sum + 1;
  for (const child of node.children ?? []) {
    total = size(child, total);
    if (total > MAX_NODES) return total;
  }
  return total;
}

function build(node: TreeNode): Node[] {
  if (node.text !== undefined) return [document.createTextNode(node.text)];
  const children = (node.children ?? []).flatMap(build);
  // KaTeX's wrapper spans, and the annotation with the source, which would be read twice.
  if (!node.type || !ELEMENTS.has(node.type)) return node.type === 'annotation' ? [] : children;
  const element = document.createElementNS(MATHML, node.type);
  for (const [name, text] of Object.entries(node.attributes ?? {})) if (ATTRIBUTES.has(name)) element.setAttribute(name, text);
  element.append(...children);
  return [element];
}

let spent = 0;
let scheduled = false;
const waiting: (() => void)[] = [];

/**
 * A formula as an element: source first, typeset at once while the slice lasts, else soon after. A formula that left the
 * document meanwhile is skipped. `source` is shown for what cannot be typeset.
 */
export function mathNode(tex: string, source: string, display: boolean): HTMLElement {
  const element = h('span', { class: display ? 'math math-display' : 'math' }, source);
  const work = (): void => {
    const result = typeset(tex, display);
    if (result.ok) element.replaceChildren(...build(result.tree));
    else {
      element.classList.add('math-source');
      element.title = result.reason;
    }
  };
  if (spent < SLICE_MS) timed(work);
  else waiting.push(() => { if (element.isConnected) work(); });
  schedule();
  return element;
}

function timed(work: () => void): void {
  const start = performance.now();
  work();
  spent += performance.now() - start;
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    spent = 0;
    while (waiting.length > 0 && spent < SLICE_MS) {
      const next = waiting.shift();
      if (next) timed(next);
    }
    if (waiting.length > 0) schedule();
  }, 0);
}
