/** Longest title in the Problems view, characters. */
export const TITLE_LENGTH = 160;

/** Commands that have a sign of their own in plain text. */
const SIGNS: Readonly<Record<string, string>> = {
  times: '×', cdot: '·', div: '÷', pm: '±', le: '≤', leq: '≤', leqslant: '≤', ge: '≥', geq: '≥', geqslant: '≥', ne: '≠', neq: '≠', infty: '∞', pi: 'π', theta: 'θ',
  alpha: 'α', beta: 'β', gamma: 'γ', lambda: 'λ', mu: 'μ', sigma: 'σ', phi: 'φ', omega: 'ω', angle: '∠', triangle: '△', in: '∈', to: '→', rightarrow: '→', sum: '∑',
  prod: '∏', int: '∫', ldots: '…', cdots: '…', dots: '…', circ: '°', sqrt: '√', approx: '≈', equiv: '≡', cup: '∪', cap: '∩', subset: '⊂', perp: '⊥', parallel: '∥', mid: '|', quad: ' ', qquad: ' ',
};
/** Commands without a meaning in a title. */
const SILENT = /\\(?:(?:displaystyle|textstyle|left|right|big|Big|bigl|bigr|limits|text|textbf|textit|mathrm|mathbf|mathbb|mathcal|operatorname)(?![a-zA-Z])|[,;:!])/g;

/**
 * First words of a statement on one line, for lists that show no mathematics: dollar signs go, fractions and roots are written in one
 * line, commands become signs where there is one. What is not understood stays as it is.
 */
export function titleOf(statement: string): string {
  const line = plain(statement.slice(0, 3 * TITLE_LENGTH)).replace(/\s+/g, ' ').trim();
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1)}…`;
}

function plain(text: string): string {
  return text
    .replace(/\\[()[\]]|(?<!\\)\$+/g, '')
    .replace(SILENT, '')
    .replace(/\\[dtc]?frac\s*\{([^{}]{1,40})\}\s*\{([^{}]{1,40})\}/g, (_all, above: string, below: string) => `${grouped(above)}/${grouped(below)}`)
    .replace(/\\sqrt\s*\{([^{}]{1,40})\}/g, (_all, inside: string) => `√${grouped(inside)}`)
    .replace(/\\([a-zA-Z]+)(?![a-zA-Z])/g, (all, name: string) => SIGNS[name] ?? (/^(?:sin|cos|tan|cot|sec|csc|log|ln|exp|lim|max|min|gcd|lcm|bmod|mod|det|deg)$/.test(name) ? name : all))
    .replace(/\^\{?°\}?/g, '°')
    .replace(/\^\{([\w+-]{1,3})\}/g, '^$1')
    .replace(/_\{(\w{1,3})\}/g, '_$1')
    .replace(/\\([{}%$#&_])/g, '$1');
}

/** Parentheses where a part is more than one number or name. */
function grouped(text: string): string {
  const part = text.trim();
  return /^[\p{L}\p{N}.]+$/u.test(part) ? part : `(${part})`;
}
