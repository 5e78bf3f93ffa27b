import { isPlain, replaceUnicode } from './unicode.ts';
import { repairEscapes } from './escapes.ts';

/** `rac{`, `ext{` and `frac{` whose backslash was lost on the way. */
const LOST_BACKSLASH = /(?:^|[^A-Za-z\\])(?:f?rac\{|ext\{|extcirc)/;

/**
 * Text of an answer without the marks of its carrier: Unicode written as LaTeX, broken escapes repaired where that is
 * unambiguous, HTML and markdown removed, `$` and `\boxed` around the whole taken off. What has a mathematical meaning
 * stays for the parser.
 */
export function normalise(text: string): string {
  let result = text;
  const plain = isPlain(result);
  if (!plain || result.includes('\\\\') || result.includes('\\u') || ((result.includes('rac{') || result.includes('ext')) && LOST_BACKSLASH.test(result))) result = repairEscapes(result);
  if (!plain || !isPlain(result)) result = replaceUnicode(result).replace(/^(?:故?选|答案选)\s*:?\s*(?=[A-H]{1,6}\.?$)/, '');
  if (result.includes('<') || result.includes('&')) result = removeHtml(result);
  if (result.includes('*') || result.includes('`')) result = removeMarkdown(unwrap(result));
  if (result.includes('/') && result.includes('^')) result = result.replace(SLANTED, '\\frac{$1}{$2}');
  if (result.indexOf('=') !== result.lastIndexOf('=')) result = result.replace(SIDE_BY_SIDE, '$1, ').replace(NEXT_NUMBER, '$1, ');
  if (result.includes('matrix}') || result.includes('array}')) result = result.replace(LOST_ROW, '\\\\');
  if (result.includes('//')) result = result.replace(/([A-Z]{2})\s*\/\/\s*(?=[A-Z]{2})/g, '$1 \\parallel ');
  if (result.includes('\\')) result = result.replace(NUMBERING, '');
  return unwrap(result.trim());
}

/** What begins the next equation: a name, perhaps with an index, before the sign. */
const NAMED = String.raw`(?=\s*(?:[A-Za-z]|\\(?:alpha|beta|gamma|delta|theta|lambda|mu|rho|sigma|phi|varphi|omega))\s*(?:_\{?\w{1,3}\}?)?\s*=(?!=))`;
/** The space between formulas, `x = 1 \quad y = 2` and `$x=1$ $y=2$`, separates equations and multiplies nothing. */
const SIDE_BY_SIDE = new RegExp(String.raw`(=[^=,;$]*)(?:\$\s+\$|\\q?quad)${NAMED}`, 'g');
/** `x = 1 y = 2`: the number is the value of x alone. */
const NEXT_NUMBER = new RegExp(String.raw`(=\s*-?(?:\d+(?:\.\d+)?|\\[dt]?frac\{\d+\}\{\d+\}|\\sqrt\{\d+\}))\s${NAMED}`, 'g');
/** A break between rows of a matrix that lost one of its backslashes: `\begin{pmatrix}1\2\end{pmatrix}`. */
const LOST_ROW = /(?<!\\)\\(?=-?\d)/g;

/** `{}^7/_{12}`, a fraction with a raised numerator, where nothing stands before it that could be raised. */
const SLANTED = /^\s*(?:\{\})?\^\{?(\d{1,9})\}?\s*\/\s*_\{?(\d{1,9})\}?\s*$/;
/** The number of an equation, empty space, or the sign that ends a proof, behind an answer. */
const NUMBERING = /(?:\\tag\*?\{[^{}]{0,20}\}|\\label\{[^{}]{0,40}\}|\\[hv]?phantom\{[^{}]{0,40}\}|\\q?quad\s*\\(?:square|Box))\s*$/;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', le: '\\le ', ge: '\\ge ', ne: '\\ne ', amp: '&', nbsp: ' ', pi: '\\pi ', times: '\\times ', minus: '-', radic: '\\sqrt ', infin: '\\infty ', deg: '^\\circ ' };
const TAGS = new Set(['b', 'i', 'em', 'strong', 'p', 'span', 'div', 'code', 'text', 'math', 'u', 'answer', 'font', 'center', 'pre', 'mark']);

/** Removes known tags; `<sup>` and `<sub>` become scripts. A `<` that opens no known, closed tag is a relation. */
function removeHtml(text: string): string {
  let result = text.replace(/&([a-z]{2,6});/g, (whole, name: string) => ENTITIES[name] ?? whole);
  if (!result.includes('<')) return result;
  result = result
    .replace(/<sup>([^<>]{1,200})<\/sup>/gi, '^{$1}')
    .replace(/<sub>([^<>]{1,200})<\/sub>/gi, '_{$1}')
    .replace(/<br\s*\/?>/gi, ' ');
  const closed = new Set<string>();
  for (const match of result.matchAll(/<\/([a-z]{1,8})>/gi)) closed.add((match[1] ?? '').toLowerCase());
  if (closed.size === 0) return result;
  return result.replace(/<\/?([a-z]{1,8})(?: [^<>]{0,200})?>/gi, (whole, name: string) =>
    TAGS.has(name.toLowerCase()) && closed.has(name.toLowerCase()) ? ' ' : whole);
}

/** Bold and code marks around one word or phrase; `2**3` is a power and stays. */
function removeMarkdown(text: string): string {
  return text.replace(/(^|[\s:])\*\*([^*]{1,400})\*\*(?=$|[\s.,;])/g, '$1$2').replace(/`([^`]{1,400})`/g, '$1');
}

/** Quotes and marks of markdown that may stand around the whole. */
const MARKS: readonly string[] = ['```', '**', '___', '__', '`', '*', '"', "'"];
const MARKED = new Set(MARKS.map((mark) => mark.charAt(0)));
const WRAPPERS: readonly (readonly [string, string])[] = [['$$', '$$'], ['$', '$'], ['\\(', '\\)'], ['\\[', '\\]'], ['\\boxed{', '}'], ['\\fbox{', '}'], ['\\mathbf{', '}'], ['\\boldsymbol{', '}'], ['\\bm{', '}'], ['{', '}'], ['\\begin{boxed}', '\\end{boxed}'], ['\\beginboxed{', '}']];

/** Takes off what stands around the whole answer, from outside in, at most 8 layers. */
function unwrap(text: string): string {
  let result = text;
  for (let layer = 0; layer < 8; layer++) {
    const next = unwrapOnce(result);
    if (next === result) return result;
    result = next;
  }
  return result;
}

function unwrapOnce(text: string): string {
  let trimmed = text.trim();
  // The mark of a heading, and the sign before the answer in collections of word problems.
  if (trimmed.startsWith('#')) trimmed = trimmed.replace(/^#{1,6}\s+/, '');
  if (trimmed.length > 1 && 'd,;:!>~'.includes(trimmed.charAt(trimmed.length - 1))) trimmed = trimmed.replace(/(?:\s|~|\\(?:q?quad|[,;:!>]))+$/, '');
  // A sentence's full stop, also inside the mathematics.
  while ((trimmed.endsWith('.') && !trimmed.endsWith('..')) || trimmed.endsWith('^')) trimmed = trimmed.slice(0, -1).trimEnd();
  trimmed = trimmed.replace(/\\text\{\s*\.?\s*\}$/, '').trimEnd();
  if (trimmed.length > 2 && MARKED.has(trimmed.charAt(0))) {
    for (const mark of MARKS) {
      const inner = trimmed.slice(mark.length, -mark.length);
      if (trimmed.length > 2 * mark.length && trimmed.startsWith(mark) && trimmed.endsWith(mark) && !inner.includes(mark)) return inner.trim();
    }
  }
  for (const [open, close] of WRAPPERS) {
    if (!trimmed.startsWith(open) || !trimmed.endsWith(close) || trimmed.length < open.length + close.length) continue;
    const inner = trimmed.slice(open.length, trimmed.length - close.length);
    if (open === '{' && /[|]|\\choose|\\over(?![a-z])|\\mid|^\s*[a-zA-Z]\s*:/.test(inner)) continue;
    if (close === '}' ? balanced(inner) : !inner.includes(open) && !inner.includes(close)) return inner.trim();
  }
  return trimmed;
}

/** Whether braces match inside the text, so that the pair around it belongs together. */
function balanced(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth < 0) return false;
  }
  return depth === 0;
}
