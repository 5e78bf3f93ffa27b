// LaTeX from models as MathML nodes. KaTeX makes the tree; mathmlCore.ts says it in allow-listed elements that browsers know; they
// are created here one by one, because KaTeX's own DOM output sets style attributes, which the content-security policy refuses.
// Whatever cannot be typeset within the bounds stays readable as its source.
import './math.css';
import { h } from './dom.ts';
import { coreMathML, type MathNode } from './mathmlCore.ts';
import { typeset } from './typeset.ts';

/** Milliseconds of typesetting in one go before the rest waits for the next task. */
const SLICE_MS = 12;

const MATHML = 'http://www.w3.org/1998/Math/MathML';

function build(node: MathNode): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const element = document.createElementNS(MATHML, node.name);
  for (const [name, text] of Object.entries(node.attributes)) element.setAttribute(name, text);
  if (element instanceof MathMLElement) for (const [name, text] of Object.entries(node.style)) element.style.setProperty(name, text);
  element.append(...node.children.map(build));
  return element;
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
    if (result.ok) element.replaceChildren(...coreMathML(result.tree).map(build));
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
