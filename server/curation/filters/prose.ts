/** Stands for a character of mathematics: no letter, no digit, no punctuation. */
export const MATH = '\u25a0';

/**
 * The statement with mathematics and drawings replaced by fillers of the same length, so that offsets stay those of the
 * statement. A formula that only wraps a label ("$(1)$") or an option ("$\textbf{(A)}\ 4$") is kept: it structures the text.
 */
export function proseOf(statement: string): string {
  let text = statement;
  if (text.includes('[asy]')) text = text.replace(/\[asy\][^]*?(?:\[\/asy\]|$)/g, fill);
  if (!text.includes('$') && !text.includes('\\')) return text;
  return text.replace(/\$\$?([^$]*)\$\$?|\\\(([^]*?)\\\)|\\\[([^]*?)\\\]|\\begin\{([a-z]{1,20}\*?)\}[^]*?\\end\{\4\}/g, (whole: string, dollars: string | undefined) => {
    if (dollars !== undefined && isPrice(dollars)) return whole;
    return dollars !== undefined && STRUCTURE.test(dollars) ? unwrapped(whole) : fill(whole);
  });
}

/** Labels and options inside of a formula. */
const STRUCTURE = /^\s*(?:\(?\s*(?:\d|[ivx]{1,4}|[IVX]{1,4})\s*[).]|[①-⑨])|\\(?:text|textbf|mathrm|mathbf)\s*\{\s*\(?\s*[A-E]\s*\)?/;

/** "$10 while a pound costs $": prose between two prices. */
function isPrice(content: string): boolean {
  return /^\d[\d.,]*\s+[a-z]{2,}[^\\]*\s$/.test(content);
}

function fill(whole: string): string {
  return MATH.repeat(whole.length);
}

/** Blanks the dollar signs, style commands and the formulas between labels; letters in parentheses stay. */
function unwrapped(whole: string): string {
  const kept = whole.replace(/\\(?:text|textbf|mathrm|mathbf)\s*\{/g, (command) => ' '.repeat(command.length)).replace(/[${}~]|\\[ ,;!]|\\q?quad/g, (command) => ' '.repeat(command.length));
  return kept.replace(/\\[a-zA-Z]{1,20}/g, fill);
}
