// LaTeX from models as KaTeX's tree, bounded in input and output. Needs no DOM.
import katex from 'katex';

/** Longest formula that is typeset, in characters; longer ones are not formulas but accidents. */
export const MAX_TEX_LENGTH = 4000;
const MAX_EXPANSIONS = 300;
const MAX_NODES = 6000;

/** Commands that define others: the one way to make a short formula huge. Such a formula is shown as source. */
const DEFINES = /\\(?:[egx]?def|let|futurelet|global|(?:re|provide)?newcommand|newenvironment|DeclareMathOperator)\b|\\renewcommand\b/;

/** A node of KaTeX's output tree, as far as we read it. */
export interface TreeNode {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly TreeNode[];
  /** Of a space, in em; it has nothing else. */
  readonly width?: number;
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
