// LaTeX from models as MathML nodes. KaTeX makes the tree; we walk it and create allow-listed elements ourselves, because
// its own DOM output sets style attributes, which the content-security policy refuses, and because nothing a model wrote
// may decide which elements exist here. Whatever cannot be typeset within the bounds stays readable as its source.
import { h } from './dom.ts';
import { type TreeNode, typeset } from './typeset.ts';

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
