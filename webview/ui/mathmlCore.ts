// KaTeX writes MathML 3; browsers know MathML Core, its smaller successor. What Core left out is said here in its words: letters of
// an alphabet of their own instead of `mathvariant`, styles of cells instead of attributes of their table. Only what is listed here
// gets through: nothing a model wrote decides which elements exist. Pure.
import { alphabetLetters } from './mathAlphabets.ts';
import type { TreeNode } from './typeset.ts';

/** An element of MathML Core. Styles are set one by one: style attributes would be refused by the content-security policy. */
export interface MathElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly MathNode[];
}
export type MathNode = MathElement | string;

const ELEMENTS: ReadonlySet<string> = new Set([
  'math', 'semantics', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'ms', 'mfrac', 'msqrt', 'mroot', 'mstyle', 'mpadded', 'mphantom',
  'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mtable', 'mtr', 'mtd', 'mlabeledtr', 'menclose',
]);

const ATTRIBUTES: ReadonlySet<string> = new Set([
  'display', 'displaystyle', 'scriptlevel', 'mathvariant', 'notation', 'fence', 'separator', 'stretchy', 'symmetric', 'largeop', 'movablelimits',
  'minsize', 'maxsize', 'accent', 'accentunder', 'linethickness', 'width', 'height', 'depth', 'voffset', 'lspace', 'rspace', 'form',
]);

/** Elements that hold text; KaTeX puts whole formulas into some of them, which Core would not lay out. */
const TOKENS: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'mtext', 'ms']);

/** Accents that are to stretch, as the characters that fonts can stretch. */
const WIDE_ACCENTS: Readonly<Record<string, string>> = { '^': '\u0302', '~': '\u0303' };

/** What a sign is no operator after: `(-2, 1]`, `x = -1`, `2 \cdot -3`. */
const BEFORE_SIGN: ReadonlySet<string> = new Set('([{⟨⌊⌈,;:=≠<>≤≥≈∼≅≡∈→⇒⇔⟹⟺↦+−±∓⋅×÷/∗\u2061');
const SIGNS: ReadonlySet<string> = new Set('+−±∓');

/** KaTeX's tree as MathML Core. */
export function coreMathML(node: TreeNode): MathNode[] {
  if (node.text !== undefined) return [node.text];
  if (node.width !== undefined) return [space(node.width)];
  const children = withSigns((node.children ?? []).flatMap(coreMathML));
  // KaTeX's wrapper spans, and the annotation with the source, which would be read twice.
  if (!node.type || !ELEMENTS.has(node.type)) return node.type === 'annotation' ? [] : children;
  const given = node.attributes ?? {};
  const attributes = Object.fromEntries(Object.entries(given).filter(([name]) => ATTRIBUTES.has(name)));
  const element: MathElement = { name: node.type, attributes, style: {}, children };
  if (TOKENS.has(node.type)) return [token(element)];
  // Padding relative to what it holds is no part of Core, and its lengths would be read as absolute ones.
  if (node.type === 'mpadded' && Object.values(given).some((length) => /^[+-]/.test(length))) return [{ ...element, name: 'mrow', attributes: {} }];
  return [node.type === 'mtable' ? table(element, given) : element];
}

function space(width: number): MathElement {
  return { name: 'mspace', attributes: { width: `${width}em` }, style: {}, children: [] };
}

function token(element: MathElement): MathElement {
  const texts = element.children.filter((child) => typeof child === 'string');
  if (texts.length < element.children.length) return { ...element, name: 'mrow', attributes: {} };
  const text = texts.join('');
  const { mathvariant = '', ...others } = element.attributes;
  if (element.name === 'mo') {
    // Core's dictionary of operators does not know all delimiters of KaTeX, such as the bars of a determinant.
    const fence: Record<string, string> = others['fence'] === 'true' && others['stretchy'] === undefined ? { stretchy: 'true', symmetric: 'true' } : {};
    const wide = others['stretchy'] === 'true' ? WIDE_ACCENTS[text] : undefined;
    return { ...element, attributes: { ...others, ...fence }, children: [wide ?? text] };
  }
  if (element.name === 'mtext') return { ...element, attributes: {}, style: textStyle(mathvariant), children: [text] };
  const letters = alphabetLetters(text, mathvariant);
  // The one variant that Core knows: a single letter that is not slanted.
  return { ...element, attributes: mathvariant === 'normal' ? { ...others, mathvariant } : others, children: [letters] };
}

/** Core takes a sign for an operator, with space on both sides, wherever it is not the first in its row. */
function withSigns(row: readonly MathNode[]): MathNode[] {
  return row.map((node, index) => {
    if (typeof node === 'string' || !SIGNS.has(operator(node)) || !BEFORE_SIGN.has(operator(row[index - 1]))) return node;
    return { ...node, attributes: { ...node.attributes, form: 'prefix' } };
  });
}

/** The text of an operator; empty for anything else. */
function operator(node: MathNode | undefined): string {
  if (typeof node !== 'object' || node.name !== 'mo') return '';
  return node.children.filter((child) => typeof child === 'string').join('');
}

/** Words inside a formula stay words: they can be copied and searched. */
function textStyle(variant: string): Record<string, string> {
  return {
    ...(variant.includes('bold') ? { 'font-weight': 'bold' } : {}),
    ...(variant.includes('italic') ? { 'font-style': 'italic' } : {}),
    ...(variant.startsWith('sans') || variant.includes('sans-serif') ? { 'font-family': 'var(--vscode-font-family)' } : variant === 'monospace' ? { 'font-family': 'var(--rlvr-mono)' } : {}),
  };
}

/** Alignment, gaps and rules of a table, which Core has no attributes for, as styles of its cells. */
function table(element: MathElement, given: Readonly<Record<string, string>>): MathElement {
  const [align, gaps, rowGaps, columnLines, rowLines] = ['columnalign', 'columnspacing', 'rowspacing', 'columnlines', 'rowlines'].map((name) => (given[name] ?? '').split(' ').filter((word) => word !== ''));
  return {
    ...element,
    children: element.children.map((line, row) => (typeof line === 'string' ? line : {
      ...line,
      children: line.children.map((cell, column) => (typeof cell === 'string' ? cell : {
        ...cell,
        style: {
          ...alignment(at(align, column)),
          'padding-left': column === 0 ? '0' : half(at(gaps, column - 1)),
          'padding-right': column === line.children.length - 1 ? '0' : half(at(gaps, column)),
          'padding-top': row === 0 ? '0.15em' : `calc(0.15em + ${half(at(rowGaps, row - 1))})`,
          'padding-bottom': row === element.children.length - 1 ? '0.15em' : `calc(0.15em + ${half(at(rowGaps, row))})`,
          ...rule('border-left', column === 0 ? undefined : at(columnLines, column - 1)),
          ...rule('border-top', row === 0 ? undefined : at(rowLines, row - 1)),
        },
      })),
    })),
  };
}

/** Cells are centred by themselves. Chromium lays formulas out as blocks, which plain `left` and `right` do not move. */
function alignment(align: string | undefined): Record<string, string> {
  return align === 'left' || align === 'right' ? { 'text-align': `-webkit-${align}` } : {};
}

/** A list of MathML repeats its last value. */
function at(list: readonly string[] | undefined, index: number): string | undefined {
  return list?.[Math.min(index, list.length - 1)];
}

/** Half of a length such as `0.16em`; nothing of what is no such length. */
function half(length: string | undefined): string {
  const [, number] = /^([\d.]+)em$/.exec(length ?? '') ?? [];
  return number === undefined ? '0px' : `${Number(number) / 2}em`;
}

function rule(side: string, line: string | undefined): Record<string, string> {
  return line === 'solid' || line === 'dashed' ? { [side]: `1px ${line} currentColor` } : {};
}
